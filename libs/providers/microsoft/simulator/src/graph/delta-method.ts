import type { Answer } from '@daybook/simulator-kit';
import type { Item } from '../mailbox/occurrences';
import type { StoredEvent } from '../mailbox/stored-event';
import { listAnswer } from './answers';
import type { Call, Place } from './call';
import { firstRound, laterRound, type DeltaPage, type DeltaRow } from './delta-walk';
import { noteServed } from './event-answers';
import { eventId, eventJson, sparseOccurrence, thinEvent } from './event-view';
import { refusals } from './graph-error';
import { spoilt } from './odd-items';
import { optionsOf, readWindow } from './query-options';
import type { Position, TokenBody } from './sealed-tokens';

export type Tracked = 'CalendarView' | 'Events' | 'Instances';

const DEFAULT_PAGE = 10;
const TYPE = '"@odata.type":"#microsoft.graph.event"';
/** Refused beside change tracking, whose answers have one fixed shape. */
const UNTRACKED = ['select', 'expand', 'filter', 'orderby', 'search'] as const;

/** What is tracked: a calendar, or one series of it. */
interface Target {
  tracked: Tracked;
  place: Place;
  series: StoredEvent | null;
}

/** A round of change tracking: where it stands and what it is bound to. */
interface Round {
  token: TokenBody | null;
  window: [from: number, to: number] | null;
  since: number | null;
  /** Version the next round starts from. */
  version: number;
  position: Position | null;
}

/** @throws GraphError 400 before anything else for options that change tracking does not take */
export function refuseUntracked(query: URLSearchParams): void {
  const texts = optionsOf(query);
  const names = UNTRACKED.filter((name) => texts.has(name)).map((name) => `$${name}`);
  if (names.length > 0) throw refusals.notTracked(names.join(', '));
}

/**
 * `calendarView/delta`, `events/delta` and `instances/delta`: what there is, then what changed. The window is part of the token and stays as
 * it was asked for first.
 * @throws GraphError 400 for a token that is none, 410 `SyncStateNotFound` for one that has no state any more
 */
export function delta(call: Call, tracked: Tracked): Answer {
  const target = targetOf(call, tracked);
  const { place } = target;
  const round = roundOf(call, target);
  const { setting, preferences, options, box } = call;
  const size = preferences.pageSize ?? options.top ?? DEFAULT_PAGE;
  const struck = (kind: 'empty_page' | 'endless_page' | 'bad_item'): boolean =>
    setting.faults.strike(kind, box.email) !== null;
  const here: DeltaPage = { rows: [], next: round.position ?? startOf(round) };
  const found = struck('empty_page') ? here : walk(target, round, size);
  const next = struck('endless_page') ? here.next : found.next;
  const items = found.rows.map((row) => textOf(target, row));
  if (struck('bad_item')) spoilFirst(items, found.rows);
  noteServed(
    call,
    place,
    found.rows.flatMap((row) => (row.kind === 'item' ? [row.item] : [])),
  );
  const answer = listAnswer(call, {
    set: 'Collection(event)',
    items,
    annotations: linkOf(call, target, round, next),
  });
  return { ...answer, headers: { ...answer.headers, 'preference-applied': 'odata.track-changes' } };
}

/** @throws GraphError 404, and 400 for the instances of what is no series */
function targetOf(call: Call, tracked: Tracked): Target {
  if (tracked !== 'Instances') return { tracked, place: call.place(), series: null };
  const { place, item } = call.item(call.parts[0] ?? '');
  if (item.type !== 'seriesMaster') throw refusals.invalidRequest('Only a series has instances.');
  return { tracked, place, series: item.event };
}

function roundOf(call: Call, target: Target): Round {
  const { options, setting, box } = call;
  const text = options.skiptoken ?? options.deltatoken;
  if (text === null) {
    const window = target.tracked === 'Events' ? null : readWindow(options);
    return {
      token: null,
      window: window === null ? null : [window.from, window.to],
      since: null,
      version: target.place.store.version,
      position: null,
    };
  }
  if (setting.faults.strike('cursor_expired', box.email) !== null) throw refusals.syncStateLost();
  const token = setting.tokens.open(text);
  if (token === null || token.type !== (options.skiptoken === null ? 'delta' : 'skip')) throw refusals.badToken();
  const isLate = setting.clock.now() - token.issuedAt > setting.deltaTokenLife;
  if (token.collection !== collectionOf(target) || token.user !== call.principal.oid || isLate)
    throw refusals.syncStateLost();
  checkSameWindow(call, token);
  const since = token.type === 'delta' ? token.version : token.since;
  return { token, window: token.window, since, version: token.version, position: token.position };
}

/** A token knows its window; a query that names another one contradicts it. */
function checkSameWindow({ options }: Call, { window }: TokenBody): void {
  if (options.startDateTime === null && options.endDateTime === null) return;
  const { from, to } = readWindow(options);
  if (window?.[0] !== from || window[1] !== to) throw refusals.query('The window of a token cannot be changed.');
}

const collectionOf = ({ tracked, place: { store }, series }: Target): string =>
  [tracked, store.facts.key, store.generation, series?.key].join(' ');

const startOf = ({ since }: Round): Position =>
  since === null
    ? { kind: 'item', at: -Number.MAX_SAFE_INTEGER, rank: -1, key: '' }
    : { kind: 'change', version: since, skip: 0 };

function walk({ place, series }: Target, { since, position, window }: Round, size: number): DeltaPage {
  const bounds = window === null ? null : { from: window[0], to: window[1] };
  const walked = { store: place.store, window: bounds, series };
  if (since === null) return firstRound(walked, position, size);
  return laterRound(walked, position?.kind === 'change' ? position : { version: since, skip: 0 }, size);
}

function linkOf(call: Call, target: Target, round: Round, next: Position | null): Record<string, string> {
  const { setting, principal, incoming } = call;
  const common = {
    collection: collectionOf(target),
    user: principal.oid,
    window: round.window,
    issuedAt: setting.clock.now(),
  };
  const base = `${incoming.origin}${incoming.path}`;
  if (next !== null) {
    const token = setting.tokens.seal({
      ...common,
      type: 'skip',
      version: round.version,
      since: round.since,
      position: next,
    });
    return { '@odata.nextLink': `${base}?$skiptoken=${token}` };
  }
  // Changes are walked in their order, so the end of a later round is the present; a first one only knows its beginning.
  const version = round.since === null ? round.version : target.place.store.version;
  const token = setting.tokens.seal({ ...common, type: 'delta', version, since: null, position: null });
  return { '@odata.deltaLink': `${base}?$deltatoken=${token}` };
}

function textOf({ place: { store, manner }, tracked }: Target, row: DeltaRow): string {
  if (row.kind === 'removed') return removedText(row.item, manner.immutable);
  const { item } = row;
  if (tracked === 'Events') return typed(JSON.stringify(thinEvent(store, item, manner)));
  const isPlain = item.type === 'occurrence';
  return typed(isPlain ? JSON.stringify(sparseOccurrence(store, item, manner)) : eventJson(store, item, manner));
}

const typed = (json: string): string => `{${TYPE},${json.slice(1)}`;

const removedText = (item: Item, immutable: boolean): string =>
  `{${TYPE},"id":${JSON.stringify(eventId(item, immutable))},"@removed":{"reason":"deleted"}}`;

function spoilFirst(items: string[], rows: readonly DeltaRow[]): void {
  const index = rows.findIndex((row) => row.kind === 'item' && row.item.type !== 'occurrence');
  const text = items[index];
  if (text !== undefined) items[index] = spoilt(text);
}
