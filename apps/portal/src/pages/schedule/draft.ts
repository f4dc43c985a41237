import type { Meeting } from '@daybook/contracts';
import { addDays, daysBetween, instantOf, isZone, toCivil, toInstant, type Instant } from '../../time/zoned-time';
import { ownText } from '../meetings/own-text';
import type { Invitee } from './invitees';
import { readRepeat } from './read-repeat';
import { linesOf, movedTo, noRepeat, type Repeat } from './repeat';

/** What stands in the form. Numbers are NaN while their field is empty. */
export interface Draft {
  readonly kind: 'meeting' | 'webinar';
  readonly topic: string;
  readonly allDay: boolean;
  /** The first day on the clock of `zone`: `2026-11-24`. */
  readonly date: string;
  /** `09:00`. */
  readonly time: string;
  readonly minutes: number;
  /** How many days, when it is all-day. */
  readonly days: number;
  readonly zone: string;
  readonly repeat: Repeat;
  readonly calendarId: string | null;
  readonly attendees: readonly Invitee[];
  readonly visibility: Meeting['visibility'];
  readonly description: string;
  readonly notify: boolean;
}

const HALF_HOUR_MS = 1_800_000;
const MINUTE_MS = 60_000;

interface NewDraft {
  readonly now: Instant;
  readonly zone: string;
  readonly calendarId: string | null;
  /** The day that was looked at; the past is no day to schedule on. */
  readonly day: string | null;
}

/** A new meeting: at the next half hour, or at nine on a day that is still to come. */
export function newDraft({ now, zone, calendarId, day }: NewDraft): Draft {
  const next = toCivil(Math.floor(now / HALF_HOUR_MS + 1) * HALF_HOUR_MS, zone);
  const later = day !== null && day > next.slice(0, 10);
  const date = later ? day : next.slice(0, 10);
  return {
    kind: 'meeting',
    topic: '',
    allDay: false,
    date,
    time: later ? '09:00' : next.slice(11, 16),
    minutes: 30,
    days: 1,
    zone,
    repeat: noRepeat(date),
    calendarId,
    attendees: [],
    visibility: 'default',
    description: '',
    notify: false,
  };
}

/** A meeting that is there, on its own clock. */
export function draftOf(meeting: Meeting, viewerZone: string): Draft {
  const when = timesOf(meeting, viewerZone);
  return {
    kind: meeting.kind === 'webinar' ? 'webinar' : 'meeting',
    topic: meeting.title ?? '',
    ...when,
    repeat: readRepeat(meeting.series?.rule ?? [], when),
    calendarId: meeting.calendar?.id ?? null,
    attendees: meeting.attendees.flatMap(({ email, name, role, response }) =>
      email === null || role === 'organizer' || response === 'organizer'
        ? []
        : [{ email, ...(name ? { name } : {}), ...(role === 'optional' ? { optional: true } : {}) }],
    ),
    visibility: meeting.visibility,
    description: ownText(meeting),
    notify: false,
  };
}

function timesOf({ start, end }: Meeting, viewerZone: string) {
  if ('date' in start) {
    const days = 'date' in end ? Math.max(1, daysBetween(start.date, end.date)) : 1;
    return { allDay: true, date: start.date, time: '09:00', minutes: 30, days, zone: viewerZone };
  }
  const zone = isZone(start.timeZone) ? start.timeZone : viewerZone;
  const from = instantOf(start, viewerZone);
  const civil = toCivil(from, zone);
  const minutes = Math.round((instantOf(end, viewerZone) - from) / MINUTE_MS);
  return { allDay: false, date: civil.slice(0, 10), time: civil.slice(11, 16), minutes, days: 1, zone };
}

/** Takes a change of the form's fields; a recurrence follows a first day that moves. */
export function changed(draft: Draft, change: Partial<Draft>): Draft {
  const next = { ...draft, ...change };
  const { date } = change;
  if (date === undefined || !isDay(date) || !isDay(draft.date)) return next;
  return { ...next, repeat: movedTo(next.repeat, draft.date, date) };
}

/** Whether the same stands in all fields. */
export const sameDraft = (one: Draft, other: Draft) => JSON.stringify(one) === JSON.stringify(other);

export const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
export const isClock = (text: string) => /^\d{2}:\d{2}$/.test(text);

/** When it begins and ends as instants; null while a field is empty. */
export function spanOf(draft: Draft): { from: Instant; to: Instant } | null {
  const { date, time, minutes, zone } = draft;
  if (draft.allDay || !isDay(date) || !isClock(time) || !(minutes >= 0)) return null;
  const from = toInstant(`${date}T${time}:00`, zone);
  return { from, to: from + minutes * MINUTE_MS };
}

/** Start and end as the contract takes them. A time that the clock skips is sent as the one it begins at. */
export function timesToSend(draft: Draft) {
  const { date, days, zone } = draft;
  if (draft.allDay) return { start: { date }, end: { date: addDays(date, days) } };
  const span = spanOf(draft);
  if (!span) throw new RangeError('A draft without a time cannot be sent.');
  const at = (instant: Instant) => ({ dateTime: toCivil(instant, zone), timeZone: zone });
  return { start: at(span.from), end: at(span.to) };
}

export const repeatLines = (draft: Draft) => linesOf(draft.repeat, draft);
