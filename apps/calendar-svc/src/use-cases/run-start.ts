import type { AccessGrant } from '@daybook/contracts';
import type { AccessSource } from '../ports/access-source';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { quietly } from './quietly';
import type { RunSurroundings } from './run-surroundings';

/** What a run begins with, asked for all at once, because somebody waits for what changed. Faults come where a value is awaited. */
export interface RunStart {
  readonly connectionId: string;
  readonly connection: Promise<ConnectionRecord | null>;
  readonly access: Promise<AccessGrant>;
  readonly look: Promise<Look>;
}

/** The calendars of a connection, and how much waits to be written to it. */
export interface Look {
  readonly calendars: readonly CalendarRecord[];
  readonly writes: number;
}

/** Access as it is asked for before the lease is there: it takes longest, and nobody's run changes it. */
export function askForAccess(connectionId: string, access: AccessSource): Promise<AccessGrant> {
  return quietly(access.get(connectionId));
}

/** Under the connection's lease: a holder before may have changed any of what is read here. */
export function beginRun(
  connectionId: string,
  access: Promise<AccessGrant>,
  around: Pick<RunSurroundings, 'store' | 'clock'>,
): RunStart {
  const connection = quietly(around.store.connection(connectionId));
  return { connectionId, connection, access, look: quietly(lookAt(connectionId, around)) };
}

export async function lookAt(
  connectionId: string,
  { store, clock }: Pick<RunSurroundings, 'store' | 'clock'>,
): Promise<Look> {
  const [writes, calendars] = await Promise.all([
    store.dueWrites(connectionId, new Date(clock.now())),
    store.calendarsOf(connectionId),
  ]);
  return { calendars, writes };
}
