import { setFlagsFromString } from 'node:v8';

/**
 * How the engine collects garbage while tens of thousands of events pass through. Left alone it lets the heap grow to several
 * times of what is in use; collected when it has grown by three fifths, the process stays within bounds; the earlier it
 * is collected, the more of a first sync goes into that. Unlike a limit this never ends the process.
 *
 * Young garbage is collected when its room is full and not before, because most of what a page left behind is dead by then, and
 * by the thread that made it: helpers would take the processor from the database beside us to wait for each other.
 */
export function keepHeapSmall(): void {
  for (const flag of ['--heap-growing-percent=60', '--no-minor-gc-task', '--no-parallel-scavenge'])
    setFlagsFromString(flag);
}
