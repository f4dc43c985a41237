import type { Attendee, AttendeeRole, Person, Response } from '../meeting/meeting';
import type { IcsProperty } from './ics-properties';

const MOST_ATTENDEES = 500;
const RESPONSES: Record<string, Response> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' };

/** The address of a calendar user; empty when it is none (`invalid:nomail`, X.400 …). */
function addressOf({ raw, parameters }: IcsProperty): string {
  const given = /^mailto:/i.test(raw.trim()) ? raw.trim().slice(7) : (parameters['email'] ?? '');
  const address = given
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase();
  return /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(address) ? address : '';
}

export function readOrganizer(property: IcsProperty | undefined): Person | null {
  const email = property === undefined ? '' : addressOf(property);
  return property === undefined || email === '' ? null : { email, name: nameOf(property, email) };
}

/** Attendees with an address, each once. */
export function readAttendees(properties: readonly IcsProperty[]): Attendee[] {
  const found = new Map<string, Attendee>();
  for (const property of properties) {
    const email = property.name === 'attendee' ? addressOf(property) : '';
    if (email === '' || found.has(email) || found.size >= MOST_ATTENDEES) continue;
    const response = RESPONSES[property.parameters['partstat']?.toUpperCase() ?? ''] ?? 'needsAction';
    found.set(email, { email, name: nameOf(property, email), response, role: roleOf(property) });
  }
  return [...found.values()];
}

function roleOf({ parameters }: IcsProperty): AttendeeRole {
  const kind = parameters['cutype']?.toUpperCase();
  if (kind === 'RESOURCE' || kind === 'ROOM') return 'resource';
  return parameters['role']?.toUpperCase() === 'OPT-PARTICIPANT' ? 'optional' : 'required';
}

function nameOf({ parameters }: IcsProperty, email: string): string {
  const name = (parameters['cn'] ?? '').trim().slice(0, 200);
  return name.toLowerCase() === email ? '' : name;
}
