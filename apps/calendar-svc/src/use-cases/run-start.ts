import type { AccessGrant } from '@daybook/contracts';
import type { CalendarStore } from '../ports/calendar-store';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import type { FirstLooks, FirstSession } from './first-looks';
import type { KeptAccess } from './kept-access';
import { quietly } from './quietly';
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
  /** Null unless nothing of the connection has ever been read; once. */
  readonly first: () => Promise<FirstSession | null>;
}

/** The calendars of a connection, and how much waits to be written to it. */
export interface Look {
  readonly calendars: readonly CalendarRecord[];
  readonly writes: number;
}

export function beginRun(
  connectionId: string,
  around: Pick<RunSurroundings, 'clock'> & {
    readonly store: Pick<CalendarStore, 'connection' | 'dueWrites' | 'calendarsOf'>;
    readonly access: KeptAccess;
    readonly firstLooks: FirstLooks;
  },
): RunStart {
  const connection = quietly(around.store.connection(connectionId));
  const access = quietly(around.access.begin(connectionId, connection));
  around.firstLooks.begin(connectionId, connection, access);
  return {
    connectionId,
    connection,
    access,
    look: quietly(lookAt(connectionId, around)),
    first: () => around.firstLooks.take(connectionId),
  };
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
