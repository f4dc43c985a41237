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

/**
 * Waits until both sides are equal and nothing is owed any more; gives up after seven minutes with what differs.
 * @param {{ theirs(): Promise<string[]>, ours(): Promise<string[]>, owed?(): Promise<{ lost: string[], doubled: string[] }> }} sides
 */
export async function compareSides({ theirs, ours, owed = async () => ({ lost: [], doubled: [] }) }) {
  const until = Date.now() + QUIET_MS;
  for (;;) {
    let differences;
    try {
      const [there, here] = await Promise.all([theirs(), ours()]);
      const writes = await owed();
      const [lost, extra] = [missing(there, here), missing(here, there)];
      differences = { lost: [...lost, ...writes.lost], extra: [...extra, ...writes.doubled], rows: there.length };
    } catch (error) {
      differences = { lost: [`could not be read: ${error.message}`], extra: [], rows: 0 };
    }
    if (differences.lost.length + differences.extra.length === 0 || Date.now() > until) return differences;
    await sleep(1_000);
  }
}

/**
 * Events of the stream: each item's sequence has no gap, no number has two ids, no id two numbers, and what was made or cancelled
 * is not made or cancelled again: one id a change.
 * @param {readonly { messageId?: string, body: { id: string, type?: string, subject: string, sequence: number } }[]} events
 */
export function judgeEvents(events) {
  const items = new Map();
  let doubled = 0;
  for (const { messageId, body } of events) {
    if (messageId !== undefined && messageId !== body.id) doubled += 1;
    const numbers = items.get(body.subject) ?? new Map();
    const kinds = numbers.get(body.sequence) ?? new Map();
    numbers.set(body.sequence, kinds.set(body.id, kindOf(body)));
    items.set(body.subject, numbers);
  }
  let lost = 0;
  for (const numbers of items.values()) {
    const highest = Math.max(...numbers.keys());
    for (let number = 1; number <= highest; number += 1) if (!numbers.has(number)) lost += 1;
    for (const kinds of numbers.values()) doubled += kinds.size - 1;
    doubled += told(numbers);
  }
  return { lost, doubled };
}

const kindOf = ({ type = '' }) => /\.(created|cancelled)\./.exec(type)?.[1] ?? 'updated';

/** How often an item was told to be made while it was there, or cancelled while it was not. */
function told(numbers) {
  let state = null;
  let twice = 0;
  for (const number of [...numbers.keys()].sort((left, right) => left - right)) {
    for (const kind of numbers.get(number).values()) {
      if (kind === state && kind !== 'updated') twice += 1;
      if (kind !== 'updated') state = kind;
    }
  }
  return twice;
}
