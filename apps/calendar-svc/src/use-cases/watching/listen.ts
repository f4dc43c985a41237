import { ProviderError, type WatchNews } from '@daybook/provider-port';
import type { AccessSource } from '../../ports/access-source';
import type { CalendarStore } from '../../ports/calendar-store';
import type { Clock } from '../../ports/clock';
import type { ConnectionRecord } from '../../ports/records';
import type { WatchableConnection } from '../../ports/watchable-connections';
import { raiseHint, type HintSurroundings } from '../raise-hint';
import { tokenOf } from '../run-connection';
import type { RunSurroundings } from '../run-surroundings';
import { PacedHints } from './paced-hints';

export interface ListenSurroundings {
  readonly store: Pick<CalendarStore, 'connection'>;
  readonly hints: HintSurroundings;
  readonly access: AccessSource;
  readonly providerFor: RunSurroundings['providerFor'];
  readonly clock: Clock;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Listening {
  readonly signal: AbortSignal;
  readonly withdrawn: AbortSignal;
  /** A token that the provider refused the last time. */
  readonly rejected: string | undefined;
  /** From now on changes are heard. */
  readonly began: () => void;
}

/** The provider itself has refused to go on. */
export class WatchRefused extends Error {
  constructor(
    /** What it was shown. */
    readonly token: string,
    readonly error: ProviderError,
  ) {
    super(error.message, { cause: error });
  }
}

/**
 * Opens one watch over a connection and makes what is heard durable, until it ends or is ended. When it begins everything is looked
 * at once: what changed while nobody listened is told by nobody.
 * @throws ProviderError where there is no access now · WatchRefused · any other error for a hint that could not be stored, which the
 * first look of the next watch makes good
 */
export async function listen(
  target: WatchableConnection,
  { store, hints, access, providerFor, clock, pause }: ListenSurroundings,
  { rejected, began, ...ends }: Listening,
): Promise<void> {
  const { connectionId, calendars } = target;
  const connection = await store.connection(connectionId);
  const watching = connection && isStill(target, connection) ? providerFor(connection)?.watching : undefined;
  if (!connection || !watching) return;
  const wait = waitOf(connection, clock);
  if (wait > 0) throw new ProviderError('Throttled', { detail: 'connection is waiting', retryAfterMs: wait });
  const token = tokenOf(await access.get(connectionId, rejected), connection, { clock });
  const remoteIds = calendars.map(({ remoteId }) => remoteId);
  // Runs over the same connection may have been told to wait since.
  const mayAsk = async (): Promise<boolean> => waitOf(await store.connection(connectionId), clock) <= 0;
  const raise = (calendar: WatchedCalendar): Promise<void> => raiseHint(calendar, hints);
  const paced = new PacedHints<WatchedCalendar>({ raise, clock, pause });
  const signal = AbortSignal.any([ends.signal, paced.failed]);
  try {
    for await (const news of watching.watch({ token }, remoteIds, { ...ends, signal, mayAsk })) {
      if (news.type === 'listening') began();
      const take = news.type === 'listening' ? raise : (calendar: WatchedCalendar) => paced.take(calendar);
      await Promise.all(concerned(target, news).map(take));
    }
  } catch (error) {
    // What could not be stored besides is made good by the first look of the next watch.
    await paced.end().catch(() => undefined);
    throw error instanceof ProviderError ? new WatchRefused(token, error) : error;
  }
  await paced.end();
}

type WatchedCalendar = WatchableConnection['calendars'][number];

/** Milliseconds that the provider has asked to be left alone for, if any. */
const waitOf = (connection: ConnectionRecord | null, clock: Clock): number =>
  (connection?.notBefore?.getTime() ?? 0) - clock.now();

/** Its calendars may go by other names by now, or it may have ended: whoever looks over all watches ends this one soon. */
function isStill({ service, method }: WatchableConnection, now: ConnectionRecord): boolean {
  const isSame = now.service === service && now.method === method && (now.namedBy ?? method) === method;
  return isSame && now.status === 'live' && now.readable;
}

function concerned({ calendars }: WatchableConnection, news: WatchNews): readonly WatchedCalendar[] {
  if (news.type === 'listening' || news.calendarRemoteId === null) return calendars;
  return calendars.filter(({ remoteId }) => remoteId === news.calendarRemoteId);
}
