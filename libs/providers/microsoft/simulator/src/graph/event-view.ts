import { toCivil } from '@daybook/domain';
import { previewOf, textOf } from '../mailbox/body-text';
import type { CalendarStore } from '../mailbox/calendar-store';
import { NO_LOCATION } from '../mailbox/event-building';
import { changeKeyOf } from '../mailbox/event-etag';
import type { EventContent, ItemRecord, ZonedTime } from '../mailbox/event-record';
import { idOf } from '../mailbox/item-ids';
import { occurrenceUid } from '../mailbox/meeting-uid';
import type { Item } from '../mailbox/occurrences';
import { instantOf, withFraction, zoneOrUtc } from '../mailbox/zoned-times';

/** How far a reader may look into the events of a calendar. */
export type Sight = 'full' | 'noPrivate' | 'limited' | 'freeBusy';

/** The manner in which events are served: who reads them, with which preferences. */
export interface Manner {
  immutable: boolean;
  zone: string | null;
  text: boolean;
  /** Without bodies, as `Calendars.ReadBasic` allows. */
  basic: boolean;
  beta: boolean;
  sight: Sight;
  /** Where `webLink` points. */
  origin: string;
}

export type EventResource = Record<string, unknown> & { id: string; '@odata.etag': string };

/** Members of an event, for `$select` and `$filter`. */
export const EVENT_MEMBERS: ReadonlySet<string> = new Set([
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'changeKey',
  'categories',
  'transactionId',
  'originalStartTimeZone',
  'originalEndTimeZone',
  'iCalUId',
  'reminderMinutesBeforeStart',
  'isReminderOn',
  'hasAttachments',
  'subject',
  'bodyPreview',
  'importance',
  'sensitivity',
  'originalStart',
  'isAllDay',
  'isCancelled',
  'isOrganizer',
  'responseRequested',
  'seriesMasterId',
  'showAs',
  'type',
  'webLink',
  'onlineMeetingUrl',
  'isOnlineMeeting',
  'onlineMeetingProvider',
  'allowNewTimeProposals',
  'isDraft',
  'hideAttendees',
  'responseStatus',
  'body',
  'start',
  'end',
  'location',
  'locations',
  'recurrence',
  'attendees',
  'organizer',
  'onlineMeeting',
  'cancelledOccurrences',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
  'extensions',
  'attachments',
  'exceptionOccurrences',
  'instances',
  'calendar',
]);

/** An event as Graph serves it in full. `cancelledOccurrences` comes only when it is selected. */
export function eventResource(store: CalendarStore, item: Item, manner: Manner): EventResource {
  const record = item.read();
  const content = contentFor(record.content, manner.sight);
  const { event, day } = item;
  const id = eventId(item, manner.immutable);
  const changeKey = changeKeyOf(store, event);
  return {
    '@odata.etag': `W/"${changeKey}"`,
    id,
    createdDateTime: stamp(record.createdAt),
    lastModifiedDateTime: stamp(record.updatedAt),
    changeKey,
    categories: content.categories,
    transactionId: event.record.transactionId,
    originalStartTimeZone: record.start.timeZone,
    originalEndTimeZone: record.end.timeZone,
    iCalUId: day === null ? event.record.uid : occurrenceUid(event.record.uid, day),
    ...(manner.beta ? { uid: event.record.uid, occurrenceId: occurrenceIdOf(item, manner.immutable) } : {}),
    reminderMinutesBeforeStart: content.reminderMinutesBeforeStart,
    isReminderOn: content.isReminderOn,
    hasAttachments: record.attachments.length > 0,
    subject: content.subject,
    ...(manner.basic ? {} : { bodyPreview: previewOf(content.body) }),
    importance: content.importance,
    sensitivity: content.sensitivity,
    ...(item.originalStart === null ? {} : { originalStart: stamp(item.originalStart) }),
    isAllDay: content.isAllDay,
    isCancelled: content.isCancelled,
    isOrganizer: content.isOrganizer,
    responseRequested: content.responseRequested,
    seriesMasterId: day === null ? null : masterId(item, manner.immutable),
    showAs: content.showAs,
    type: item.type,
    webLink: `${manner.origin}/owa/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`,
    onlineMeetingUrl: null,
    isOnlineMeeting: content.isOnlineMeeting,
    onlineMeetingProvider: content.onlineMeetingProvider,
    allowNewTimeProposals: content.allowNewTimeProposals,
    isDraft: false,
    hideAttendees: content.hideAttendees,
    recurrence: day === null ? event.record.recurrence : null,
    onlineMeeting: content.onlineMeeting,
    responseStatus: content.responseStatus,
    ...(manner.basic ? {} : { body: bodyOf(content.body, manner) }),
    ...timesOf(record, manner.zone),
    location: content.location,
    locations: content.locations,
    attendees: content.attendees.map((one) => {
      const { proposedNewTime, ...rest } = one;
      if (proposedNewTime === undefined) return rest;
      const { start, end } = proposedNewTime;
      return { ...rest, proposedNewTime: { start: timeIn(start, manner.zone), end: timeIn(end, manner.zone) } };
    }),
    organizer: { emailAddress: content.organizer },
  };
}

/** The same as text; that of an event as a whole is kept until it changes. */
export function eventJson(store: CalendarStore, item: Item, manner: Manner): string {
  const make = (): string => JSON.stringify(eventResource(store, item, manner));
  return item.day === null ? item.event.text(mannerKey(manner), make) : make();
}

export const mannerKey = ({ immutable, zone, text, basic, beta, sight, origin }: Manner): string =>
  [immutable, zone, text, basic, beta, sight, origin].join('|');

/** A plain occurrence as a delta gives it. */
export function sparseOccurrence(store: CalendarStore, item: Item, manner: Manner): EventResource {
  return {
    '@odata.etag': `W/"${changeKeyOf(store, item.event)}"`,
    id: eventId(item, manner.immutable),
    seriesMasterId: masterId(item, manner.immutable),
    type: 'occurrence',
    ...timesOf(item.read(), manner.zone),
  };
}

/** What `events/delta` gives of an event: that it is there, and when. */
export function thinEvent(store: CalendarStore, item: Item, manner: Manner): EventResource {
  return {
    '@odata.etag': `W/"${changeKeyOf(store, item.event)}"`,
    id: eventId(item, manner.immutable),
    type: item.type,
    ...timesOf(item.read(), manner.zone),
  };
}

export const eventId = ({ event, day }: Item, immutable: boolean): string =>
  idOf({ key: event.key, day }, immutable ? 'restImmutableEntryId' : 'restId');

const masterId = ({ event }: Item, immutable: boolean): string =>
  idOf({ key: event.key, day: null }, immutable ? 'restImmutableEntryId' : 'restId');

function occurrenceIdOf(item: Item, immutable: boolean): string | null {
  return item.day === null ? null : oidOf(masterId(item, immutable), item.day);
}

const oidOf = (id: string, day: string): string => `OID.${id}.${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;

/** The removed occurrences of a series, as `$select=cancelledOccurrences` names them. */
export const cancelledOccurrences = (item: Item, immutable: boolean): string[] =>
  item.day === null ? item.event.record.cancelledDays.map((day) => oidOf(masterId(item, immutable), day)) : [];

/** Seven digits of a second, as Exchange writes instants. */
export const stamp = (instant: number): string => new Date(instant).toISOString().replace('Z', '0000Z');

export function timesOf(record: Pick<ItemRecord, 'start' | 'end' | 'content'>, zone: string | null) {
  const { isAllDay } = record.content;
  return { start: timeIn(record.start, zone, isAllDay), end: timeIn(record.end, zone, isAllDay) };
}

/** A wall time in the preferred zone; dates of all-day events are the same in every zone. */
function timeIn(time: ZonedTime, zone: string | null, isAllDay = false): ZonedTime {
  const name = zone ?? 'UTC';
  const dateTime = isAllDay ? time.dateTime : toCivil(instantOf(time), zoneOrUtc(name));
  return { dateTime: withFraction(dateTime), timeZone: name };
}

const bodyOf = (html: string, { text }: Manner) =>
  text ? { contentType: 'text', content: textOf(html) } : { contentType: 'html', content: html };

/** The content as far as a reader may look. */
export function contentFor(content: EventContent, sight: Sight): EventContent {
  const isHidden = sight === 'noPrivate' && ['private', 'confidential'].includes(content.sensitivity);
  if (sight === 'full' || (sight === 'noPrivate' && !isHidden)) return content;
  const bare = { ...content, body: '', attendees: [], categories: [], isOnlineMeeting: false, onlineMeeting: null };
  const provider = { onlineMeetingProvider: 'unknown' } as const;
  if (sight === 'limited') return { ...bare, ...provider };
  return { ...bare, ...provider, subject: isHidden ? '' : 'Busy', location: NO_LOCATION, locations: [] };
}
