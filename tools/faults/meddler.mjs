/** Somebody who changes and removes, in the provider's own calendar, what was scheduled here. */
import { setTimeout as sleep } from 'node:timers/promises';

/** The name our adapter marks its events with: an event that carries it is that meeting. */
export const MARKER = 'daybookMeeting';

export const markerOf = (event) => event.extendedProperties?.private?.[MARKER] ?? null;

/** What stands for a whole meeting: no instance of a series. */
export const isWhole = ({ status, recurringEventId }) => status !== 'cancelled' && !recurringEventId;

/**
 * @typedef {object} Meddled
 * @property {string} meetingId
 * @property {'rename' | 'remove'} type
 * @property {string | null} title
 * @property {number} from when it was sent
 * @property {number} to when it was answered
 * @property {boolean} acked false: the provider's answer did not come or was a refusal, it may be in effect or not
 */

/**
 * @param {{ mailbox: object, random: object, everyMs: number }} given
 * @returns {{ meddled: Meddled[], acked(): number, stop(): Promise<void> }}
 */
export function startMeddler({ mailbox, random, everyMs }) {
  const meddled = [];
  let going = true;
  let number = 0;

  const meddle = async () => {
    const events = (await mailbox.events()).filter((event) => isWhole(event) && markerOf(event));
    if (events.length === 0) return;
    const event = random.pick(events);
    const isRename = random.next() < 0.8;
    const title = isRename ? `Theirs ${(number += 1)}` : null;
    const note = {
      ...{ meetingId: markerOf(event), type: isRename ? 'rename' : 'remove', title },
      ...{ from: Date.now(), to: Infinity, acked: false },
    };
    meddled.push(note);
    await (isRename ? mailbox.patch(event.id, { summary: title }) : mailbox.remove(event.id));
    Object.assign(note, { to: Date.now(), acked: true });
  };

  const work = async () => {
    while (going) {
      await meddle().catch(() => {
        // Refused by a fault at the provider or not answered: it stays noted as not acknowledged.
      });
      await sleep(everyMs);
    }
  };
  const done = work();
  return {
    meddled,
    acked: () => meddled.filter(({ acked }) => acked).length,
    stop: async () => {
      going = false;
      await done;
    },
  };
}
