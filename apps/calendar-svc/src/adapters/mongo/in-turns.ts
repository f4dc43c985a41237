import { setImmediate as giveWay } from 'node:timers/promises';

/** About two milliseconds of the work a sync does on one item. */
const AT_ONCE = 80;

/**
 * Does something to each item and lets other work in between: answers of the database above all, which would otherwise wait
 * until thousands of items are through, with the database idle meanwhile.
 */
export async function inTurns<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let count = 0;
  for (const item of items) {
    work(item);
    if ((count += 1) % AT_ONCE === 0) await giveWay();
  }
}
