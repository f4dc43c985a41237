import type { ConnectionRecord as AuthRecord } from '@daybook/contracts';
import type { CalendarStore } from '../ports/calendar-store';
import type { Clock } from '../ports/clock';
import type { ConnectionRecord } from '../ports/records';

export interface PurgeReporter {
  purged(
    receiptId: string,
    counts: { calendars: number; meetings: number; ledgerEntries: number; outboxRows: number },
    at: Date,
  ): Promise<void>;
}

export interface FollowSurroundings {
  readonly store: CalendarStore;
  readonly clock: Clock;
  readonly purges: PurgeReporter;
  readonly wake: (connectionId: string) => void;
}

/** Takes over what auth-svc says of a connection: who, how far it may go, or that it is to be purged. */
export async function followConnection(
  record: AuthRecord,
  around: Pick<FollowSurroundings, 'store' | 'clock' | 'wake'>,
): Promise<void> {
  const connection = toConnection(record, new Date(around.clock.now()));
  const moved = await around.store.followConnection(connection);
  const due = connection.status === 'deleted' || (connection.status === 'live' && connection.readable);
  if (moved && due) around.wake(connection._id);
}

/** auth-svc no longer knows the connection, as when a first consent was denied: what there is of it here goes too. */
export async function followRemoval(
  connectionId: string,
  around: Pick<FollowSurroundings, 'store' | 'wake'>,
): Promise<void> {
  const known = await around.store.connection(connectionId);
  if (!known || known.status === 'deleted') return;
  const moved = await around.store.followConnection({ ...known, status: 'deleted', revision: known.revision + 1 });
  if (moved) around.wake(connectionId);
}

/** Under the connection's lease. Repeatable: what an interrupted purge left goes with the next. */
export async function purgeConnection(
  connection: ConnectionRecord,
  { store, clock, purges }: Omit<FollowSurroundings, 'wake'>,
): Promise<void> {
  const calendars = await store.everyCalendarOf(connection._id);
  const counts = { calendars: calendars.length, meetings: 0, ledgerEntries: 0, outboxRows: 0 };
  for (const calendar of calendars) {
    await store.releaseOwn(calendar);
    const went = await store.purgeCalendar(calendar);
    counts.meetings += went.meetings;
    counts.ledgerEntries += went.ledgerEntries;
    counts.outboxRows += went.outboxRows;
  }
  if (connection.receiptId) await purges.purged(connection.receiptId, counts, new Date(clock.now()));
  await store.forgetConnection(connection, counts);
}

function toConnection(record: AuthRecord, now: Date): ConnectionRecord {
  return {
    _id: record.connectionId,
    accountId: record.accountId,
    userId: record.userId,
    service: record.service,
    method: record.method,
    addresses: record.addresses,
    status: record.status,
    readable: record.effective.calendar !== 'none',
    writable: record.effective.calendar === 'readWrite',
    revision: record.revision,
    ...(record.decisions === undefined ? {} : { decisions: record.decisions }),
    receiptId: record.receiptId ?? null,
    listDueAt: now,
    listedAt: null,
    notBefore: null,
    failures: 0,
    problem: null,
  };
}
