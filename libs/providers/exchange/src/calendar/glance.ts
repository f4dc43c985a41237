/**
 * A stretch of time: what lies in it alone, and the series that reach into it, whole. Exchange shows series by their occurrences,
 * whose masters are asked for by one of each.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/calendarview.
 */
import { formatInstant } from '@daybook/domain';
import {
  type DeltaPage,
  type ForeignRecord,
  isRecord,
  listOf,
  ProviderError,
  type RemoteMeeting,
} from '@daybook/provider-port';
import { markup } from '../transport/markup';
import type { EwsOperation } from '../transport/ews-client';
import { list, record, text } from '../transport/record-shape';
import { folderId } from './item-address';
import type { ItemDoor } from './item-door';
import { bareShape, ITEM_ID } from './item-fields';
import { ItemReader, NOTHING, type WholeItems } from './item-reader';
import { idOf, placeOf, uidOf } from './item-to-meeting';
import type { Change } from './odd-item';

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A view may span two years. */
const LONGEST = 366 * 86_400_000;
/** No calendar holds more in less: what is shown then is all there is to see. */
const SHORTEST = 60_000;
/** What servers allow unless somebody has set less (`EWSFindCountLimit`); a view that names no number is refused above that. */
const MOST_SHOWN = 1000;

export async function* glance(door: ItemDoor, stretch: Stretch): AsyncIterable<DeltaPage<RemoteMeeting>> {
  const shown: ForeignRecord[] = [];
  for (let { from } = stretch; from < stretch.to; from += LONGEST)
    shown.push(...(await viewed(door, { from, to: Math.min(from + LONGEST, stretch.to) })));
  const reader = new ItemReader(door);
  const singles = shown.filter((item) => !isOfSeries(item));
  const occurrences = oneOfEach(shown.filter(isOfSeries));
  const alone = singles.length === 0 ? NOTHING : await reader.ofIds([...new Set(singles.map(idOf))]);
  if (occurrences.length === 0) {
    yield page(alone, true);
    return;
  }
  // What needs no second look comes first.
  if (alone.changes.length > 0) yield page(alone, false);
  yield page(await reader.ofOccurrences(occurrences), true);
}

const isOfSeries = (item: ForeignRecord): boolean => ['occurrence', 'exception'].includes(placeOf(item));

/**
 * Each item once, whatever led to it. Gone meanwhile is not shown: only a listing says of items that they are removed.
 */
function page({ changes }: WholeItems, complete: boolean): DeltaPage<RemoteMeeting> {
  const there = new Map(
    changes.flatMap((change, index) =>
      change.type === 'removed' ? [] : [[remoteIdOf(change) || `unnamed ${index}`, change] as const],
    ),
  );
  return { changes: [...there.values()], continuation: null, resume: null, complete };
}

const remoteIdOf = (change: Change): string => (change.type === 'upserted' ? change.item : change).remoteId;

/** All occurrences of a series have its UID, some with their date in it. */
function oneOfEach(items: readonly ForeignRecord[]): readonly string[] {
  const byUid = new Map(items.map((item) => [uidOf(item) ?? idOf(item), idOf(item)] as const));
  return [...byUid.values()];
}

/** A server shows so many items at most, or none where there are more: such a stretch is looked at in halves. */
async function viewed(door: ItemDoor, { from, to }: Stretch): Promise<readonly ForeignRecord[]> {
  const view = await rowsOf(door, { from, to });
  if (view instanceof ProviderError && to - from <= SHORTEST) throw view;
  if (!(view instanceof ProviderError) && (view.isWhole || to - from <= SHORTEST)) return view.items;
  const middle = Math.floor((from + to) / 2);
  return [...(await viewed(door, { from, to: middle })), ...(await viewed(door, { from: middle, to }))];
}

interface View {
  readonly items: readonly ForeignRecord[];
  readonly isWhole: boolean;
}

/** The refusal of a server that shows nothing of a stretch, as too much lies in it. @throws ProviderError for any other */
async function rowsOf(door: ItemDoor, stretch: Stretch): Promise<View | ProviderError> {
  const { parts } = await door.client.call(door.access, findInView(door.calendarRemoteId, stretch));
  const [part] = parts;
  if (part?.ok === false && part.isTooMuch === true) return part.error;
  if (part?.ok === false) throw part.error;
  const root: unknown = part?.content['RootFolder'];
  if (!isRecord(root)) throw new ProviderError('Unavailable', { detail: 'an answer without a folder' });
  return {
    items: listOf(root['Items']).filter(isRecord),
    isWhole: root['IncludesLastItemInRange'] !== 'false',
  };
}

const ROW = record({ ...ITEM_ID.members, UID: text(), CalendarItemType: text(40) });

function findInView(calendarRemoteId: string, { from, to }: Stretch): EwsOperation {
  return {
    name: 'FindItem',
    aboutOneCalendar: true,
    content: { RootFolder: record({ Items: list({ CalendarItem: ROW }) }, ['IncludesLastItemInRange']) },
    request: () =>
      markup('m:FindItem', { Traversal: 'Shallow' }, [
        bareShape('calendar:UID', 'calendar:CalendarItemType'),
        markup('m:CalendarView', {
          MaxEntriesReturned: MOST_SHOWN,
          StartDate: formatInstant(from),
          EndDate: formatInstant(to),
        }),
        markup('m:ParentFolderIds', {}, [folderId(calendarRemoteId)]),
      ]),
  };
}
