import type { mongo } from 'mongoose';
import { askAgainAt, type AsideItem, type Try } from '@daybook/sync-engine';
import { deterministicId } from '@daybook/platform/crypto';
import type { CalendarRecord, QuarantineRecord } from '../../ports/records';
import type { CalendarCollections } from './collections';

/** Asked for in one run at most, so that a calendar full of them does not keep others waiting. */
const AT_ONCE = 20;

export interface UnreadableItem {
  readonly remoteId: string;
  readonly reason: string;
}

/** What becomes of items that could not be read, in the transaction of the page that shows it. */
export interface AsideChange {
  readonly put: readonly UnreadableItem[];
  readonly leaving: readonly string[];
  readonly tried?: { readonly item: AsideItem; readonly after: Try };
}

/**
 * Items of one calendar that were put aside, remembered by name for a run, so that a page without any costs no question.
 * True under the connection's lease only.
 */
export class AsideItems {
  private constructor(
    private readonly collections: CalendarCollections,
    private readonly calendarId: string,
    private readonly names: Set<string>,
  ) {}

  static async load(collections: CalendarCollections, calendarId: string): Promise<AsideItems> {
    const found = await collections.quarantine.find({ calendarId }, { projection: { remoteId: 1, _id: 0 } }).toArray();
    return new AsideItems(collections, calendarId, new Set(found.map(({ remoteId }) => remoteId)));
  }

  /** What a page puts aside and what it brings back or takes away; null where it does neither. */
  changeOf(
    unreadable: readonly UnreadableItem[],
    readWell: readonly { readonly remoteId: string }[],
    removed: readonly string[],
  ): AsideChange | null {
    if (this.names.size === 0) return unreadable.length === 0 ? null : { put: unreadable, leaving: [] };
    const put = new Set(unreadable.map(({ remoteId }) => remoteId));
    const back = readWell.flatMap(({ remoteId }) => (this.names.has(remoteId) ? [remoteId] : []));
    const leaving = [...back, ...removed.filter((remoteId) => this.names.has(remoteId))].filter((id) => !put.has(id));
    return unreadable.length + leaving.length === 0 ? null : { put: unreadable, leaving };
  }

  /** Those a complete listing did not show: they are gone at the provider. */
  async unlisted(generation: number): Promise<readonly string[]> {
    if (this.names.size === 0) return [];
    const left = new Set(this.names);
    const pages = this.collections.listedPages.find(
      { calendarId: this.calendarId, generation },
      { projection: { remoteIds: 1 } },
    );
    for await (const page of pages) for (const remoteId of page.remoteIds) left.delete(remoteId);
    return [...left];
  }

  async due(now: number): Promise<readonly AsideItem[]> {
    const found = await this.collections.quarantine
      .find({ calendarId: this.calendarId, nextTryAt: { $lte: new Date(now) } })
      .sort({ nextTryAt: 1 })
      .limit(AT_ONCE)
      .toArray();
    return found.map(({ _id, remoteId, reason, tries, deadSince }) => ({
      id: _id,
      remoteId,
      reason,
      tries,
      wasDead: deadSince !== null,
    }));
  }

  committed({ put, leaving }: AsideChange): void {
    for (const remoteId of leaving) this.names.delete(remoteId);
    for (const { remoteId } of put) this.names.add(remoteId);
  }
}

/** Writes the change and gives what the calendar says of it: how many are aside, and when the next is asked for. */
export async function settleAside(
  { quarantine }: CalendarCollections,
  session: mongo.ClientSession,
  { calendarId, change, now }: { calendarId: string; change: AsideChange; now: Date },
): Promise<Pick<CalendarRecord, 'unreadable' | 'asideDueAt'>> {
  const { put, leaving, tried } = change;
  if (leaving.length > 0) await quarantine.deleteMany({ calendarId, remoteId: { $in: [...leaving] } }, { session });
  if (put.length > 0)
    await quarantine.bulkWrite(
      put.flatMap((item) => putAside(calendarId, item, now)),
      { session },
    );
  if (tried) {
    const { item, after } = tried;
    const dies = after.nextTryAt === null && !item.wasDead;
    await quarantine.updateOne(
      { _id: item.id },
      { $set: { ...after, ...(dies ? { deadSince: now } : {}) } },
      { session },
    );
  }
  const unreadable = await quarantine.countDocuments({ calendarId }, { session });
  const next = await quarantine.findOne(
    { calendarId, nextTryAt: { $ne: null } },
    { session, sort: { nextTryAt: 1 }, projection: { nextTryAt: 1 } },
  );
  return { unreadable, asideDueAt: next?.nextTryAt ?? null };
}

/** One that had been given up and is shown again may have changed: it gets its tries once more. */
function putAside(calendarId: string, { remoteId, reason }: UnreadableItem, now: Date) {
  const _id = deterministicId('qua', calendarId, remoteId);
  const round = { tries: 0, nextTryAt: askAgainAt(0, now.getTime()) };
  const fresh: Omit<QuarantineRecord, '_id' | 'reason'> = { calendarId, remoteId, at: now, deadSince: null, ...round };
  return [
    { updateOne: { filter: { _id, nextTryAt: null }, update: { $set: round } } },
    { updateOne: { filter: { _id }, update: { $set: { reason }, $setOnInsert: fresh }, upsert: true } },
  ];
}
