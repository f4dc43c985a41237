import { refused, type Refused } from '../refusal';

/**
 * What only the server sets on a calendar item:
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/calendaritem (MS-OXWSMTGS 2.2.4.9)
 */
export const READ_ONLY_OF_CALENDAR: ReadonlySet<string> = new Set([
  'RecurrenceId',
  'DateTimeStamp',
  'OriginalStart',
  'IsMeeting',
  'IsCancelled',
  'IsRecurring',
  'MeetingRequestWasSent',
  'CalendarItemType',
  'MyResponseType',
  'Organizer',
  'ConflictingMeetingCount',
  'AdjacentMeetingCount',
  'ConflictingMeetings',
  'AdjacentMeetings',
  'Duration',
  'TimeZone',
  'AppointmentReplyTime',
  'AppointmentSequenceNumber',
  'AppointmentState',
  'FirstOccurrence',
  'LastOccurrence',
  'ModifiedOccurrences',
  'DeletedOccurrences',
  'IsOnlineMeeting',
  'StartWallClock',
  'EndWallClock',
  'StartTimeZoneId',
  'EndTimeZoneId',
  'IntendedFreeBusyStatus',
  'JoinOnlineMeetingUrl',
  'OnlineMeetingSettings',
  'IsOrganizer',
]);

export type WriteKind = 'create' | 'update' | 'updateOccurrence';

/** Refuses with ErrorInvalidPropertySet what a client may not set; null when it may set all of `names`. */
export function readOnlyRefusal(names: readonly string[], kind: WriteKind): Refused | null {
  const found = names.find((name) => READ_ONLY_OF_CALENDAR.has(name) || isFixed(name, kind));
  return found === undefined
    ? null
    : refused('ErrorInvalidPropertySet', 'Set action is invalid for property.', `calendar:${found}`);
}

/** A client may choose the UID of a new item; an occurrence has no rule of its own. */
const isFixed = (name: string, kind: WriteKind): boolean =>
  (name === 'UID' && kind !== 'create') || (name === 'Recurrence' && kind === 'updateOccurrence');
