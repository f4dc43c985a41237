/** Where calendars and events are, and what occurrences are called. */

/** Stands for the mailbox's own calendar before anybody knows its id. */
export const PRIMARY = 'primary';

export function calendarPath(calendarRemoteId: string): string {
  return calendarRemoteId === PRIMARY ? '/me/calendar' : `/me/calendars/${encodeURIComponent(calendarRemoteId)}`;
}

export function eventsPath(calendarRemoteId: string): string {
  return `${calendarPath(calendarRemoteId)}/events`;
}

/** Below its calendar: in somebody else's calendar an event is found nowhere else. */
export function eventPath(calendarRemoteId: string, remoteId: string): string {
  return `${eventsPath(calendarRemoteId)}/${encodeURIComponent(remoteId)}`;
}

/** An occurrence that differs from its series. */
export interface OccurrenceName {
  readonly seriesRemoteId: string;
  /** Civil date of its original start in the zone of the series. */
  readonly date: string;
}

/**
 * The remote id of a changed or taken-out occurrence, in the form that Graph itself names taken-out ones with. Its own event id
 * would do for a changed one only, and an occurrence must keep its name when it is taken out.
 */
export function occurrenceId({ seriesRemoteId, date }: OccurrenceName): string {
  return `OID.${seriesRemoteId}.${date}`;
}

/** Null for what is no such name. */
export function readOccurrenceId(remoteId: string): OccurrenceName | null {
  const found = /^OID\.(.+)\.(\d{4}-\d\d-\d\d)$/.exec(remoteId);
  return found?.[1] === undefined || found[2] === undefined ? null : { seriesRemoteId: found[1], date: found[2] };
}
