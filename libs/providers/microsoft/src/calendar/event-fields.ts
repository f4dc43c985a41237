import { NOTE_EXPAND } from './event-note';

/** Only what becomes part of a meeting. A delta takes no `$select` and gives everything. */
const EVENT_FIELDS = [
  'id,changeKey,transactionId,type,iCalUId,subject,body,start,end,isAllDay,originalStartTimeZone,originalEndTimeZone',
  'originalStart,recurrence,seriesMasterId,isCancelled,isOrganizer,organizer,attendees,hideAttendees,responseStatus,sensitivity,showAs',
  'location,isOnlineMeeting,onlineMeeting,onlineMeetingUrl,webLink',
].join(',');

/** One event with our note. */
export const ITEM_QUERY = queryOf({ $select: EVENT_FIELDS, $expand: NOTE_EXPAND });

/** A series with all its changed and taken-out occurrences; an event that is none simply has neither. */
export const SERIES_QUERY = queryOf({
  $select: `${EVENT_FIELDS},cancelledOccurrences,exceptionOccurrences`,
  $expand: `exceptionOccurrences,${NOTE_EXPAND}`,
});

/** Our note alone. */
export const NOTE_QUERY = queryOf({ $select: 'id', $expand: NOTE_EXPAND });

/** Occurrences as they are, for `instances` and `calendarView`. */
export function viewQuery(from: string, to: string, top: number): string {
  const window = { startDateTime: from, endDateTime: to };
  return queryOf({ ...window, $top: String(top), $select: EVENT_FIELDS, $expand: NOTE_EXPAND });
}

export function queryOf(parameters: Readonly<Record<string, string>>): string {
  return `?${Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
}
