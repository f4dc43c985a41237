import {
  asText,
  type CalendarPort,
  type CalendarSession,
  type ChangesRequest,
  type DeltaPage,
  isRecord,
  type ItemRequest,
  type ProviderAccess,
  PageTrail,
  ProviderError,
  type RemoteCalendar,
  type RemoteChange,
  type RemoteMeeting,
} from '@daybook/provider-port';
import type { ZoneId } from '@daybook/domain';
import type { GoogleClient } from '../transport/google-client';
import { readCalendar } from './calendar-entry';
import { eventPath, eventsPath } from './event-address';
import { eventQuery, itemQuery } from './event-query';
import { zoneOf } from './event-time';
import { eventToMeeting } from './event-to-meeting';
import { createGoogleWrites } from './google-writes';
import { toCursor, tokenOf } from './listing-token';

/** Google allows 600 requests a minute and person and names no limit on how many at once. */
const REQUESTS_AT_ONCE = 4;
const LONGEST_TOKEN = 16_384;
/** Google's word for the calendar of the account itself; its listed id is the account's address. */
const PRIMARY = 'primary';

const CALENDAR_FIELDS =
  'nextPageToken,items(id,summary,summaryOverride,backgroundColor,timeZone,primary,accessRole,selected,deleted)';

export function createGoogleCalendar(client: GoogleClient): CalendarPort {
  return {
    requestsAtOnce: REQUESTS_AT_ONCE,
    open: (access): CalendarSession => ({
      primary: PRIMARY,
      calendars: () => listCalendars(client, access),
      changes: (request) => listChanges(client, access, request),
      item: (request) => readItem(client, access, request),
      writes: createGoogleWrites(client, access),
    }),
  };
}

async function* listCalendars(client: GoogleClient, access: ProviderAccess): AsyncIterable<readonly RemoteCalendar[]> {
  const trail = new PageTrail('etag');
  let pageToken: string | null = null;
  do {
    const query = new URLSearchParams({ maxResults: '250', prettyPrint: 'false', fields: CALENDAR_FIELDS });
    if (pageToken !== null) query.set('pageToken', pageToken);
    const path = '/users/me/calendarList';
    const page: GooglePage = readPage(
      await client.call(access, { method: 'GET', path, query, aboutOneCalendar: false }),
    );
    pageToken = trail.next(page.items, page.nextPageToken, pageToken);
    yield page.items.map(readCalendar).filter((calendar) => calendar !== null);
  } while (pageToken !== null);
}

async function* listChanges(
  client: GoogleClient,
  access: ProviderAccess,
  request: ChangesRequest,
): AsyncIterable<DeltaPage<RemoteMeeting>> {
  const trail = new PageTrail('etag');
  let pageToken = request.continueAt === null ? null : tokenOf(request.continueAt);
  do {
    const { told, nextPageToken } = await nextPage(client, access, request, { trail, pageToken });
    pageToken = nextPageToken;
    yield told;
  } while (pageToken !== null);
}

/** In a function of its own, so that nothing holds on to what Google sent while what it says is stored. */
async function nextPage(
  client: GoogleClient,
  access: ProviderAccess,
  request: ChangesRequest,
  { trail, pageToken }: { readonly trail: PageTrail; readonly pageToken: string | null },
): Promise<{ told: DeltaPage<RemoteMeeting>; nextPageToken: string | null }> {
  const path = eventsPath(request.calendarRemoteId);
  const query = eventQuery(request, pageToken);
  const carriesToken = pageToken !== null || request.since !== null;
  const reply = await client.call(access, { method: 'GET', path, query, aboutOneCalendar: true, carriesToken });
  const page = readPage(reply);
  const nextPageToken = trail.next(page.items, page.nextPageToken, pageToken);
  return { told: deltaPage(page, request), nextPageToken };
}

/** `events.get`. What is no meeting is as good as removed: nothing of it is to be kept. */
async function readItem(
  client: GoogleClient,
  access: ProviderAccess,
  { calendarRemoteId, remoteId, timeZone }: ItemRequest,
): Promise<RemoteChange<RemoteMeeting>> {
  const path = eventPath(calendarRemoteId, remoteId);
  const reply = await client.call(access, { method: 'GET', path, query: itemQuery(), aboutOneCalendar: true });
  return eventToMeeting(reply, zoneOf(timeZone) ?? 'UTC') ?? { type: 'removed', remoteId };
}

interface GooglePage {
  readonly items: readonly unknown[];
  readonly zone: ZoneId;
  readonly nextPageToken: string | null;
  readonly nextSyncToken: string | null;
}

/** @throws ProviderError Unavailable when the reply is no list: then something stands between us and Google */
function readPage(reply: unknown): GooglePage {
  if (!isRecord(reply)) throw noList();
  const items = reply['items'] ?? [];
  const nextPageToken = asText(reply['nextPageToken'], LONGEST_TOKEN) || null;
  const nextSyncToken = asText(reply['nextSyncToken'], LONGEST_TOKEN) || null;
  if (!Array.isArray(items)) throw noList();
  return { items, zone: zoneOf(reply['timeZone']) ?? 'UTC', nextPageToken, nextSyncToken };
}

/** An end without a sync token, where one is due, is a listing cut short. */
function deltaPage(page: GooglePage, request: ChangesRequest): DeltaPage<RemoteMeeting> {
  const { nextPageToken, nextSyncToken, zone } = page;
  const unbounded = request.window.type === 'all';
  const changes: RemoteChange<RemoteMeeting>[] = [];
  for (const event of page.items) {
    const change = eventToMeeting(event, zone);
    if (change !== null) changes.push(change);
  }
  return {
    changes,
    continuation: nextPageToken === null ? null : toCursor(nextPageToken),
    resume: unbounded && nextPageToken === null && nextSyncToken !== null ? toCursor(nextSyncToken) : null,
    complete: nextPageToken === null && (nextSyncToken !== null || !unbounded),
  };
}

function noList(): ProviderError {
  return new ProviderError('Unavailable', { detail: 'a reply that is no list' });
}
