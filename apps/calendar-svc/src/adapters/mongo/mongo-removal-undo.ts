import type { mongo } from 'mongoose';
import { inTransaction, isDuplicateKey } from '@daybook/platform/mongo';
import type { LedgerRecord, MeetingRecord } from '../../ports/records';
import type { RemovalUndo, Undone, UndoRequest } from '../../ports/removal-undo';
import { auditEntry } from '../../use-cases/audit-entry';
import { planRestored, restoredIdOf } from '../../use-cases/restored-unit';
import { prepareSlice, writeSlice } from './commit-slice';
import { ownCalendar } from './own-calendar';
import type { SyncStoreSurroundings } from './sync-store-surroundings';

/** Units of one request: what a transaction carries well, and nobody waits long for. */
const AT_ONCE = 200;
/** Somebody else puts the same back at the same time. */
const MOST_ROUNDS = 3;

/** A removal of a single or a series, without its content. */
type Gone = Pick<MeetingRecord, '_id' | 'origin'>;

export class MongoRemovalUndo implements RemovalUndo {
  constructor(private readonly around: SyncStoreSurroundings) {}

  async undo(request: UndoRequest): Promise<Undone> {
    for (let round = 1; ; round += 1) {
      try {
        return await this.undoOnce(request);
      } catch (error) {
        if (!isDuplicateKey(error) || round >= MOST_ROUNDS) throw error;
      }
    }
  }

  private async undoOnce(request: UndoRequest): Promise<Undone> {
    const wanted = await this.stillGone(await this.removedHeads(request));
    const ids = wanted.slice(0, AT_ONCE).map(({ _id }) => _id);
    if (ids.length > 0) await this.restore(request, await this.lastSeen(request, ids));
    const more = wanted.length > AT_ONCE;
    if (!more) await this.forget(request);
    return { restored: ids.length, more };
  }

  private async removedHeads(request: UndoRequest): Promise<Gone[]> {
    const heads = new Map<string, Gone>();
    const projection = { 'before._id': 1, 'before.origin': 1, 'before.seriesId': 1 };
    const removals = this.around.collections.ledger.find(removalsSince(request), { projection });
    for await (const { before } of removals)
      if (before?.seriesId === null) heads.set(before._id, { _id: before._id, origin: before.origin });
    return [...heads.values()];
  }

  /** Neither shown by the provider again nor put back before. */
  private async stillGone(heads: readonly Gone[]): Promise<Gone[]> {
    const gone: Gone[] = [];
    for (let start = 0; start < heads.length && gone.length <= AT_ONCE; start += AT_ONCE) {
      const batch = heads.slice(start, start + AT_ONCE);
      const either = batch.flatMap((head) => [head._id, restoredIdOf(head)]);
      const there = this.around.collections.meetings.find({ _id: { $in: either } }, { projection: { _id: 1 } });
      const known = new Set((await there.toArray()).map(({ _id }) => _id));
      gone.push(...batch.filter((head) => !known.has(head._id) && !known.has(restoredIdOf(head))));
    }
    return gone;
  }

  /** Each item as it was when it went, by its unit. */
  private async lastSeen(request: UndoRequest, ids: readonly string[]): Promise<Map<string, MeetingRecord[]>> {
    const mine = { $or: [{ itemId: { $in: [...ids] } }, { 'before.seriesId': { $in: [...ids] } }] };
    const items = new Map<string, MeetingRecord>();
    const removals = this.around.collections.ledger
      .find({ ...removalsSince(request), ...mine })
      .sort({ at: 1, sequence: 1 });
    for await (const { before } of removals) if (before) items.set(before._id, before);
    const units = new Map<string, MeetingRecord[]>();
    for (const item of items.values()) {
      const unitId = item.seriesId ?? item._id;
      units.set(unitId, [...(units.get(unitId) ?? []), item]);
    }
    return units;
  }

  private async restore(
    { calendar, actorId }: UndoRequest,
    units: ReadonlyMap<string, readonly MeetingRecord[]>,
  ): Promise<void> {
    const { collections, clock, outbox, connection, committed } = this.around;
    const now = new Date(clock.now());
    const home = await ownCalendar(collections, calendar, now);
    const plans = [...units].flatMap(([unitId, items]) => {
      const head = items.find(({ _id }) => _id === unitId);
      return head
        ? [
            planRestored(
              head,
              items.filter((item) => item !== head),
              home,
            ),
          ]
        : [];
    });
    const slice = await prepareSlice(this.around, { plans, initial: false, revBefore: null });
    const { _id: targetId, accountId } = calendar;
    const note = { accountId, actorId, action: 'removals.undone', targetType: 'calendar', targetId } as const;
    const audit = outbox.rows([auditEntry({ ...note, details: { restored: plans.length } }, now)]);
    const rev = await inTransaction(connection, async (session) => {
      const raised = await this.raise(home._id, slice.longestMs, session);
      await writeSlice(collections, session, { calendarId: home._id, slice, rev: raised });
      await collections.outbox.insertMany(audit, { session });
      return raised;
    });
    committed({ calendarId: home._id, userId: home.userId, written: plans.length, removed: 0, visible: true, rev });
  }

  /** Nothing of what was let through is left to be put back. */
  private async forget({ calendar, since }: UndoRequest): Promise<void> {
    const over = { _id: calendar._id, 'letThrough.since': { $gte: since } };
    await this.around.collections.calendars.updateOne(over, { $unset: { letThrough: '' } });
  }

  private async raise(calendarId: string, longestMs: number, session: mongo.ClientSession): Promise<number> {
    const after = await this.around.collections.calendars.findOneAndUpdate(
      { _id: calendarId },
      { $inc: { rev: 1, intents: 1 }, $max: { longestMs } },
      { session, returnDocument: 'after', projection: { rev: 1 } },
    );
    if (!after) throw new Error('the calendar of a person is gone');
    return after.rev;
  }
}

function removalsSince({ calendar, since }: UndoRequest): mongo.Filter<LedgerRecord> {
  return { calendarId: calendar._id, action: 'removed', by: 'provider', at: { $gte: since } };
}
