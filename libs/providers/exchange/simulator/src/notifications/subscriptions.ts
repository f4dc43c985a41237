import { randomBytes } from 'node:crypto';
import type { SimulatorClock } from '@daybook/simulator-kit';
import { EwsRefusal } from '../soap/refusal';
import type { LoggedEvent } from './events/event-log';
import type { MailboxEvents } from './events/mailbox-events';
import type { Subscription, SubscriptionOrder } from './subscription';

/** For how long an expired one is told apart from one that never was. */
const REMEMBERED = 86_400_000;
/** The server that keeps it, as every id says. */
const SERVER = 'exch01.example.com';

export interface Keeping {
  readonly events: MailboxEvents;
  readonly clock: SimulatorClock;
  /** How many one person may have. */
  readonly most: number;
}

/** What a subscriber gets at once. */
export interface Told {
  readonly events: readonly LoggedEvent[];
  /** Whether there is more. */
  readonly hasMore: boolean;
  /** Position up to which everything is told. */
  readonly end: number;
}

/** All subscriptions. They live in memory only, as those of real servers do. */
export class Subscriptions {
  private readonly standing = new Map<string, Subscription>();

  constructor(private readonly around: Keeping) {}

  /** @throws EwsRefusal ErrorExceededSubscriptionCount */
  add(order: SubscriptionOrder): Subscription {
    this.sweep();
    const now = this.around.clock.now();
    const own = this.all().filter(({ owner, expiresAt }) => owner === order.owner && expiresAt > now);
    if (own.length >= this.around.most) {
      throw new EwsRefusal(
        'ErrorExceededSubscriptionCount',
        'You have exceeded the available subscriptions for your account. Remove unnecessary subscriptions and try your request again.',
      );
    }
    const subscription = { ...order, id: newId(), expiresAt: now + order.lifetime };
    this.standing.set(subscription.id, subscription);
    return subscription;
  }

  /**
   * The subscription of an id, for whoever made it.
   * @throws EwsRefusal ErrorSubscriptionNotFound, ErrorExpiredSubscription, ErrorSubscriptionAccessDenied
   */
  get(id: string, owner: string): Subscription {
    const found = this.standing.get(id);
    if (found === undefined)
      throw new EwsRefusal('ErrorSubscriptionNotFound', 'The specified subscription was not found.');
    if (found.owner !== owner) {
      const message = 'Access to the subscription is denied: only its owner may use it.';
      throw new EwsRefusal('ErrorSubscriptionAccessDenied', message);
    }
    if (found.expiresAt <= this.around.clock.now()) {
      throw new EwsRefusal('ErrorExpiredSubscription', 'The specified subscription has expired.');
    }
    return found;
  }

  has({ id }: Subscription): boolean {
    return this.standing.has(id);
  }

  remove({ id }: Subscription): void {
    this.standing.delete(id);
  }

  all(): readonly Subscription[] {
    return [...this.standing.values()];
  }

  /** Holds it while it is in use, or lets it live on for its lifetime. */
  hold(subscription: Subscription, isUsed: boolean): void {
    subscription.expiresAt = isUsed ? Infinity : this.around.clock.now() + subscription.lifetime;
  }

  /** Events for a subscriber after a position; null when some are forgotten. */
  told({ mailbox, types, folders }: Subscription, position: number, most: number): Told | null {
    const after = this.around.events.after(mailbox, position);
    if (after === null) return null;
    const events: LoggedEvent[] = [];
    for (const event of after) {
      const isWanted = types.has(event.type) && (folders === null || event.folders.some((key) => folders.has(key)));
      if (!isWanted) continue;
      if (events.length === most) return { events, hasMore: true, end: events.at(-1)?.position ?? position };
      events.push(event);
    }
    return { events, hasMore: false, end: this.around.events.endOf(mailbox) };
  }

  clear(): void {
    this.standing.clear();
  }

  private sweep(): void {
    const since = this.around.clock.now() - REMEMBERED;
    for (const { id, expiresAt } of this.all()) if (expiresAt < since) this.standing.delete(id);
  }
}

function newId(): string {
  const name = Buffer.from(SERVER);
  const lengths = [Buffer.from([name.length, 0]), Buffer.from([16, 0, 0, 0])] as const;
  return Buffer.concat([lengths[0], name, lengths[1], randomBytes(16)]).toString('base64');
}
