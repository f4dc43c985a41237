import type { Attendee, AttendeeRole, Person, Response } from '@daybook/domain';
import { asText, type ForeignRecord, isRecord } from '@daybook/provider-port';

const LONGEST_NAME = 320;
/** More guests than Google lists for anyone; beyond it the list is cut and marked as incomplete. */
export const MOST_ATTENDEES = 1000;
/** Addresses of calendars that are no person's: secondary and imported ones. */
const CALENDAR_ADDRESS = /@(?:group|import|resource)\.calendar\.google\.com$/i;

/** An event without guests: most of them. */
const NOBODY: readonly Attendee[] = Object.freeze([]);

/**
 * Who called the meeting. On a secondary calendar Google names the calendar itself as the organizer: then no person did,
 * and the calendar's owner hosts.
 */
export function readOrganizer(value: unknown): Person | null {
  if (!isRecord(value)) return null;
  const email = asText(value['email'], LONGEST_NAME);
  const name = asText(value['displayName'], LONGEST_NAME);
  if (value['self'] === true && CALENDAR_ADDRESS.test(email)) return null;
  return email === '' && name === '' ? null : { name, email };
}

export function readAttendees(value: unknown): readonly Attendee[] {
  if (!Array.isArray(value) || value.length === 0) return NOBODY;
  const attendees: Attendee[] = [];
  const count = Math.min(value.length, MOST_ATTENDEES);
  for (let index = 0; index < count; index += 1) {
    const entry: unknown = value[index];
    if (isRecord(entry)) attendees.push(readAttendee(entry));
  }
  return attendees;
}

function readAttendee(entry: ForeignRecord): Attendee {
  const name = asText(entry['displayName'], LONGEST_NAME);
  const email = asText(entry['email'], LONGEST_NAME);
  const response = responseOf(entry);
  const role = roleOf(entry);
  return entry['self'] === true ? { name, email, response, role, self: true } : { name, email, response, role };
}

/** The organizer counts as such unless they declined or hesitated themselves. */
function responseOf(entry: ForeignRecord): Response {
  switch (entry['responseStatus']) {
    case 'declined':
      return 'declined';
    case 'tentative':
      return 'tentative';
    case 'accepted':
      return entry['organizer'] === true ? 'organizer' : 'accepted';
    default:
      return entry['organizer'] === true ? 'organizer' : 'needsAction';
  }
}

function roleOf(entry: ForeignRecord): AttendeeRole {
  if (entry['resource'] === true) return 'resource';
  return entry['optional'] === true ? 'optional' : 'required';
}
