import { refusals } from '../http/google-error';
import type { CalendarStore } from './calendar-store';
import { deltaRows } from './delta-rows';
import { contentFilter, inWindow, passesMeta } from './event-filter';
import type { ListRequest } from './list-request';
import { rowOf, type ListedPage, type ListedRow } from './listed-row';
import type { ListPosition, ListTokens, PageToken } from './list-tokens';
import { WIDEST_INDEXED_WINDOW } from './day-index';
import { sortedRows } from './sorted-rows';
import type { StoredEvent } from './stored-event';

export interface ListAnswer {
  rows: ListedRow[];
  nextPageToken?: string;
  nextSyncToken?: string;
}

/** Ways a listing can be made to misbehave. */
export interface ListQuirks {
  emptyPage: boolean;
  endlessPage: boolean;
}

export interface ListSetting {
  store: CalendarStore;
  tokens: ListTokens;
  /** Who asks; tokens are bound to it. */
  person: string;
  now: number;
  /** How long a sync token stays good, in milliseconds. */
  syncTokenLife: number;
  quirks: ListQuirks;
}

/**
 * One page of `events.list`: a full listing, a sorted one, or the changes since a sync token.
 * @throws GoogleError 400 for tokens that do not belong to this call, 410 `fullSyncRequired` for old ones.
 */
export function listEvents(request: ListRequest, setting: ListSetting): ListAnswer {
  const { store } = setting;
  const page = request.pageToken === null ? null : openPage(request.pageToken, request, setting);
  const since = page?.d ?? (request.syncToken === null ? null : openSync(request.syncToken, request, setting));
  const version = page?.v ?? store.version;
  const position = page?.p ?? { at: since ?? 0 };
  const found = setting.quirks.emptyPage
    ? { rows: [], next: position }
    : pageFrom(request, setting, since, page === null ? null : position);
  const next = setting.quirks.endlessPage ? position : found.next;
  return { rows: found.rows, ...continuation(request, setting, { next, since, version }) };
}

function pageFrom(
  request: ListRequest,
  { store, now }: ListSetting,
  since: number | null,
  position: ListPosition | null,
): ListedPage {
  if (since !== null) return deltaRows(store, request, { since, from: position ?? { at: since }, now });
  if (request.singleEvents || request.orderBy !== null) return sortedRows(store, request, position, now);
  return slotRows(store, request, position?.at ?? 0);
}

function continuation(
  request: ListRequest,
  { store, tokens, person, now }: ListSetting,
  listing: { next: ListPosition | null; since: number | null; version: number },
): Pick<ListAnswer, 'nextPageToken' | 'nextSyncToken'> {
  const common = { c: scopeOf(store), u: person, i: now };
  if (listing.next !== null) {
    const delta = listing.since === null ? {} : { d: listing.since };
    return {
      nextPageToken: tokens.page({ ...common, h: request.bound, v: listing.version, p: listing.next, ...delta }),
    };
  }
  if (request.unsyncable) return {};
  // A delta is walked in the order of change, so its end is the present; a full listing only knows its beginning.
  const v = listing.since === null ? listing.version : store.version;
  return { nextSyncToken: tokens.sync({ ...common, h: request.syncBound, v }) };
}

const scopeOf = (store: CalendarStore): string => `${store.facts.id}#${store.generation}`;

function openPage(text: string, request: ListRequest, { tokens, store, person }: ListSetting): PageToken {
  const token = tokens.readPage(text);
  if (token === null || token.c !== scopeOf(store) || token.u !== person || token.h !== request.bound) {
    throw refusals.badParameter('pageToken');
  }
  return token;
}

function openSync(text: string, request: ListRequest, setting: ListSetting): number {
  const token = setting.tokens.readSync(text);
  if (token === null || token.u !== setting.person)
    throw refusals.badParameter('syncToken', 'Invalid sync token value.');
  if (token.c.split('#')[0] !== setting.store.facts.id || token.h !== request.syncBound) {
    throw refusals.badParameter('syncToken', 'Sync token was issued for other parameters.');
  }
  const old = setting.now - token.i > setting.syncTokenLife;
  if (old || token.c !== scopeOf(setting.store) || token.v > setting.store.version) throw refusals.fullSync();
  return token.v;
}

/** Masters, singles and exceptions in the stable order of their slots. */
function slotRows(store: CalendarStore, request: ListRequest, from: number): ListedPage {
  const matches = contentFilter(request);
  const rows: ListedRow[] = [];
  const events = candidates(store, request);
  for (let row = firstAt(events, from); row < events.length; row += 1) {
    const event = events[row];
    if (event === undefined || !isListed(store, event, request)) continue;
    if (matches !== null && !matches(event.read())) continue;
    if (rows.length === request.maxResults) return { rows, next: { at: event.slot } };
    rows.push(rowOf(event));
  }
  return { rows, next: null };
}

/** Slots in order; for a narrow window only those of its days, the series, and nothing else. */
function candidates(store: CalendarStore, { timeMin, timeMax }: ListRequest): readonly StoredEvent[] {
  if (timeMin === null || timeMax === null || timeMax - timeMin > WIDEST_INDEXED_WINDOW) return store.slots;
  return [...store.days.near(timeMin, timeMax), ...store.masters].sort((one, other) => one.slot - other.slot);
}

function firstAt(events: readonly StoredEvent[], slot: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.slot ?? Infinity) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isListed(store: CalendarStore, event: StoredEvent, request: ListRequest): boolean {
  const end = event.shape === 'master' ? store.lastEndOf(event) : event.endsAt;
  if (!inWindow(event.startsAt, end, request) || !passesMeta(event, request)) return false;
  if (request.showDeleted || request.updatedMin !== null) return true;
  if (event.masterId === null) return !event.cancelled;
  // Cancelled instances are the holes of a living series: they are listed even without showDeleted.
  return !store.hasLostSeries(event);
}
