/**
 * Somebody who schedules, edits and deletes meetings through the gateway all the time, as a patient client does: what was not
 * answered is asked again, a schedule with the same key, until it is answered. All that was said is noted for the verdict.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const HOUR_MS = 3_600_000;
const AGAIN_MS = 400;
/** The gateway waits 15 s for a provider. */
const PATIENCE_MS = 20_000;
const SIGN_IN_AGAIN_MS = 10 * 60_000;
/** Answers that say nothing about whether it was done, or that it can be asked again at once. */
const AGAIN = new Set([401, 408, 409, 425, 429, 500, 502, 503, 504]);
const MOST_TRIES = 300;

/**
 * @typedef {object} Said what was asked for, and what became of the request
 * @property {'schedule' | 'edit' | 'delete'} type
 * @property {string | null} title as it is to be; null of a deletion
 * @property {number} from when it was first sent
 * @property {number} to when it was answered
 * @property {'done' | 'waits' | 'refused' | 'unknown'} answer `unknown`: never answered, or refused after a try without an answer
 *
 * @typedef {object} Planned one meeting
 * @property {string | null} id
 * @property {boolean} inCalendar
 * @property {Said[]} said
 */

/** Which is to be asked for again, and what it means if it is not. */
export function readAnswer({ type, status, code, tries }) {
  if (type === 'delete' && status === 404) return 'done';
  if (status === 202) return 'waits';
  if (status >= 200 && status < 300) return 'done';
  // The provider's refusal has a status of its own and is told with its code: it would come again.
  if (AGAIN.has(status) && code !== 'write_refused') return 'again';
  return tries > 1 ? 'unknown' : 'refused';
}

/**
 * @param {{ signIn: () => Promise<object>, calendarId: string, random: object, everyMs: number, name: string }} given
 * @returns {{ planned: Planned[], counts(): Record<string, number>, refusals(): Record<string, number>,
 *   stop(): Promise<void> }}
 */
export function startPlanner({ signIn, calendarId, random, everyMs, name }) {
  const planned = [];
  const counts = { done: 0, waits: 0, refused: 0, unknown: 0 };
  /** By code: a refusal nobody expects would hide a loss. */
  const refusals = {};
  let number = 0;
  let going = true;
  let person = null;
  let signedIn = 0;

  const call = async (path, order) => {
    if (!person || performance.now() - signedIn > SIGN_IN_AGAIN_MS) {
      person = await signIn();
      signedIn = performance.now();
    }
    const answer = await person.call(path, { timeoutMs: PATIENCE_MS, ...order });
    if (answer.status === 401) person = null;
    return answer;
  };

  /** Asks until there is an answer; gives it with what it means. */
  const ask = async (type, path, order) => {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      try {
        const { status, json } = await call(path, order);
        const answer = readAnswer({ type, status, code: json?.code, tries });
        if (answer !== 'again') return { answer, json };
      } catch {
        // No answer: whether it was done shows when it is asked again.
      }
      await sleep(AGAIN_MS);
    }
    return { answer: 'unknown', json: null };
  };

  const say = async (meeting, { type, title, path, order }) => {
    const said = { type, title, from: Date.now(), to: Infinity, answer: 'unknown' };
    // Noted before it is answered: the other side may change the same meeting meanwhile.
    meeting.said.push(said);
    const { answer, json } = await ask(type, path, order);
    Object.assign(said, { to: Date.now(), answer });
    counts[answer] += 1;
    const code = json?.code;
    if (answer === 'refused') refusals[code] = (refusals[code] ?? 0) + 1;
    return json;
  };

  const newTitle = () => `${name} ${(number += 1)}`;

  const schedule = async () => {
    const start = Date.now() + random.between(-24, 5_000) * HOUR_MS;
    const time = (at) => ({ dateTime: new Date(at).toISOString().slice(0, 19), timeZone: 'UTC' });
    const title = newTitle();
    const inCalendar = random.next() < 0.9;
    const json = {
      topic: title,
      start: time(start),
      end: time(start + HOUR_MS),
      ...(inCalendar ? { calendarId } : {}),
      ...(random.next() < 0.1 ? { recurrence: [`RRULE:FREQ=DAILY;COUNT=${random.between(2, 6)}`] } : {}),
    };
    const meeting = { id: null, inCalendar, said: [] };
    planned.push(meeting);
    const headers = { 'idempotency-key': randomUUID() };
    const order = { method: 'POST', json, headers };
    const answer = await say(meeting, { type: 'schedule', title, path: '/v1/meetings', order });
    meeting.id = answer?.series?.id ?? answer?.id ?? null;
  };

  const alive = () =>
    planned.filter(({ id, said }) => id && said.at(-1).type !== 'delete' && said[0].answer !== 'refused');
  const edit = async (meeting) => {
    const title = newTitle();
    const order = { method: 'PATCH', json: { topic: title } };
    await say(meeting, { type: 'edit', title, path: `/v1/meetings/${meeting.id}?scope=all`, order });
  };
  const remove = (meeting) =>
    say(meeting, {
      type: 'delete',
      title: null,
      path: `/v1/meetings/${meeting.id}?scope=all`,
      order: { method: 'DELETE' },
    });

  const work = async () => {
    while (going) {
      const dice = random.next();
      const meetings = alive();
      if (meetings.length < 4 || dice < 0.4) await schedule();
      else if (dice < 0.85) await edit(random.pick(meetings));
      else await remove(random.pick(meetings));
      await sleep(everyMs);
    }
  };
  const done = work();
  return {
    planned,
    counts: () => ({ ...counts }),
    refusals: () => ({ ...refusals }),
    stop: async () => {
      going = false;
      await done;
    },
  };
}
