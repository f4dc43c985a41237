import { occurrenceUid } from '../mailbox/meeting-uid';
import type { Item } from '../mailbox/occurrences';
import { contentFor, eventId, stamp, timesOf, type Sight } from './event-view';
import type { Scope } from './odata/evaluate-filter';

/** What a filter sees of an event: times are in UTC, the marks of applications are there, bodies are not. */
export function scopeOf(item: Item, sight: Sight): Scope {
  const record = item.read();
  const content = contentFor(record.content, sight);
  const { event, day } = item;
  // Times are told only when a filter asks for them: most do not, and there may be tens of thousands.
  const members = {
    subject: content.subject,
    get start() {
      return timesOf(record, null).start;
    },
    get end() {
      return timesOf(record, null).end;
    },
    createdDateTime: stamp(record.createdAt),
    lastModifiedDateTime: stamp(record.updatedAt),
    type: item.type,
    isAllDay: content.isAllDay,
    isCancelled: content.isCancelled,
    isOrganizer: content.isOrganizer,
    importance: content.importance,
    sensitivity: content.sensitivity,
    showAs: content.showAs,
    hasAttachments: record.attachments.length > 0,
    iCalUId: day === null ? event.record.uid : occurrenceUid(event.record.uid, day),
    uid: event.record.uid,
    seriesMasterId: day === null ? null : eventId({ ...item, day: null }, false),
    reminderMinutesBeforeStart: content.reminderMinutesBeforeStart,
    organizer: { emailAddress: content.organizer },
    location: content.location,
    categories: content.categories,
    attendees: content.attendees,
    singleValueExtendedProperties: record.singleValues,
    multiValueExtendedProperties: record.multiValues,
    extensions: record.extensions.map(({ extensionName }) => ({ id: extensionName })),
  };
  return (name) => Reflect.get(members, name);
}
