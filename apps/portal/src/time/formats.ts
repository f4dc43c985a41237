import type { Meeting, MeetingTime } from '@daybook/contracts';
import { addDays, dayOf, daysOf, instantOf, offsetAt, type Instant } from './zoned-time';

/** Dates, times and numbers in the person's language and zone. */
export interface Formats {
  readonly language: string;
  readonly zone: string;
  time(instant: Instant): string;
  timeIn(instant: Instant, zone: string): string;
  /** `Sunday, 22 November`, and its year where that is not the year of `today`. */
  day(day: string, today?: string): string;
  shortDay(day: string): string;
  /** `31 Jan 2027`. */
  date(day: string): string;
  /** `22 Nov 2026, 14:02`. */
  moment(instant: Instant): string;
  /** Clock only for today, with the date otherwise. */
  near(instant: Instant, now: Instant): string;
  number(value: number): string;
  /** `in 5 min`. */
  until(instant: Instant, now: Instant): string;
}

/** British English writes days first and clocks to 24, like the rest of the portal's audience. */
const localeOf = (language: string) => (language === 'de' ? 'de-DE' : 'en-GB');

export function createFormats(language: string, zone: string): Formats {
  const locale = localeOf(language);
  const clock = (timeZone: string) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const own = clock(zone);
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const dated = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const short = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const medium = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  const civil = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const numbers = new Intl.NumberFormat(locale);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const clocks = new Map<string, Intl.DateTimeFormat>();
  return {
    language,
    zone,
    time: (instant) => own.format(instant),
    timeIn: (instant, other) => {
      const known = clocks.get(other) ?? clock(other);
      clocks.set(other, known);
      return known.format(instant);
    },
    day: (day, today = day) =>
      (day.slice(0, 4) === today.slice(0, 4) ? long : dated).format(Date.parse(`${day}T00:00:00Z`)),
    shortDay: (day) => short.format(Date.parse(`${day}T00:00:00Z`)),
    date: (day) => medium.format(Date.parse(`${day}T00:00:00Z`)),
    moment: (instant) => moment.format(instant),
    near: (instant, now) =>
      civil.format(instant) === civil.format(now) ? own.format(instant) : moment.format(instant),
    number: (value) => numbers.format(value),
    until: (instant, now) => relative.format(Math.max(1, Math.ceil((instant - now) / 60_000)), 'minute'),
  };
}

/** Of an instant as services write it, such as `2027-01-31T09:00:00Z`: `31 Jan 2027`. */
export function dateOf(instant: string, formats: Formats): string {
  return formats.date(dayOf(Date.parse(instant), formats.zone));
}

/** `Tuesday, 24 November, 09:00–09:30`, or the days of an all-day meeting. */
export function describeSpan(meeting: Pick<Meeting, 'start' | 'end' | 'allDay'>, formats: Formats): string {
  const { first, last } = daysOf(meeting, formats.zone);
  if (meeting.allDay) return first === last ? formats.day(first) : `${formats.day(first)} – ${formats.day(last)}`;
  const from = instantOf(meeting.start, formats.zone);
  const to = instantOf(meeting.end, formats.zone);
  if (first === last || to - from < 86_400_000)
    return `${formats.day(first)}, ${formats.time(from)}–${formats.time(to)}`;
  return `${formats.day(first)}, ${formats.time(from)} – ${formats.day(last)}, ${formats.time(to)}`;
}

/**
 * The same span on the clock of the meeting's own zone, when that clock differs from the viewer's at that moment; null
 * otherwise and for all-day meetings.
 */
export function otherZoneSpan(
  meeting: Pick<Meeting, 'start' | 'end'>,
  formats: Formats,
): { zone: string; text: string } | null {
  if ('date' in meeting.start) return null;
  const zone = meeting.start.timeZone;
  const from = instantOf(meeting.start, formats.zone);
  if (offsetAt(from, zone) === offsetAt(from, formats.zone)) return null;
  const to = instantOf(meeting.end, formats.zone);
  const day = daysOf(meeting, zone).first;
  const otherDay = day === daysOf(meeting, formats.zone).first ? '' : `${formats.shortDay(day)}, `;
  return { zone, text: `${otherDay}${formats.timeIn(from, zone)}–${formats.timeIn(to, zone)}` };
}

/** A meeting time alone, for *originally planned for*. */
export function describeTime(time: MeetingTime, formats: Formats): string {
  return 'date' in time ? formats.day(time.date) : formats.moment(instantOf(time, formats.zone));
}

/** `today`, `tomorrow` or null. */
export function nearDay(day: string, today: string): 'today' | 'tomorrow' | null {
  if (day === today) return 'today';
  return day === addDays(today, 1) ? 'tomorrow' : null;
}
