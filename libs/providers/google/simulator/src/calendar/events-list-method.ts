import { emptyAnswer, textAnswer, type Answer } from '@daybook/simulator-kit';
import { applyMask, parseFieldMask, type FieldMask } from '../http/field-mask';
import { refusals } from '../http/google-error';
import { calendarOf } from './access';
import type { CalendarStore } from './calendar-store';
import type { EventResource } from './event-resource';
import { instantOfTime } from './event-times';
import { findTarget } from './event-target';
import { HORIZON, instanceOf, plainOccurrences } from './instances';
import { listEvents, type ListAnswer } from './list-events';
import { pageSize, readListRequest } from './list-request';
import { fingerprint } from './list-tokens';
import { instanceRow, rowOf, type ListedRow } from './listed-row';
import type { Call } from './method';
import { readerView, viewOf } from './reader-view';

const DEFAULT_REMINDERS = [{ method: 'popup', minutes: 10 }];

/** `events.list` */
export function eventList(call: Call): Answer {
  const { setting, box, query } = call;
  const store = calendarOf(call, call.parts[0]);
  const request = readListRequest(query, setting.clock.now());
  const struck = (kind: 'cursor_expired' | 'empty_page' | 'endless_page' | 'bad_item'): boolean =>
    setting.faults.strike(kind, box.email) !== null;
  const continues = request.syncToken !== null || request.pageToken !== null;
  if (continues && struck('cursor_expired')) throw refusals.fullSync();
  const answer = listEvents(request, {
    store,
    tokens: setting.tokens,
    person: box.sub,
    now: setting.clock.now(),
    syncTokenLife: setting.syncTokenLife,
    quirks: { emptyPage: struck('empty_page'), endlessPage: struck('endless_page') },
  });
  if (answer.rows.length > 0 && struck('bad_item')) spoil(answer.rows);
  return listAnswer(call, store, answer);
}

/** `events.instances`: the instances of one series, touched and untouched, by start. */
export function instanceList(call: Call): Answer {
  const { query, setting } = call;
  const store = calendarOf(call, call.parts[0]);
  const { resource, stored } = findTarget(store, call.parts[1] ?? '');
  const rows = stored?.shape === 'master' ? seriesRows(call, store, resource) : [];
  const size = pageSize(query);
  const bound = fingerprint({ instances: resource.id, query: [...query].filter(([name]) => name !== 'pageToken') });
  const given = query.get('pageToken');
  const token = given === null ? null : setting.tokens.readPage(given);
  if (given !== null && token?.h !== bound) throw refusals.badParameter('pageToken');
  const at = token?.p.at ?? 0;
  const common = { c: store.facts.id, u: call.box.sub, h: bound, i: setting.clock.now(), v: store.version };
  const more = rows.length > at + size;
  return listAnswer(call, store, {
    rows: rows.slice(at, at + size).map(({ row }) => row),
    ...(more ? { nextPageToken: setting.tokens.page({ ...common, p: { at: at + size } }) } : {}),
  });
}

function seriesRows(
  { query, setting }: Call,
  store: CalendarStore,
  master: EventResource,
): { at: number; row: ListedRow }[] {
  const stored = store.get(master.id);
  if (stored === undefined) return [];
  const [min, max] = [query.get('timeMin'), query.get('timeMax')];
  const window = {
    from: min === null ? stored.startsAt - 1 : Date.parse(min),
    to: max === null ? setting.clock.now() + HORIZON : Date.parse(max),
  };
  if (window.to <= window.from && min !== null && max !== null) throw refusals.timeRangeEmpty();
  const touched = store.exceptionsOf(master.id);
  const deleted = query.get('showDeleted') === 'true';
  const rows = (stored.cancelled ? [] : plainOccurrences(store, stored, window))
    .filter((occurrence) => !touched.has(occurrence.key))
    .map((occurrence) => ({
      at: occurrence.startsAt,
      original: occurrence.startsAt,
      row: instanceRow(instanceOf(master, occurrence, store.facts.timeZone), stored.version),
    }));
  for (const exception of touched.values()) {
    if (exception.cancelled && !deleted) continue;
    if (!(exception.endsAt > window.from && exception.startsAt < window.to)) continue;
    const original = instantOfTime(exception.read().originalStartTime ?? {}, store.facts.timeZone);
    rows.push({ at: exception.startsAt, original, row: rowOf(exception) });
  }
  const wanted = query.get('originalStart');
  return rows
    .filter(({ original }) => wanted === null || original === Date.parse(wanted))
    .sort((one, other) => one.at - other.at);
}

function listAnswer(call: Call, store: CalendarStore, answer: ListAnswer): Answer {
  const { box, query, setting, ifNoneMatch } = call;
  const fields = query.get('fields');
  const mask: FieldMask | 'whole' = fields === null ? 'whole' : parseFieldMask(fields);
  const head = {
    kind: 'calendar#events',
    etag: `"p${store.generation}${fingerprint({ version: store.version, query: [...query] })}"`,
    summary: store.facts.summary,
    ...(store.facts.description === undefined ? {} : { description: store.facts.description }),
    updated: new Date(store.lastUpdate).toISOString(),
    timeZone: query.get('timeZone') ?? store.facts.timeZone,
    accessRole: 'owner',
    defaultReminders: store.facts.primary ? DEFAULT_REMINDERS : [],
    ...(answer.nextPageToken === undefined ? {} : { nextPageToken: answer.nextPageToken }),
    ...(answer.nextSyncToken === undefined ? {} : { nextSyncToken: answer.nextSyncToken }),
  };
  if (ifNoneMatch === head.etag) return emptyAnswer(304, { etag: head.etag });
  setting.world.ledger.noteServed(box.email, setting.clock.now(), answer.rows);
  return textAnswer(200, assemble(head, shownItems(call, store, answer.rows, mask), mask), { etag: head.etag });
}

/** The texts of the items; null when the mask leaves them out. Items are only parsed when something must be left out. */
function shownItems(
  call: Call,
  store: CalendarStore,
  rows: readonly ListedRow[],
  mask: FieldMask | 'whole',
): string[] | null {
  const view = viewOf(call.query, store);
  const itemMask = mask === 'whole' ? 'whole' : (mask.get('items') ?? mask.get('*'));
  if (itemMask === undefined) return null;
  if (view === null && itemMask === 'whole') return rows.map(({ json }) => json);
  return rows.map(({ json }) => {
    const event: EventResource = JSON.parse(json);
    return JSON.stringify(applyMask(view === null ? event : readerView(event, view), itemMask));
  });
}

/** The items are spliced in as text: parsing a page of thousands would cost more than everything else. */
function assemble(head: Record<string, unknown>, items: string[] | null, mask: FieldMask | 'whole'): string {
  const shown = JSON.stringify(applyMask(head, mask));
  if (items === null) return shown;
  return `${shown.slice(0, -1)}${shown === '{}' ? '' : ','}"items":[${items.join(',')}]}`;
}

/** Takes the times from one item: allowed by the schema, yet nothing a calendar could show. */
function spoil(rows: ListedRow[]): void {
  const index = rows.findIndex(({ json }) => !json.includes('"status":"cancelled"'));
  const row = rows[index];
  if (row === undefined) return;
  const { start: _start, end: _end, ...rest }: EventResource = JSON.parse(row.json);
  rows[index] = { ...row, json: JSON.stringify(rest) };
}
