import type { Attendee, AttendeeRole, Person, Response } from '@daybook/domain';
import { asText, type ForeignRecord, isRecord } from '@daybook/provider-port';

const LONGEST_NAME = 320;
/** Graph takes 500 guests of a meeting; beyond this many the list counts as cut. */
export const MOST_ATTENDEES = 1000;
const NOBODY: readonly Attendee[] = Object.freeze([]);

/** Who called the meeting: everything has an organizer in Exchange, also what somebody only noted for themselves. */
export function readOrganizer(event: ForeignRecord): Person | null {
  const { organizer } = event;
  return isRecord(organizer) ? readPerson(organizer) : null;
}

export function readAttendees(value: unknown): readonly Attendee[] {
  if (!Array.isArray(value) || value.length === 0) return NOBODY;
  return value.slice(0, MOST_ATTENDEES).filter(isRecord).map(readAttendee);
}

/** The person's own answer. An organizer has none, and what nobody was invited to has none. */
export function ownResponse(event: ForeignRecord): { readonly response?: Response } {
  const { responseStatus, isOrganizer } = event;
  const given = isRecord(responseStatus) ? responseStatus['response'] : undefined;
  if (isOrganizer === true || typeof given !== 'string' || given === 'none' || given === 'organizer') return {};
  return { response: responseOf(given) };
}

function readAttendee(entry: ForeignRecord): Attendee {
  const { name, email } = readPerson(entry) ?? { name: '', email: '' };
  const status = isRecord(entry['status']) ? entry['status'] : {};
  return { name, email, response: responseOf(status['response']), role: roleOf(entry['type']) };
}

function readPerson(entry: ForeignRecord): Person | null {
  const { emailAddress } = entry;
  if (!isRecord(emailAddress)) return null;
  const email = asText(emailAddress['address'], LONGEST_NAME);
  const name = asText(emailAddress['name'], LONGEST_NAME);
  return email === '' && name === '' ? null : { name, email };
}

function responseOf(value: unknown): Response {
  switch (value) {
    case 'accepted':
    case 'declined':
    case 'organizer':
      return value;
    case 'tentativelyAccepted':
      return 'tentative';
    default:
      return 'needsAction';
  }
}

function roleOf(value: unknown): AttendeeRole {
  return value === 'resource' || value === 'optional' ? value : 'required';
}
