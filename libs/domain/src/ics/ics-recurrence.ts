import { isAllDayTime, type MeetingTime } from '../meeting/meeting';
import type { IcsProperty } from './ics-properties';
import { IcsFault, readTimeText, stampOf, type TimeReading } from './ics-times';

const MOST_DATES = 10_000;
const DURATION = /^\+?P/i;

/**
 * The rule lines of an event, times rewritten so that they need no zone: UTC for a timed series, dates for an all-day one.
 * @throws IcsFault
 */
export function recurrenceLines(
  properties: readonly IcsProperty[],
  start: MeetingTime,
  reading: TimeReading,
): string[] {
  const lines: string[] = [];
  for (const property of properties) {
    const { name, raw } = property;
    if (name === 'rrule' || name === 'exrule') lines.push(`${name.toUpperCase()}:${raw.trim()}`);
    else if (name === 'rdate' || name === 'exdate') lines.push(...dateLines(property, start, reading));
  }
  return lines;
}

function dateLines(property: IcsProperty, start: MeetingTime, reading: TimeReading): string[] {
  const name = property.name.toUpperCase();
  const texts = property.raw
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean);
  if (texts.length > MOST_DATES) throw new IcsFault(`${name} names too many dates`);
  if (property.parameters['value']?.toUpperCase() === 'PERIOD' || texts.some((text) => text.includes('/'))) {
    return [`${name};VALUE=PERIOD:${texts.map((text) => periodOf(text, property, reading)).join(',')}`];
  }
  const stamps = texts.map((text) => stampOf(fitted(readTimeText(text, property, reading), start)));
  if (stamps.length === 0) return [];
  return [`${name}${isAllDayTime(start) ? ';VALUE=DATE' : ''}:${stamps.join(',')}`];
}

/** A date in a timed series means the occurrence of that day; a time in an all-day one the day it falls on. */
function fitted(time: MeetingTime, start: MeetingTime): MeetingTime {
  if (isAllDayTime(start)) return isAllDayTime(time) ? time : { date: time.dateTime.slice(0, 10) };
  if (!isAllDayTime(time)) return time;
  return { dateTime: `${time.date}T${start.dateTime.slice(11)}`, timeZone: start.timeZone };
}

function periodOf(text: string, property: IcsProperty, reading: TimeReading): string {
  const [from = '', to = ''] = text.split('/');
  const plain = { ...property, parameters: { ...property.parameters, value: 'DATE-TIME' } };
  const begin = stampOf(readTimeText(from, plain, reading));
  return `${begin}/${DURATION.test(to) ? to.toUpperCase() : stampOf(readTimeText(to, plain, reading))}`;
}
