import { formatInstant, type ZoneId } from '@daybook/domain';
import {
  type CalendarPort,
  type CalendarSession,
  type ChangesRequest,
  type Clock,
  type DeltaPage,
  isRecord,
  type ItemRequest,
  type ProviderAccess,
  PageTrail,
  ProviderError,
  type RemoteCalendar,
  type RemoteMeeting,
} from '@daybook/provider-port';
import type { GraphClient } from '../transport/graph-client';
import { CALENDAR_FIELDS, readCalendars } from './calendar-entry';
import { type CoveredWindow, isBehind, readCursor, toCursor, windowAt } from './delta-cursor';
import { type GraphPage, readPage } from './delta-page';
import { calendarPath, PRIMARY } from './event-address';
import { queryOf, viewQuery } from './event-fields';
import { EventReader } from './event-reader';
import type { Change } from './event-to-meeting';
import { zoneOf } from './graph-time';
import { createMicrosoftWrites } from './microsoft-writes';
import { readItem } from './read-item';
import { translateIds } from './translate-ids';

/** Graph serves four requests of one mailbox at a time; what else reads it shares them. */
const REQUESTS_AT_ONCE = 2;
/** The largest page there is: fewer round trips, the same weight for each. */
const PAGE_SIZE = 1000;
const TRACKED = { pageSize: PAGE_SIZE, tracking: true } as const;
const FAR_SLOWER = 3;
/** Where an item of a list says which version it is. */
const VERSION = '@odata.etag';
const MOST_CALENDARS = 100;

interface Door {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly access: ProviderAccess;
}

export function createMicrosoftCalendar(client: GraphClient, clock: Clock): CalendarPort {
  return {
    requestsAtOnce: REQUESTS_AT_ONCE,
    mailsAttendees: 'always',
    open: (access): CalendarSession => {
      const door: Door = { client, clock, access };
      return {
        primary: PRIMARY,
        calendars: () => listCalendars(door),
        changes: (request) => changesOf(door, request),
        item: (request: ItemRequest) => readItem(client, access, request),
        translateIds: (request) => translateIds(client, access, request),
        writes: createMicrosoftWrites(client, access),
      };
    },
  };
}

/** In one go: which of them are the person's own shows only beside the main one. */
async function* listCalendars(door: Door): AsyncIterable<readonly RemoteCalendar[]> {
  const { client, access } = door;
  // Asked for beside the list; a failure of it is met after that of the list.
  const zone = unheard(mailboxZone(door));
  const entries: unknown[] = [];
  const trail = new PageTrail(VERSION);
  let link: string | null = null;
  do {
    const query = queryOf({ $select: CALENDAR_FIELDS, $top: String(MOST_CALENDARS) });
    const first = { method: 'GET', path: `/me/calendars${query}`, aboutOneCalendar: false } as const;
    const page: GraphPage = readPage(
      link === null ? await client.call(access, first) : await client.follow(access, link, { tracking: false }),
    );
    entries.push(...page.items);
    link = trail.next(page.items, page.nextLink, link);
  } while (link !== null);
  yield readCalendars(entries, await zone);
}

/** The zone the person has chosen; null where we may not ask, or it is one of their own making. */
async function mailboxZone({ client, access }: Door): Promise<ZoneId | null> {
  const path = `/me/mailboxSettings${queryOf({ $select: 'timeZone' })}`;
  try {
    const settings = await client.call(access, { method: 'GET', path, aboutOneCalendar: false });
    return isRecord(settings) ? zoneOf(settings['timeZone']) : null;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'PermissionMissing') return null;
    throw error;
  }
}

function changesOf(door: Door, request: ChangesRequest): AsyncIterable<DeltaPage<RemoteMeeting>> {
  return request.window.type === 'between' ? glance(door, request, request.window) : listChanges(door, request);
}

/** A stretch of time with its series whole; the occurrences of a series tell which. What needs no second look comes first. */
async function* glance(
  { client, access }: Door,
  { calendarRemoteId }: ChangesRequest,
  window: CoveredWindow,
): AsyncIterable<DeltaPage<RemoteMeeting>> {
  const reader = new EventReader({ client, access, calendarRemoteId }, 'together');
  const query = viewQuery(formatInstant(window.from), formatInstant(window.to), PAGE_SIZE);
  const path = `${calendarPath(calendarRemoteId)}/calendarView${query}`;
  const trail = new PageTrail(VERSION);
  let link: string | null = null;
  do {
    const first = { method: 'GET', path, aboutOneCalendar: true } as const;
    const page: GraphPage = readPage(
      link === null ? await client.call(access, first) : await client.follow(access, link, { tracking: false }),
    );
    const { singles, series } = reader.partsOfView(page.items);
    if (series !== null) yield glanced(singles, false);
    yield glanced(series === null ? singles : (await series).changes, page.nextLink === null);
    link = trail.next(page.items, page.nextLink, link);
  } while (link !== null);
}

function glanced(changes: readonly Change[], complete: boolean): DeltaPage<RemoteMeeting> {
  return { changes, continuation: null, resume: null, complete };
}

/**
 * A round of change tracking over a window, or its continuation. When the window has fallen behind, the cursor counts as
 * expired: the engine lists the new window and keeps what lies outside of it.
 */
async function* listChanges(door: Door, request: ChangesRequest): AsyncIterable<DeltaPage<RemoteMeeting>> {
  const { client, clock, access } = door;
  const since = request.since === null ? null : readCursor(request.since);
  const continued = request.continueAt === null ? null : readCursor(request.continueAt);
  const begun = continued ?? since;
  if (begun !== null && (isBehind(begun.window, clock.now()) || !client.isOurs(begun.link)))
    throw new ProviderError('CursorExpired', { detail: 'the window has moved' });
  const window = begun?.window ?? windowAt(clock.now());
  const reader = new EventReader(
    { client, access, calendarRemoteId: request.calendarRemoteId },
    since === null ? 'inTurn' : 'together',
  );
  const round: Round = { reader, window, trail: new PageTrail(VERSION), isDelta: since !== null };
  const link = begun?.link ?? null;
  let step: Promise<ReadPage> | null = readStep(door, round, {
    reply: askFor(door, request, { link, window }),
    since: clock.now(),
    link,
  });
  let storedInMs = 0;
  while (step !== null) {
    const { told, next, following, arrived, answeredInMs }: Turn = turnOf(door, round, await step);
    step = following;
    // Storing keeps this machine busy. A provider far slower than that is not kept waiting for it: first the next page, and the
    // one after it asked for.
    if (answeredInMs > FAR_SLOWER * storedInMs) await arrived;
    const given = clock.now();
    yield told;
    // A page that named nothing to read is followed when the next one is wanted.
    if (next !== null) step ??= readStep(door, round, followed(door, next));
    storedInMs = clock.now() - given;
  }
}

interface Told {
  readonly told: DeltaPage<RemoteMeeting>;
  /** The link of the page after it; null at the end. */
  readonly next: string | null;
  readonly answeredInMs: number;
}

interface ReadPage extends Told {
  /** The page after it, on its way while what this one names was read by itself. */
  readonly ahead: Asked | null;
}

/** Not what Graph sent, of this page or the next: nothing is to hold on to that while what this one says is stored. */
interface Turn extends Told {
  readonly following: Promise<ReadPage> | null;
  /** When the page after it is there, or its failure. */
  readonly arrived: Promise<unknown> | null;
}

interface Asked {
  readonly reply: Promise<unknown>;
  readonly since: number;
  /** What was followed for it. */
  readonly link: string | null;
}

function followed({ client, clock, access }: Door, link: string): Asked {
  return { reply: unheard(client.follow(access, link, TRACKED)), since: clock.now(), link };
}

function turnOf(door: Door, round: Round, { ahead, ...page }: ReadPage): Turn {
  if (ahead === null) return { ...page, following: null, arrived: null };
  const over = (): undefined => undefined;
  return { ...page, following: readStep(door, round, ahead), arrived: ahead.reply.then(over, over) };
}

function readStep(door: Door, round: Round, { reply, since, link }: Asked): Promise<ReadPage> {
  async function read(): Promise<ReadPage> {
    const page = readPage(await reply);
    const answeredInMs = door.clock.now() - since;
    const next = round.trail.next(page.items, page.nextLink, link);
    const asks = next !== null && round.reader.asksFor(page.items);
    const ahead = asks ? followed(door, next) : null;
    return { next, ahead, answeredInMs, told: await deltaPage(page, round) };
  }
  return unheard(read());
}

/** A promise that nobody may come for, as where a run ends early; its fault is met by whoever does. */
function unheard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function askFor(
  { client, access }: Door,
  request: ChangesRequest,
  { link, window }: { link: string | null; window: CoveredWindow },
): Promise<unknown> {
  if (link !== null) return client.follow(access, link, TRACKED);
  const query = queryOf({ startDateTime: formatInstant(window.from), endDateTime: formatInstant(window.to) });
  return client.call(access, {
    method: 'GET',
    path: `${calendarPath(request.calendarRemoteId)}/calendarView/delta${query}`,
    pageSize: PAGE_SIZE,
    aboutOneCalendar: true,
  });
}

interface Round {
  readonly reader: EventReader;
  readonly trail: PageTrail;
  readonly window: CoveredWindow;
  /** A listing has nothing to say of what is not there. */
  readonly isDelta: boolean;
}

/** An end without a delta link is a listing cut short. */
async function deltaPage(page: GraphPage, { reader, window, isDelta }: Round): Promise<DeltaPage<RemoteMeeting>> {
  const { nextLink, deltaLink, items } = page;
  const shown = await reader.ofDelta(items);
  const gone = isDelta ? await reader.ofRemovals(items) : { changes: [], wholeSeries: [] };
  const isEnd = nextLink === null && deltaLink !== null;
  return {
    changes: [...shown.changes, ...gone.changes],
    wholeSeries: [...shown.wholeSeries, ...gone.wholeSeries],
    coverage: window,
    continuation: nextLink === null ? null : toCursor({ window, link: nextLink }),
    resume: isEnd ? toCursor({ window, link: deltaLink }) : null,
    complete: isEnd,
  };
}
