import { isGiven } from '@daybook/simulator-kit';
import { refusals } from '../http/google-error';
import { fingerprint } from './list-tokens';

/** The parameters of `events.list`, read. Times are instants. */
export interface ListRequest {
  singleEvents: boolean;
  showDeleted: boolean;
  timeMin: number | null;
  timeMax: number | null;
  updatedMin: number | null;
  orderBy: string | null;
  q: string | null;
  iCalUid: string | null;
  privateProperties: [string, string][];
  sharedProperties: [string, string][];
  eventTypes: string[];
  maxResults: number;
  pageToken: string | null;
  syncToken: string | null;
  /** Fingerprint of what page tokens are bound to. */
  bound: string;
  /** Fingerprint of what sync tokens are bound to: the shape of the listing, not its window. */
  syncBound: string;
  /** True when Google hands out no sync token for this listing. */
  unsyncable: boolean;
}

const DAY = 86_400_000;
const OLDEST_UPDATED_MIN = 28 * DAY;
const DEFAULT_PAGE = 250;
const LARGEST_PAGE = 2500;
/** Refused beside a sync token (reference of events.list). */
const NOT_WITH_SYNC_TOKEN = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'timeMin',
  'timeMax',
  'updatedMin',
];
/** Listings ordered or searched carry no sync token; a window does not hinder it. */
const UNSYNCABLE = ['iCalUID', 'orderBy', 'privateExtendedProperty', 'q', 'sharedExtendedProperty', 'updatedMin'];

/**
 * Reads the parameters of a listing; types were checked before.
 * @throws GoogleError 400 for combinations Google refuses, 410 for an `updatedMin` that lies too far back.
 */
export function readListRequest(query: URLSearchParams, now: number): ListRequest {
  const syncToken = query.get('syncToken');
  if (syncToken !== null) refuseMixes(query);
  const singleEvents = query.get('singleEvents') === 'true';
  const orderBy = query.get('orderBy');
  if (orderBy === 'startTime' && !singleEvents) {
    throw refusals.badParameter('orderBy', 'The requested ordering is not available for the particular query.');
  }
  const [timeMin, timeMax, updatedMin] = ['timeMin', 'timeMax', 'updatedMin'].map((name) => instant(query, name));
  if (isGiven(timeMin) && isGiven(timeMax) && timeMax <= timeMin) throw refusals.timeRangeEmpty();
  if (isGiven(updatedMin) && updatedMin < now - OLDEST_UPDATED_MIN) throw refusals.updatedMinTooLongAgo();
  const shape = { singleEvents, eventTypes: query.getAll('eventTypes').sort() };
  return {
    singleEvents,
    showDeleted: query.get('showDeleted') === 'true',
    timeMin: timeMin ?? null,
    timeMax: timeMax ?? null,
    updatedMin: updatedMin ?? null,
    orderBy,
    q: query.get('q'),
    iCalUid: query.get('iCalUID'),
    privateProperties: properties(query, 'privateExtendedProperty'),
    sharedProperties: properties(query, 'sharedExtendedProperty'),
    eventTypes: shape.eventTypes,
    maxResults: pageSize(query),
    pageToken: query.get('pageToken'),
    syncToken,
    bound: fingerprint({
      ...shape,
      syncToken,
      showDeleted: query.get('showDeleted'),
      orderBy,
      bounds: [timeMin, timeMax, updatedMin],
      q: query.get('q'),
      uid: query.get('iCalUID'),
      properties: [query.getAll('privateExtendedProperty'), query.getAll('sharedExtendedProperty')],
    }),
    syncBound: fingerprint(shape),
    unsyncable: UNSYNCABLE.some((name) => query.has(name)),
  };
}

/** `maxResults` as asked, cut at the largest page. */
export function pageSize(query: URLSearchParams, fallback = DEFAULT_PAGE, largest = LARGEST_PAGE): number {
  const asked = query.get('maxResults');
  if (asked === null) return fallback;
  return Math.min(Number(asked), largest);
}

function refuseMixes(query: URLSearchParams): void {
  const mixed = NOT_WITH_SYNC_TOKEN.find((name) => query.has(name));
  if (mixed !== undefined) throw refusals.syncTokenMix(mixed);
  if (query.get('showDeleted') === 'false') throw refusals.syncTokenMix('showDeleted');
}

function instant(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  return text === null ? null : Date.parse(text);
}

function properties(query: URLSearchParams, name: string): [string, string][] {
  return query.getAll(name).map((text) => {
    const split = text.indexOf('=');
    if (split < 1) throw refusals.badParameter(name);
    return [text.slice(0, split), text.slice(split + 1)];
  });
}
