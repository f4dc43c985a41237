/**
 * A calendar from its beginning, or from a state on. Exchange says which items are new, changed or gone, newest first; what they
 * are like is read by itself. Of a series it tells the master alone.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/syncfolderitems-operation.
 */
import {
  asText,
  type ChangesRequest,
  type DeltaPage,
  type ForeignRecord,
  isRecord,
  listOf,
  ProviderError,
  type RemoteMeeting,
} from '@daybook/provider-port';
import { markup } from '../transport/markup';
import type { EwsOperation } from '../transport/ews-client';
import { attributes, list, record, text } from '../transport/record-shape';
import { folderId } from './item-address';
import type { ItemDoor } from './item-door';
import { bareShape, ITEM_ID } from './item-fields';
import { ItemReader } from './item-reader';
import { idOf } from './item-to-meeting';
import { readCursor, READ_STATE, toCursor } from './sync-cursor';

/** The most the schema allows. */
const PAGE_SIZE = 512;

interface SyncPage {
  readonly shown: readonly string[];
  readonly gone: readonly string[];
  readonly state: string;
  readonly isLast: boolean;
}

export async function* listChanges(door: ItemDoor, request: ChangesRequest): AsyncIterable<DeltaPage<RemoteMeeting>> {
  const reader = new ItemReader(door);
  const begun = request.continueAt ?? request.since;
  let state = begun === null ? '' : readCursor(begun);
  let asked = pageAfter(door, state);
  let stuck = 0;
  for (;;) {
    const page = await asked;
    // A page may lead to itself once, as where nothing of it is for us; one that does so again would be listed for ever.
    stuck = page.state === state && !page.isLast ? stuck + 1 : 0;
    if (stuck > 1) throw new ProviderError('Unavailable', { detail: 'a page that follows itself' });
    // Which items come next is known by the time that these are read.
    if (!page.isLast) asked = pageAfter(door, page.state);
    yield await deltaPage(page, reader);
    if (page.isLast) return;
    state = page.state;
  }
}

/** A page that is asked for already; what goes wrong with it is met when it is its turn. */
function pageAfter(door: ItemDoor, state: string): Promise<SyncPage> {
  const page = door.client.ask(door.access, syncFolderItems(door.calendarRemoteId, state)).then(readPage);
  page.catch(() => undefined);
  return page;
}

async function deltaPage(
  { shown, gone, state, isLast }: SyncPage,
  reader: ItemReader,
): Promise<DeltaPage<RemoteMeeting>> {
  const { changes, wholeSeries } = await reader.ofIds(shown);
  return {
    changes: [...changes, ...gone.map((remoteId) => ({ type: 'removed', remoteId }) as const)],
    wholeSeries,
    continuation: isLast ? null : toCursor(state),
    resume: isLast ? toCursor(state) : null,
    complete: isLast,
  };
}

const CHANGED = record({ CalendarItem: ITEM_ID });

function syncFolderItems(calendarRemoteId: string, state: string): EwsOperation {
  return {
    name: 'SyncFolderItems',
    aboutOneCalendar: true,
    content: {
      SyncState: text(READ_STATE),
      IncludesLastItemInRange: text(),
      Changes: list({ Create: CHANGED, Update: CHANGED, Delete: record({ ItemId: attributes('Id') }) }),
    },
    request: () =>
      markup('m:SyncFolderItems', {}, [
        bareShape(),
        markup('m:SyncFolderId', {}, [folderId(calendarRemoteId)]),
        ...(state === '' ? [] : [markup('m:SyncState', {}, state)]),
        markup('m:MaxChangesReturned', {}, String(PAGE_SIZE)),
      ]),
  };
}

/** @throws ProviderError Unavailable for an answer that says nothing of how to go on */
function readPage(content: ForeignRecord): SyncPage {
  const state = asText(content['SyncState'], READ_STATE).trim();
  const last = asText(content['IncludesLastItemInRange'], 20).trim();
  if (state === '' || !['true', 'false'].includes(last))
    throw new ProviderError('Unavailable', { detail: 'an answer without a state' });
  const changes = listOf(content['Changes']).filter(isRecord);
  const gone = changes.filter(({ element }) => element === 'Delete').map(idOf);
  const shown = changes.flatMap(({ CalendarItem: item }) => (isRecord(item) ? [idOf(item)] : []));
  const isNamed = (id: string): boolean => id !== '';
  return { shown: [...new Set(shown)].filter(isNamed), gone: gone.filter(isNamed), state, isLast: last === 'true' };
}
