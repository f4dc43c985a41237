import { EwsRefusal } from '../../soap/refusal';
import type { Subscription } from '../subscription';
import { StreamConnection } from './stream-connection';

/** The connections that are open, and which of them serves a subscription. */
export class OpenStreams {
  private readonly open = new Set<StreamConnection>();

  constructor(private readonly most: number) {}

  /**
   * A new connection for subscriptions; older ones lose them to it.
   * @throws EwsRefusal ErrorExceededConnectionCount
   */
  add(connection: StreamConnection, subscriptions: readonly Subscription[]): void {
    for (const { id } of subscriptions) this.serverOf(id)?.fail({ id, ...TAKEN_OVER });
    // One that lost its last subscription is about to end, and does not count.
    const own = [...this.open].filter((one) => one.owner === connection.owner && one.subscriptions.size > 0);
    if (own.length >= this.most) throw tooManyConnections();
    for (const one of subscriptions) connection.subscriptions.set(one.id, one);
    this.open.add(connection);
  }

  remove(connection: StreamConnection): void {
    this.open.delete(connection);
  }

  /** The connection that serves a subscription. */
  serverOf(id: string): StreamConnection | undefined {
    return [...this.open].find(({ subscriptions }) => subscriptions.has(id));
  }

  all(): readonly StreamConnection[] {
    return [...this.open];
  }
}

export const tooManyConnections = (): EwsRefusal =>
  new EwsRefusal(
    'ErrorExceededConnectionCount',
    'You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.',
  );

const TAKEN_OVER = {
  code: 'ErrorNewEventStreamConnectionOpened',
  message: 'A new connection has been opened for the subscription.',
};
