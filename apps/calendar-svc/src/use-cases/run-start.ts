import type { AccessGrant } from '@daybook/contracts';
import type { CalendarSession } from '@daybook/provider-port';
import type { CalendarStore } from '../ports/calendar-store';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { beginFirstLook, type FirstLook } from './first-look';
import type { KeptAccess } from './kept-access';
import { quietly } from './quietly';
import { listIsDue } from './refresh-list';
import type { RunSurroundings } from './run-surroundings';

/**
 * What a run begins with, asked for all at once and beside its lease, because somebody waits for what changed. A holder before may
 * still have changed any of it: then something is asked of the provider once too often, a run's last look finds what is missing
 * here, and what is written rests on what the claim of a calendar gives. Faults come where a value is awaited.
 */
export interface RunStart {
  readonly connectionId: string;
  readonly connection: Promise<ConnectionRecord | null>;
  readonly access: Promise<AccessGrant>;
  readonly look: Promise<Look>;
  /** Null unless nothing of the connection has ever been read. */
  readonly first: Promise<FirstSession | null>;
}

/** A session, and what its person waits for, already asked for. */
export interface FirstSession {
  readonly token: string;
  readonly session: CalendarSession;
  readonly look: FirstLook;
}

/** The calendars of a connection, and how much waits to be written to it. */
export interface Look {
  readonly calendars: readonly CalendarRecord[];
  readonly writes: number;
}

export function beginRun(
  connectionId: string,
  around: Pick<RunSurroundings, 'clock' | 'providerFor'> & {
    readonly store: Pick<CalendarStore, 'connection' | 'dueWrites' | 'calendarsOf'>;
    readonly access: KeptAccess;
    /** Whether no other run of it is known of: what that is asking for is not asked for twice. */
    readonly alone?: boolean;
  },
): RunStart {
  const connection = quietly(around.store.connection(connectionId));
  const access = quietly(around.access.begin(connectionId, connection));
  return {
    connectionId,
    connection,
    access,
    look: quietly(lookAt(connectionId, around)),
    first: around.alone === false ? Promise.resolve(null) : quietly(firstSession({ connection, access }, around)),
  };
}

async function firstSession(
  { connection, access }: Pick<RunStart, 'connection' | 'access'>,
  { providerFor, clock }: Pick<RunSurroundings, 'providerFor' | 'clock'>,
): Promise<FirstSession | null> {
  const [record, grant] = await Promise.all([connection, access]);
  const now = clock.now();
  if (!record || record.listedAt !== null || !mayRun(record, now) || !listIsDue(record, now)) return null;
  if (grant.type !== 'access' || grant.notBefore !== null) return null;
  const { token } = grant;
  const session = providerFor(record)?.calendar?.open({ token });
  return session ? { token, session, look: beginFirstLook(session, now) } : null;
}

export function mayRun(connection: ConnectionRecord, now: number): boolean {
  return connection.status === 'live' && connection.readable && (connection.notBefore?.getTime() ?? 0) <= now;
}

export async function lookAt(
  connectionId: string,
  {
    store,
    clock,
  }: Pick<RunSurroundings, 'clock'> & { readonly store: Pick<CalendarStore, 'dueWrites' | 'calendarsOf'> },
): Promise<Look> {
  const [writes, calendars] = await Promise.all([
    store.dueWrites(connectionId, new Date(clock.now())),
    store.calendarsOf(connectionId),
  ]);
  return { calendars, writes };
}
