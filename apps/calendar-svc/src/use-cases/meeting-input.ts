import { expand, instantOf, lastEnd, readSeries, type Attendee, type Visibility } from '@daybook/domain';
import { fail, type AttendeeInput, type FieldFault } from '@daybook/contracts';
import type { MeetingTimes } from './meeting-times';

/** More would be a calendar of its own: two years of weekdays fit. */
const MOST_OCCURRENCES = 730;
const LONGEST_TOPIC = 200;

/** One plain address: what mail servers of this world accept, without comments or quotes. */
const ADDRESS = /^[^\s@<>()",:;[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

export function refuse(faults: readonly FieldFault[]): never {
  throw fail('invalid_body', undefined, { fields: faults });
}

/** The topic as it will stand, or what is wrong with it: it is shown in many places, none of which reads markup. */
export function topicFaults(topic: string): FieldFault[] {
  const text = topic.trim();
  const detail =
    text === ''
      ? 'A topic is needed.'
      : text.length > LONGEST_TOPIC
        ? `A topic has ${LONGEST_TOPIC} characters at most.`
        : hasControl(text)
          ? 'A topic is one line of text without control characters.'
          : /<[a-z!/][^>]*>/i.test(text)
            ? 'A topic is plain text, not markup.'
            : null;
  return detail ? [{ field: 'topic', detail }] : [];
}

export function descriptionFaults(text: string): FieldFault[] {
  if (!hasControl(text.replace(/[\n\r\t]/g, ''))) return [];
  return [{ field: 'description', detail: 'A description is text without control characters.' }];
}

function hasControl(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text);
}

/** Guests as they will be written, or which of them is no address. The same address twice counts once. */
export function readAttendees(given: readonly AttendeeInput[]): { attendees: Attendee[]; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const attendees = new Map<string, Attendee>();
  given.forEach((entry, index) => {
    const { email, name = '', optional = false } = typeof entry === 'string' ? { email: entry } : entry;
    const address = email.trim();
    if (!ADDRESS.test(address)) {
      faults.push({ field: `attendees.${index}`, detail: 'This is not an e-mail address.' });
      return;
    }
    if (hasControl(name)) faults.push({ field: `attendees.${index}`, detail: 'A name is one line of text.' });
    const role = optional ? 'optional' : 'required';
    attendees.set(address.toLowerCase(), { name: name.trim(), email: address, response: 'needsAction', role });
  });
  return { attendees: [...attendees.values()], faults };
}

/** What is wrong with a repetition that begins with these times: it needs an end, and not too many days. */
export function recurrenceFaults(lines: readonly string[], { start, end }: MeetingTimes): FieldFault[] {
  if (lines.length === 0) return [];
  const at = (detail: string): FieldFault[] => [{ field: 'recurrence', detail }];
  if (!lines.some((line) => /^RRULE:/i.test(line))) return at('A repetition has a line that begins with RRULE:.');
  const reading = readSeries({ start, end, lines, exceptions: [], floatingZone: 'UTC' });
  if (!reading.ok) return at(`This repetition cannot be kept: ${reading.refusal.code.replaceAll('_', ' ')}.`);
  const until = lastEnd(reading.series);
  if (until === null) return at('A repetition needs an end: COUNT or UNTIL.');
  const window = { from: instantOf(start), to: until + 1 };
  const { occurrences, complete } = expand(reading.series, window, MOST_OCCURRENCES);
  if (!complete) return at(`A repetition has ${MOST_OCCURRENCES} meetings at most.`);
  return occurrences.length === 0 ? at('Nothing is left of this repetition.') : [];
}

export function visibilityOfInput(given: 'default' | 'public' | 'private' | undefined): Visibility {
  return given ?? 'default';
}
