import { expand, instantOf, lastEnd, readSeries, type Attendee, type Visibility } from '@daybook/domain';
import { fail, type AttendeeInput, type FieldFault, type FieldFaultCode } from '@daybook/contracts';
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
  const field = 'topic';
  if (text === '') return [{ field, code: 'needed', detail: 'A topic is needed.' }];
  if (text.length > LONGEST_TOPIC)
    return [{ field, code: 'too_long', detail: `A topic has ${LONGEST_TOPIC} characters at most.` }];
  if (hasControl(text))
    return [{ field, code: 'plain_text', detail: 'A topic is one line of text without control characters.' }];
  if (/<[a-z!/][^>]*>/i.test(text))
    return [{ field, code: 'plain_text', detail: 'A topic is plain text, not markup.' }];
  return [];
}

export function descriptionFaults(text: string): FieldFault[] {
  if (!hasControl(text.replace(/[\n\r\t]/g, ''))) return [];
  const detail = 'A description is text without control characters.';
  return [{ field: 'description', code: 'plain_text', detail }];
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
      faults.push({ field: `attendees.${index}`, code: 'no_address', detail: 'This is not an e-mail address.' });
      return;
    }
    if (hasControl(name))
      faults.push({ field: `attendees.${index}`, code: 'plain_text', detail: 'A name is one line of text.' });
    const role = optional ? 'optional' : 'required';
    attendees.set(address.toLowerCase(), { name: name.trim(), email: address, response: 'needsAction', role });
  });
  return { attendees: [...attendees.values()], faults };
}

/** What is wrong with a repetition that begins with these times: it needs an end, and not too many days. */
export function recurrenceFaults(lines: readonly string[], { start, end }: MeetingTimes): FieldFault[] {
  if (lines.length === 0) return [];
  const at = (code: FieldFaultCode, detail: string): FieldFault[] => [{ field: 'recurrence', code, detail }];
  if (!lines.some((line) => /^RRULE:/i.test(line)))
    return at('no_rule', 'A repetition has a line that begins with RRULE:.');
  const reading = readSeries({ start, end, lines, exceptions: [], floatingZone: 'UTC' });
  if (!reading.ok)
    return at('rule_not_kept', `This repetition cannot be kept: ${reading.refusal.code.replaceAll('_', ' ')}.`);
  const until = lastEnd(reading.series);
  if (until === null) return at('no_end', 'A repetition needs an end: COUNT or UNTIL.');
  const window = { from: instantOf(start), to: until + 1 };
  const { occurrences, complete } = expand(reading.series, window, MOST_OCCURRENCES);
  if (!complete) return at('too_often', `A repetition has ${MOST_OCCURRENCES} meetings at most.`);
  return occurrences.length === 0 ? at('nothing_left', 'Nothing is left of this repetition.') : [];
}

export function visibilityOfInput(given: 'default' | 'public' | 'private' | undefined): Visibility {
  return given ?? 'default';
}
