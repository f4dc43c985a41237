import type { AccessGrant } from '@daybook/contracts';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
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
}

/** The calendars of a connection, and how much waits to be written to it. */
export interface Look {
  readonly calendars: readonly CalendarRecord[];
  readonly writes: number;
}

export function beginRun(
  connectionId: string,
  around: Pick<RunSurroundings, 'store' | 'clock'> & { readonly access: KeptAccess },
): RunStart {
  const connection = quietly(around.store.connection(connectionId));
  return {
    connectionId,
    connection,
    access: quietly(around.access.begin(connectionId, connection)),
    look: quietly(lookAt(connectionId, around)),
  };
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
