import type { ProblemView } from '../../api/api-problem';
import { isClock, isDay, type Draft } from './draft';
import { isAddress } from './invitees';
import { weekdayOf } from './repeat';

export const fields = [
  'topic',
  'date',
  'time',
  'length',
  'zone',
  'repeat',
  'calendar',
  'attendees',
  'visibility',
  'description',
] as const;
export type Field = (typeof fields)[number];

/** What the form finds by itself, or what a server says of a field: of which attendee, if it is one. */
export type Fault =
  | { readonly own: string; readonly given?: Record<string, string> }
  | { readonly code: string; readonly detail: string; readonly at?: string };
export type Faults = Partial<Record<Field, Fault>>;

const MAX = { topic: 200, description: 8_000, attendees: 200, count: 730, every: 99 };

/** What a person has to look at before anything is sent. */
export function checkDraft(draft: Draft): Faults {
  return { ...checkWords(draft), ...checkTimes(draft), ...checkRepeat(draft) };
}

function checkWords({ topic, description, attendees }: Draft): Faults {
  const faults: Faults = {};
  const wrong = attendees.filter(({ email }) => !isAddress(email)).map(({ email }) => email);
  if (topic.trim() === '') faults.topic = { own: 'needTopic' };
  else if (topic.trim().length > MAX.topic) faults.topic = { own: 'tooLong', given: { max: String(MAX.topic) } };
  if (description.trim().length > MAX.description)
    faults.description = { own: 'tooLong', given: { max: String(MAX.description) } };
  if (wrong.length > 0) faults.attendees = { own: 'noAddress', given: { addresses: wrong.join(', ') } };
  else if (attendees.length > MAX.attendees)
    faults.attendees = { own: 'tooMany', given: { max: String(MAX.attendees) } };
  return faults;
}

function checkTimes({ allDay, date, time, minutes, days }: Draft): Faults {
  const faults: Faults = {};
  const length = allDay ? days : minutes;
  if (!isDay(date)) faults.date = { own: 'needDate' };
  if (!allDay && !isClock(time)) faults.time = { own: 'needTime' };
  if (!Number.isInteger(length) || length < 1) faults.length = { own: 'needLength' };
  return faults;
}

function checkRepeat({ repeat, date }: Draft): Faults {
  const { kind, every, ends, count, until } = repeat;
  if (kind === 'none' || kind === 'own') return {};
  const within = (value: number, max: number) => Number.isInteger(value) && value >= 1 && value <= max;
  const weekend = isDay(date) && ['SA', 'SU'].includes(weekdayOf(date));
  if (kind === 'weekdays' && weekend) return { date: { own: 'weekend' } };
  if (!within(every, MAX.every)) return { repeat: { own: 'every', given: { max: String(MAX.every) } } };
  if (ends === 'after' && !within(count, MAX.count))
    return { repeat: { own: 'count', given: { max: String(MAX.count) } } };
  if (ends === 'on' && (!isDay(until) || until < date)) return { repeat: { own: 'until' } };
  return {};
}

const places: Record<string, Field> = {
  topic: 'topic',
  start: 'date',
  end: 'length',
  timeZone: 'zone',
  recurrence: 'repeat',
  calendarId: 'calendar',
  attendees: 'attendees',
  visibility: 'visibility',
  description: 'description',
};

/** A server's complaints, each at its field of the form; those about none of them stay with the problem. */
export function placeFaults(
  problem: ProblemView,
  draft: Pick<Draft, 'attendees'>,
): { faults: Faults; rest: ProblemView } {
  const faults: Faults = {};
  const rest = problem.fields.filter(({ field, code, detail }) => {
    const [name = '', index] = field.split(/[.[\]]+/);
    // A zone that does not exist is the zone field's, whichever time it came with.
    const place = places[field.endsWith('.timeZone') ? 'timeZone' : name];
    if (place === undefined) return true;
    const email = place === 'attendees' ? draft.attendees[Number(index)]?.email : undefined;
    faults[place] ??= { code, detail, ...(email ? { at: email } : {}) };
    return false;
  });
  return { faults, rest: { ...problem, fields: rest } };
}
