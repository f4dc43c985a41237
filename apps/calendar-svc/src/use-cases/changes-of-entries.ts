import type { Changes } from '@daybook/contracts';
import type { MeetingReader } from '../ports/meeting-reader';
import type { OccurrenceRecord, RemovalRecord } from '../ports/records';
import { copiesOf, type ChosenRow, type Copies } from './choose-copies';
import { meetingView } from './meeting-view';
import type { Viewer } from './viewer';

/** What a calendar's revisions tell of. `quiet`: a reader who begins with nothing comes to the copies of a row as well. */
export type CalendarEntry =
  | { readonly type: 'row'; readonly row: OccurrenceRecord; readonly quiet: boolean }
  | { readonly type: 'gone'; readonly removal: RemovalRecord };

interface Telling {
  readonly limit: number;
  readonly viewer: Viewer;
  readonly reader: MeetingReader;
}

type Told = ChosenRow | 'removed';

/**
 * What a reader is told of these entries, each row once: the copy of a meeting that shows now, and its other copies as
 * removed, because another one may have shown before. Ends before the limit is exceeded, but not before the first entry.
 */
export async function changesOf(
  entries: readonly CalendarEntry[],
  { limit, viewer, reader }: Telling,
): Promise<{ readonly items: Changes['items']; readonly told: number }> {
  const copies = await copiesOfEntries(entries, viewer, reader);
  const states = new Map<string, Told>();
  let told = 0;
  for (const entry of entries) {
    const news = newsOf(entry, copies).filter(([id]) => !states.has(id));
    if (told > 0 && states.size + news.length > limit) break;
    for (const [id, state] of news) states.set(id, state);
    told += 1;
  }
  return { items: await itemsOf(states, viewer, reader), told };
}

async function copiesOfEntries(
  entries: readonly CalendarEntry[],
  viewer: Viewer,
  reader: MeetingReader,
): Promise<ReadonlyMap<string, Copies>> {
  const identities = entries.flatMap((entry) => {
    const { identity } = entry.type === 'row' ? entry.row : entry.removal;
    return identity === null ? [] : [identity];
  });
  if (viewer.visible.size > 1) return copiesOf(new Set(identities), viewer, reader);
  return new Map();
}

function newsOf(entry: CalendarEntry, copies: ReadonlyMap<string, Copies>): [string, Told][] {
  if (entry.type === 'gone') {
    const { _id, identity, regrouped } = entry.removal;
    const rest = identity === null ? [] : groupNews(copies.get(identity));
    return regrouped || rest.some(([id]) => id === _id) ? rest : [[_id, 'removed'], ...rest];
  }
  const { row, quiet } = entry;
  const group = copies.get(row.identity);
  if (!group) return [[row._id, { row, alsoIn: [] }]];
  if (quiet) return group.winner.row._id === row._id ? [[row._id, group.winner]] : [];
  return groupNews(group);
}

function groupNews(group: Copies | undefined): [string, Told][] {
  if (!group) return [];
  const { winner, others } = group;
  return [[winner.row._id, winner], ...others.map(({ _id }): [string, Told] => [_id, 'removed'])];
}

async function itemsOf(
  states: ReadonlyMap<string, Told>,
  viewer: Viewer,
  reader: MeetingReader,
): Promise<Changes['items']> {
  const rows = [...states.values()].flatMap((state) => (state === 'removed' ? [] : [state.row]));
  const [items, series] = await Promise.all([
    reader.listed(rows.map((row) => row.itemId)),
    reader.listed(rows.flatMap((row) => (row.seriesId === null ? [] : [row.seriesId]))),
  ]);
  return [...states].flatMap(([id, state]): Changes['items'] => {
    if (state === 'removed') return [{ type: 'removed', id }];
    const item = items.get(state.row.itemId);
    if (!item) return [];
    return [{ type: 'upserted', meeting: meetingView(state.row, item, { viewer, series, alsoIn: state.alsoIn }) }];
  });
}
