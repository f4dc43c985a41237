import type { CalendarSession, CalendarWrites } from '@daybook/provider-port';
import { runWrites, type WriteQueue } from '@daybook/sync-engine';
import { CalendarMoved } from '../ports/calendar-moved';
import type { RunSurroundings } from './run-surroundings';

/** A person who goes on typing must not keep a run busy for ever. */
const MOST_ROUNDS = 20;

/**
 * What waits to be written to a connection, all that is due, under its lease. Where a person's intention comes between, what is
 * there then is written.
 */
export async function writeBack(
  session: CalendarSession,
  connectionId: string,
  around: RunSurroundings,
): Promise<void> {
  const { writes } = session;
  const queue = around.writeQueue(connectionId, writes?.remoteIdOf?.bind(writes) ?? null);
  for (let round = 1; ; round += 1) {
    try {
      if (!writes) return await refuseAll(queue, around);
      await runAll(writes, queue, around);
      return;
    } catch (error) {
      if (!(error instanceof CalendarMoved) || round >= MOST_ROUNDS) throw error;
    }
  }
}

async function runAll(writes: CalendarWrites, queue: WriteQueue, around: RunSurroundings): Promise<void> {
  const { clock, random, stopped, sliceOver } = around;
  await runWrites({ writes, queue, now: () => clock.now(), random, stopped: () => stopped() || sliceOver() });
}

/** This provider's calendars are only read. */
async function refuseAll(queue: WriteQueue, { clock, stopped }: RunSurroundings): Promise<void> {
  for (;;) {
    const write = stopped() ? null : await queue.next(clock.now());
    if (!write) return;
    await queue.refuse(write, 'cannot_be_written');
  }
}
