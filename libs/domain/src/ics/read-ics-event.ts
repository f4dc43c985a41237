import { instantOf, isAllDayTime, type MeetingTime, type Visibility } from '../meeting/meeting';
import { parseRecurrence } from '../recurrence/parse-recurrence';
import type { RecurrenceRefusal } from '../recurrence/rule';
import { addDays } from '../time/civil';
import type { Instant } from '../time/zone-offsets';
import { parseInstant, toCivil } from '../time/zoned-time';
import type { IcsBlock } from './ics-blocks';
import type { IcsEvent } from './ics-event';
import { readAttendees, readOrganizer } from './ics-people';
import { readProperty, type IcsProperty } from './ics-properties';
import { recurrenceLines } from './ics-recurrence';
import { IcsFault, readDuration, readTime, type TimeReading } from './ics-times';

/** Texts beyond this are cut: nobody reads them, and no provider takes them. */
const LONGEST_TEXT = 64_000;
const LONGEST_UID = 1_000;
const CONFERENCE = new Set(['conference', 'x-google-conference', 'x-microsoft-skypeteamsmeetingurl']);

const REFUSALS: Record<RecurrenceRefusal['code'], string> = {
  sub_daily: 'it repeats more often than daily',
  unsupported: 'the recurrence uses something that is not supported',
  malformed: 'the recurrence cannot be read',
  out_of_range: 'the recurrence has a value out of range',
  impossible: 'the recurrence never takes place',
  too_long: 'the recurrence is too long',
  too_dense: 'it repeats more often than daily',
  conflict: 'the recurrence contradicts itself',
  bad_zone: 'the time zone of the recurrence is unknown',
  bad_start: 'the start of the recurrence cannot be read',
};

/** Reads one VEVENT. @throws IcsFault with what is wrong, in words for the person who brought the file */
export function readIcsEvent({ line, lines }: IcsBlock, reading: TimeReading): IcsEvent {
  const properties = lines.slice(1, -1).map(propertyOf);
  const find = (name: string): IcsProperty | undefined => properties.find((property) => property.name === name);
  const startProperty = find('dtstart');
  if (startProperty === undefined) throw new IcsFault('it has no start (DTSTART)');
  const start = readTime(startProperty, reading);
  const end = endOf(start, find('dtend'), find('duration'), reading);
  const recurrenceId = find('recurrence-id');
  if (recurrenceId?.parameters['range'] !== undefined)
    throw new IcsFault('it changes all following occurrences at once (RANGE)');
  const recurrence = recurrenceId === undefined ? recurrenceLines(properties, start, reading) : [];
  checkRecurrence(recurrence, start);
  return {
    line,
    uid: uidOf(find('uid'), lines),
    recurrenceId: recurrenceId === undefined ? null : originalStart(readTime(recurrenceId, reading), start),
    start,
    end,
    recurrence,
    title: textOf(find('summary')),
    description: textOf(find('description') ?? find('x-alt-desc')),
    location: textOf(find('location')),
    url: textOf(find('url')),
    status: statusOf(find('status')),
    busy: find('transp')?.raw.trim().toUpperCase() !== 'TRANSPARENT',
    visibility: visibilityOf(find('class')),
    organizer: readOrganizer(find('organizer')),
    attendees: readAttendees(properties),
    sequence: Math.min(Math.max(Number.parseInt(find('sequence')?.raw ?? '0', 10) || 0, 0), 1_000_000),
    createdAt: stampInstant(find('created')),
    updatedAt: stampInstant(find('last-modified') ?? find('dtstamp')),
    conferenceUris: properties.filter(({ name }) => CONFERENCE.has(name)).map(({ raw }) => raw.trim().slice(0, 2000)),
  };
}

function propertyOf(line: string): IcsProperty {
  try {
    return readProperty(line);
  } catch {
    // A stray line between properties is common in the wild and says nothing about the event.
    return { name: '', parameters: {}, values: [], raw: '' };
  }
}

function endOf(
  start: MeetingTime,
  end: IcsProperty | undefined,
  duration: IcsProperty | undefined,
  reading: TimeReading,
): MeetingTime {
  const given =
    end !== undefined
      ? readTime(end, reading)
      : duration !== undefined
        ? later(start, readDuration(duration.raw))
        : null;
  if (given === null) return isAllDayTime(start) ? { date: addDays(start.date, 1) } : start;
  if (isAllDayTime(start) !== isAllDayTime(given))
    throw new IcsFault('one of start and end is a date, the other a time');
  if (isAllDayTime(start) && isAllDayTime(given) && given.date === start.date) return { date: addDays(start.date, 1) };
  if (instantOf(given) < instantOf(start)) throw new IcsFault('it ends before it starts');
  return given;
}

function later(start: MeetingTime, milliseconds: number): MeetingTime {
  if (isAllDayTime(start)) return { date: addDays(start.date, Math.max(1, Math.round(milliseconds / 86_400_000))) };
  return { dateTime: toCivil(instantOf(start) + milliseconds, start.timeZone), timeZone: start.timeZone };
}

/** Some programs write the date alone for an occurrence of a timed series: its start has the time. */
function originalStart(original: MeetingTime, start: MeetingTime): MeetingTime {
  if (!isAllDayTime(original) || isAllDayTime(start)) return original;
  return { dateTime: `${original.date}T${start.dateTime.slice(11)}`, timeZone: start.timeZone };
}

function checkRecurrence(lines: readonly string[], start: MeetingTime): void {
  if (lines.length === 0) return;
  const read = parseRecurrence(lines, { allDay: isAllDayTime(start) });
  if (!read.ok) throw new IcsFault(`${REFUSALS[read.refusal.code]}: ${read.refusal.part}`);
}

/** Files without UID exist; what the event says then stands for it, so that loading twice gives one event. */
function uidOf(property: IcsProperty | undefined, lines: readonly string[]): string {
  const uid = property?.raw.trim().slice(0, LONGEST_UID) ?? '';
  if (uid !== '') return uid;
  let hash = 0x811c9dc5;
  for (const sign of lines.join('\n')) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return `without-uid-${hash.toString(16)}`;
}

function textOf(property: IcsProperty | undefined): string {
  // A text with commas that nobody escaped comes as several values.
  return (property?.values.join(',') ?? '').slice(0, LONGEST_TEXT).trim();
}

function statusOf(property: IcsProperty | undefined): IcsEvent['status'] {
  const status = property?.raw.trim().toUpperCase();
  return status === 'CANCELLED' ? 'cancelled' : status === 'TENTATIVE' ? 'tentative' : 'confirmed';
}

function visibilityOf(property: IcsProperty | undefined): Visibility {
  const word = property?.raw.trim().toUpperCase();
  return word === 'PRIVATE' ? 'private' : word === 'CONFIDENTIAL' ? 'confidential' : 'default';
}

function stampInstant(property: IcsProperty | undefined): Instant | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(property?.raw.trim() ?? '');
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
