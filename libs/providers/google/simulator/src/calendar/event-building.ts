import { parseRecurrence } from '@daybook/domain';
import { randomBytes } from 'node:crypto';
import { refusals } from '../http/google-error';
import type { CalendarFacts } from './calendar-store';
import type { EventAttendee, EventBody, EventResource, ExtendedProperties } from './event-resource';
import { instantOfTime, normaliseTime, type TimeBody } from './event-times';

/** Set by the server alone; what a client sends of them is ignored. */
const SERVER_FIELDS = new Set([
  'kind',
  'etag',
  'id',
  'htmlLink',
  'created',
  'updated',
  'creator',
  'organizer',
  'iCalUID',
  'recurringEventId',
  'originalStartTime',
  'hangoutLink',
  'locked',
  'attendeesOmitted',
]);
/** Merged or normalised rather than taken as sent. */
const SPECIAL_FIELDS = new Set(['start', 'end', 'extendedProperties', 'conferenceData', 'attendees', 'sequence']);

const ALPHABET = '0123456789abcdefghijklmnopqrstuv';
const LIMITS = { propertyKey: 44, propertyValue: 1024, properties: 300, reminders: 5, reminderMinutes: 40_320 };

/** A fresh event id: 26 characters of base32hex, as Google makes them. */
export const newEventId = (): string => [...randomBytes(26)].map((byte) => ALPHABET[byte % 32]).join('');

export const isEventId = (id: string): boolean => /^[a-v0-9]{5,1024}$/.test(id);

/** How a body is laid over an event. */
export interface BodyOptions {
  facts: CalendarFacts;
  /** 0 ignores conference data of the body. */
  conferenceDataVersion: number;
  /** Takes a date for a time and a time for a date without the other being cleared, as no client may. */
  unbound?: boolean;
}

/**
 * Lays a sent body over an event: given members replace, null clears, maps of properties merge, times are normalised.
 * @throws GoogleError 400 for what Google refuses.
 */
export function layOver(
  base: EventResource,
  body: EventBody,
  { facts, conferenceDataVersion, unbound = false }: BodyOptions,
): EventResource {
  const over = (time: TimeBody | undefined, sent: TimeBody | null) => mergeTime(time, sent, unbound);
  const next: EventResource = { ...base };
  for (const [name, value] of Object.entries(body)) {
    if (SERVER_FIELDS.has(name) || SPECIAL_FIELDS.has(name)) continue;
    if (value === null || value === undefined) delete next[name];
    else next[name] = withoutNulls(value);
  }
  if (body.start !== undefined) next.start = normaliseTime(over(base.start, body.start), facts.timeZone, 'start');
  if (body.end !== undefined) next.end = normaliseTime(over(base.end, body.end), facts.timeZone, 'end');
  if (body.extendedProperties !== undefined) setProperties(next, body.extendedProperties);
  if (body.attendees !== undefined) setAttendees(next, body.attendees, facts);
  if (conferenceDataVersion > 0 && body.conferenceData !== undefined) setConference(next, body.conferenceData);
  if (next.recurrence !== undefined && next.recurrence.length === 0) delete next.recurrence;
  next.status = body.status ?? base.status;
  return next;
}

/** @throws GoogleError 400 when times, rule or limits do not hold. */
export function checkEvent(event: EventResource, facts: CalendarFacts): void {
  const { start, end } = event;
  if (start === undefined) throw refusals.required('Missing start time.');
  if (end === undefined) throw refusals.required('Missing end time.');
  if ((start.date === undefined) !== (end.date === undefined)) {
    throw refusals.invalid('Start and end times must either both be date or both be dateTime.');
  }
  if (instantOfTime(end, facts.timeZone) < instantOfTime(start, facts.timeZone)) throw refusals.timeRangeEmpty('end');
  if (event.recurrence !== undefined) {
    if (event.recurringEventId !== undefined) throw refusals.invalid('Recurring events cannot be nested.');
    const read = parseRecurrence(event.recurrence, { allDay: start.date !== undefined });
    if (!read.ok) throw refusals.invalid(`Invalid recurrence rule: ${read.refusal.part}`);
  }
  checkLimits(event);
}

function checkLimits(event: EventResource): void {
  const overrides = event.reminders?.overrides ?? [];
  if (overrides.length > LIMITS.reminders) throw refusals.invalid('The maximum number of reminders is 5.');
  if (overrides.some(({ minutes = 0 }) => minutes < 0 || minutes > LIMITS.reminderMinutes)) {
    throw refusals.invalid('Invalid reminder minutes.');
  }
  const pairs = [event.extendedProperties?.private ?? {}, event.extendedProperties?.shared ?? {}].flatMap(
    Object.entries,
  );
  const tooLong = pairs.some(([key, value]) => key.length > LIMITS.propertyKey || value.length > LIMITS.propertyValue);
  if (tooLong || pairs.length > LIMITS.properties) throw refusals.invalid('Extended property too large.');
}

/**
 * A patch of one member keeps the others: `{dateTime}` keeps the zone, and a `{date}` over a time is refused as both unless
 * the time is cleared in the same patch.
 */
function mergeTime(base: TimeBody | undefined, sent: TimeBody | null, unbound: boolean): TimeBody {
  if (sent === null) return {};
  const merged: TimeBody = { ...base };
  if (unbound && typeof sent.date === 'string') Object.assign(merged, { dateTime: null, timeZone: null });
  if (unbound && typeof sent.dateTime === 'string') Object.assign(merged, { date: null });
  for (const name of ['date', 'dateTime', 'timeZone'] as const) {
    if (sent[name] !== undefined) merged[name] = sent[name];
  }
  return merged;
}

function setProperties(event: EventResource, sent: NonNullable<EventBody['extendedProperties']> | null): void {
  const merged: ExtendedProperties = {};
  for (const side of ['private', 'shared'] as const) {
    const given = sent === null ? null : sent[side];
    const base = given === null ? {} : { ...event.extendedProperties?.[side] };
    for (const [key, value] of Object.entries(given ?? {})) {
      if (value === null) delete base[key];
      else base[key] = value;
    }
    if (Object.keys(base).length > 0) merged[side] = base;
  }
  if (Object.keys(merged).length > 0) event.extendedProperties = merged;
  else delete event.extendedProperties;
}

function setAttendees(event: EventResource, sent: EventBody['attendees'], facts: CalendarFacts): void {
  const list = (sent ?? []).map((one): EventAttendee => {
    if (typeof one.email !== 'string' || !one.email.includes('@')) throw refusals.invalid('Invalid attendee email.');
    const { self: _self, organizer: _organizer, ...kept } = withoutNulls(one);
    const email = one.email.trim().toLowerCase();
    return {
      ...kept,
      email,
      responseStatus: one.responseStatus ?? 'needsAction',
      ...(email === event.organizer?.email ? { organizer: true } : {}),
      ...(email === facts.id ? { self: true } : {}),
    };
  });
  if (list.length > 0) event.attendees = list;
  else delete event.attendees;
}

function setConference(event: EventResource, sent: EventBody['conferenceData']): void {
  delete event.hangoutLink;
  delete event.conferenceData;
  if (sent === null || sent === undefined) return;
  const data: Record<string, unknown> = withoutNulls(sent);
  if (sent.createRequest?.conferenceSolutionKey?.type === 'hangoutsMeet' && (sent.entryPoints ?? []).length === 0) {
    Object.assign(data, newConference(sent.createRequest.requestId ?? ''));
  }
  event.conferenceData = data;
  const points = data['entryPoints'];
  const video = Array.isArray(points) ? points.find((point) => point.entryPointType === 'video') : undefined;
  if (typeof video?.uri === 'string' && video.uri.startsWith('https://meet.google.com/')) event.hangoutLink = video.uri;
}

function newConference(requestId: string): Record<string, unknown> {
  const letters = [...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
  const code = `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
  return {
    createRequest: {
      requestId,
      conferenceSolutionKey: { type: 'hangoutsMeet' },
      status: { statusCode: 'success' },
    },
    entryPoints: [
      { entryPointType: 'video', uri: `https://meet.google.com/${code}`, label: `meet.google.com/${code}` },
    ],
    conferenceSolution: { key: { type: 'hangoutsMeet' }, name: 'Google Meet' },
    conferenceId: code,
  };
}

type Denulled<T> = T extends null | undefined
  ? never
  : T extends readonly (infer Item)[]
    ? Denulled<Item>[]
    : T extends object
      ? { [Key in keyof T]: Denulled<T[Key]> }
      : T;

/** A copy without members that are null: Google never serves one. */
export function withoutNulls<T>(value: T): Denulled<T> {
  return JSON.parse(JSON.stringify(value, (_name, member: unknown) => (member === null ? undefined : member)));
}
