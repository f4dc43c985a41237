import { createHash } from 'node:crypto';
import {
  isAllDayTime,
  readIcs,
  toInstant,
  type IcsEvent,
  type MeetingTime,
  type UnreadablePart,
} from '@daybook/domain';
import type { CalendarStore } from '../calendar/calendar-store';
import type { EventAttendee, EventResource } from '../calendar/event-resource';
import { eventTimeOf } from '../calendar/event-times';
import type { World } from '../state/world';

export interface ImportReceipt {
  imported: number;
  unreadable: UnreadablePart[];
}

export interface ImportOrder {
  world: World;
  store: CalendarStore;
  now: number;
  /** Where links to events point. */
  origin: string;
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuv';

/** Loads a calendar file into a calendar. Loading it again changes what differs and adds what is new. */
export function importIcs(text: string, order: ImportOrder): ImportReceipt {
  const { store, now } = order;
  const year = new Date(now).getUTCFullYear();
  const { events, unreadable } = readIcs(text, { floatingZone: store.facts.timeZone, year });
  // Series first, so that an override finds its master whatever the order of the file.
  const sorted = [...events].sort(
    (one, other) => Number(one.recurrenceId !== null) - Number(other.recurrenceId !== null),
  );
  for (const event of sorted) put(event, order);
  return { imported: events.length, unreadable: [...unreadable] };
}

function put(event: IcsEvent, { world, store, now, origin }: ImportOrder): void {
  const known = store.withUid(event.uid).find((one) => one.masterId === null);
  const masterId = known?.id ?? idOf(event.uid);
  const id = event.recurrenceId === null ? masterId : `${masterId}_${keyOf(event.recurrenceId)}`;
  const before = store.get(id)?.read();
  const next = resourceOf(event, { id, masterId, store, now, origin, created: before?.created });
  if (before !== undefined && isSame(before, next)) return;
  world.put(store, next);
}

/** The same file twice is no change. */
function isSame(before: EventResource, next: EventResource): boolean {
  const timeless = (event: EventResource) =>
    JSON.stringify({ ...event, etag: '', updated: '', created: '', htmlLink: '' });
  return timeless(before) === timeless(next);
}

interface Frame {
  id: string;
  masterId: string;
  store: CalendarStore;
  now: number;
  origin: string;
  created: string | undefined;
}

function resourceOf(event: IcsEvent, { id, masterId, store, now, origin, created }: Frame): EventResource {
  const { facts } = store;
  const at = new Date(now).toISOString();
  const createdAt = event.createdAt === null ? at : new Date(event.createdAt).toISOString();
  const organizer = organizerOf(event, facts.id);
  return {
    kind: 'calendar#event',
    etag: '',
    id,
    status: event.status,
    htmlLink: `${origin}/calendar/event?eid=${Buffer.from(id).toString('base64url')}`,
    created: created ?? createdAt,
    updated: at,
    ...text('summary', event.title),
    ...text('description', event.description),
    ...text('location', event.location),
    creator: { email: organizer.email ?? facts.id, ...(organizer.self === true ? { self: true } : {}) },
    organizer,
    start: eventTimeOf(event.start, facts.timeZone),
    end: eventTimeOf(event.end, facts.timeZone),
    ...(event.recurrence.length === 0 ? {} : { recurrence: [...event.recurrence] }),
    ...(event.recurrenceId === null
      ? {}
      : { recurringEventId: masterId, originalStartTime: eventTimeOf(event.recurrenceId, facts.timeZone) }),
    ...(event.busy ? {} : { transparency: 'transparent' }),
    ...(event.visibility === 'default' ? {} : { visibility: event.visibility }),
    iCalUID: event.uid,
    sequence: event.sequence,
    ...(event.attendees.length === 0 ? {} : { attendees: attendeesOf(event, facts.id) }),
    ...conferenceOf(event.conferenceUris),
    ...(/^https?:\/\//i.test(event.url) ? { source: { url: event.url, title: event.title } } : {}),
    reminders: { useDefault: true },
    eventType: 'default',
  };
}

const text = (name: string, value: string): Record<string, string> => (value === '' ? {} : { [name]: value });

function organizerOf({ organizer }: IcsEvent, owner: string): NonNullable<EventResource['organizer']> {
  if (organizer === null || organizer.email === owner) return { email: owner, self: true };
  return { email: organizer.email, ...text('displayName', organizer.name) };
}

function attendeesOf({ attendees, organizer }: IcsEvent, owner: string): EventAttendee[] {
  return attendees.map(({ email, name, response, role }) => ({
    email,
    ...text('displayName', name),
    ...(email === organizer?.email ? { organizer: true } : {}),
    ...(email === owner ? { self: true } : {}),
    ...(role === 'optional' ? { optional: true } : {}),
    ...(role === 'resource' ? { resource: true } : {}),
    responseStatus: response === 'organizer' ? 'accepted' : response,
  }));
}

function conferenceOf(uris: readonly string[]): Partial<EventResource> {
  const links = uris.filter((uri) => /^https:\/\//i.test(uri));
  const [first] = links;
  if (first === undefined) return {};
  const meet = first.startsWith('https://meet.google.com/');
  return {
    ...(meet ? { hangoutLink: first } : {}),
    conferenceData: {
      entryPoints: links.map((uri) => ({ entryPointType: 'video', uri })),
      conferenceSolution: { key: { type: meet ? 'hangoutsMeet' : 'addOn' }, name: meet ? 'Google Meet' : 'Video call' },
    },
  };
}

/** An id made of the UID, so that the same file gives the same ids. */
function idOf(uid: string): string {
  return [...createHash('sha256').update(uid).digest().subarray(0, 26)].map((byte) => ALPHABET[byte % 32]).join('');
}

function keyOf(original: MeetingTime): string {
  if (isAllDayTime(original)) return original.date.replaceAll('-', '');
  const iso = new Date(toInstant(original.dateTime, original.timeZone)).toISOString();
  return `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`;
}
