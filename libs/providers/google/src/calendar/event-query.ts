import { formatInstant } from '@daybook/domain';
import type { ChangesRequest, SyncWindow } from '@daybook/provider-port';
import { MARKER_DEPLOYMENT, MARKER_MEETING } from './event-content';
import { tokenOf } from './listing-token';

/** The largest page there is: fewer round trips, the same quota for each. */
export const PAGE_SIZE = 2500;

/** Only what becomes part of a meeting: about a third of the bytes of a whole event. */
const EVENT_FIELDS = [
  'id,etag,status,eventType,iCalUID,summary,description,location,start,end,recurrence,recurringEventId,originalStartTime',
  'organizer(email,displayName,self)',
  'attendees(email,displayName,responseStatus,optional,resource,organizer,self)',
  'attendeesOmitted,visibility,transparency,hangoutLink,htmlLink',
  'conferenceData(entryPoints(entryPointType,uri,passcode,password,accessCode,pin))',
  'source(url)',
  `extendedProperties(private(${MARKER_DEPLOYMENT},${MARKER_MEETING}))`,
].join(',');
const FIELDS = `nextPageToken,nextSyncToken,timeZone,items(${EVENT_FIELDS})`;

/**
 * Parameters of `events.list`. `singleEvents=false` gives masters, exceptions and cancelled occurrences. `showDeleted` is
 * left out on purpose: a full listing then has no deleted events but does have cancelled occurrences, while a delta always
 * has both, and the value must be the same in both. With a sync token no time bounds are allowed.
 * @throws ProviderError CursorExpired for a cursor made with other parameters
 */
export function eventQuery(request: ChangesRequest, pageToken: string | null): URLSearchParams {
  const query = new URLSearchParams({
    maxResults: String(PAGE_SIZE),
    singleEvents: 'false',
    prettyPrint: 'false',
    fields: FIELDS,
  });
  if (request.since !== null) query.set('syncToken', tokenOf(request.since));
  else boundBy(query, request.window);
  if (pageToken !== null) query.set('pageToken', pageToken);
  return query;
}

/** Parameters of `events.get`: the same fields, so that an event asked for alone becomes the same meeting. */
export function itemQuery(): URLSearchParams {
  return new URLSearchParams({ prettyPrint: 'false', fields: EVENT_FIELDS });
}

/** Parameters of `events.get` for everything there is of an event. */
export function wholeQuery(): URLSearchParams {
  return new URLSearchParams({ prettyPrint: 'false' });
}

/** Parameters of `events.list` for a series and all single occurrences of it that are there: they share its iCalendar UID. */
export function seriesQuery(iCalUid: string): URLSearchParams {
  return new URLSearchParams({
    iCalUID: iCalUid,
    maxResults: String(PAGE_SIZE),
    singleEvents: 'false',
    prettyPrint: 'false',
    fields: FIELDS,
  });
}

/**
 * Parameters of a write, answered with the same fields. Without `conferenceDataVersion` and `supportsAttachments` a patch
 * leaves conference and attachments as they are.
 */
export function writeQuery(notify: boolean): URLSearchParams {
  const query = itemQuery();
  query.set('sendUpdates', notify ? 'all' : 'none');
  return query;
}

/** Parameters of a removal, which has no answer. */
export function removeQuery(notify: boolean): URLSearchParams {
  return new URLSearchParams({ prettyPrint: 'false', sendUpdates: notify ? 'all' : 'none' });
}

/** Parameters of `events.get` for the guest list as it is: with it, what we do not read otherwise. */
export function guestQuery(): URLSearchParams {
  const guest = 'id,email,displayName,responseStatus,organizer,comment,additionalGuests';
  return new URLSearchParams({ prettyPrint: 'false', fields: `attendeesOmitted,attendees(${guest})` });
}

/** `timeMin` bounds the end of an event and `timeMax` its start, both exclusive: whatever touches the stretch comes. */
function boundBy(query: URLSearchParams, window: SyncWindow): void {
  if (window.type === 'all') return;
  query.set('timeMin', formatInstant(Math.floor(window.from / 1000) * 1000));
  query.set('timeMax', formatInstant(Math.ceil(window.to / 1000) * 1000));
}
