/** Whether both sides tell the same at the end, and the events told each change once. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than the longest pause after which the services ask a provider again that did not answer. */
const QUIET_MS = 420_000;

/** Rows of the one list that the other lacks; equal rows are told apart by their number. */
export function missing(wanted, found) {
  const left = new Map();
  for (const row of found) left.set(row, (left.get(row) ?? 0) + 1);
  return wanted.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count < 1;
  });
}

/** Waits until both sides are equal; gives up after seven minutes with what differs. */
export async function compareSides({ theirs, ours }) {
  const until = Date.now() + QUIET_MS;
  for (;;) {
    let differences;
    try {
      const [there, here] = await Promise.all([theirs(), ours()]);
      differences = { lost: missing(there, here), extra: missing(here, there), rows: there.length };
    } catch (error) {
      differences = { lost: [`could not be read: ${error.message}`], extra: [], rows: 0 };
    }
    if (differences.lost.length + differences.extra.length === 0 || Date.now() > until) return differences;
    await sleep(1_000);
  }
}

/**
 * Events of the stream: each item's sequence has no gap, and no number has two ids.
 * @param {readonly { body: { id: string, subject: string, sequence: number } }[]} events in the stream's order
 */
export function judgeEvents(events) {
  const items = new Map();
  for (const { body } of events) {
    const numbers = items.get(body.subject) ?? new Map();
    numbers.set(body.sequence, (numbers.get(body.sequence) ?? new Set()).add(body.id));
    items.set(body.subject, numbers);
  }
  let lost = 0;
  let doubled = 0;
  for (const numbers of items.values()) {
    const highest = Math.max(...numbers.keys());
    for (let number = 1; number <= highest; number += 1) if (!numbers.has(number)) lost += 1;
    for (const ids of numbers.values()) doubled += ids.size - 1;
  }
  return { lost, doubled };
}
