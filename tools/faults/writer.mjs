/** Somebody who works in the mailbox all the time. Every change that the provider acknowledged is counted. */
import { setTimeout as sleep } from 'node:timers/promises';

const HOUR_MS = 3_600_000;

/**
 * @param {{ mailbox: object, random: object, everyMs: number }} given
 * @returns {{ acked(): number, stop(): Promise<void> }}
 */
export function startWriter({ mailbox, random, everyMs }) {
  const ids = [];
  let acked = 0;
  let number = 0;
  let going = true;

  const insert = async () => {
    number += 1;
    const start = Date.now() + random.between(-500, 5_000) * HOUR_MS;
    const time = (at) => ({ dateTime: new Date(at).toISOString(), timeZone: 'UTC' });
    const series = random.next() < 0.1 ? { recurrence: [`RRULE:FREQ=DAILY;COUNT=${random.between(2, 6)}`] } : {};
    const event = { summary: `Meeting ${number}`, start: time(start), end: time(start + HOUR_MS), ...series };
    ids.push((await mailbox.insert(event)).id);
  };
  const change = async () => {
    number += 1;
    await mailbox.patch(random.pick(ids), { summary: `Meeting ${number}` });
  };
  const remove = async () => {
    const [id] = ids.splice(random.between(0, ids.length - 1), 1);
    await mailbox.remove(id);
  };

  const work = async () => {
    while (going) {
      const dice = random.next();
      try {
        await (ids.length < 5 || dice < 0.5 ? insert() : dice < 0.85 ? change() : remove());
        acked += 1;
      } catch {
        // Refused by a fault at the provider: not acknowledged, so nothing is owed.
      }
      await sleep(everyMs);
    }
  };
  const done = work();
  return {
    acked: () => acked,
    stop: async () => {
      going = false;
      await done;
    },
  };
}
