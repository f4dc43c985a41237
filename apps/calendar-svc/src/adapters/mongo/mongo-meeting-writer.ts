import type { mongo } from 'mongoose';
import { inTransaction } from '@daybook/platform/mongo';
import type { CommitOptions, Intention, MeetingWriter } from '../../ports/meeting-writer';
import type { CalendarRecord, MeetingRecord } from '../../ports/records';
import { planRows, type StoredUnit } from '../../use-cases/plan-changes';
import { prepareSlice, writeSlice, type PreparedSlice } from './commit-slice';
import { Lanes } from './lanes';
import { ownCalendar } from './own-calendar';
import { readWholeUnits } from './read-stored-units';
import type { SyncStoreSurroundings } from './sync-store-surroundings';

function stateOf({ rev, writing, remoteId, former }: MeetingState): string {
  return `${rev} ${writing?.steps ?? 0} ${former ?? ''} ${remoteId}`;
}

type MeetingState = Pick<MeetingRecord, 'rev' | 'writing' | 'remoteId' | 'former'>;

/** Something of a unit has changed since it was read. */
class Outdated extends Error {}

interface CalendarSlice {
  readonly calendar: CalendarRecord;
  readonly slice: PreparedSlice;
}

/**
 * Commits what people mean without the lease of a connection: a run that is under way finds `intents` raised and plans again. That
 * nothing has changed since the units were read is looked at in the transaction itself. All that one person means at once raises
 * the same calendars: it goes one after the other, where beside each other it would lose its attempts on conflicts.
 */
export class MongoMeetingWriter implements MeetingWriter<mongo.ClientSession> {
  private readonly lanes = new Lanes();

  constructor(private readonly around: SyncStoreSurroundings) {}

  ownCalendar(person: { readonly userId: string; readonly accountId: string }): Promise<CalendarRecord> {
    return ownCalendar(this.around.collections, person, this.now());
  }

  async unit(unitId: string): Promise<StoredUnit> {
    const units = await readWholeUnits(this.around.collections, [unitId]);
    return units.get(unitId) ?? { items: new Map(), rows: [] };
  }

  async commit(
    intentions: readonly Intention[],
    { alsoIn = [], last }: CommitOptions<mongo.ClientSession> = {},
  ): Promise<boolean> {
    const slices = await this.slicesOf(intentions);
    const known = new Map(
      intentions.flatMap(({ stored }) => [...stored.items.values()].map((item) => [item._id, stateOf(item)])),
    );
    try {
      const work = async (session: mongo.ClientSession): Promise<void> => {
        await this.refuseOutdated(
          intentions.map(({ unitId }) => unitId),
          known,
          session,
        );
        for (const { calendar, slice } of slices) {
          const rev = await this.raise(calendar._id, slice.longestMs, session);
          await writeSlice(this.around.collections, session, { calendarId: calendar._id, slice, rev });
        }
        for (const calendarId of alsoIn) await this.raise(calendarId, 0, session);
        await last?.(session);
      };
      const person = slices[0]?.calendar.userId ?? '';
      await this.lanes.run(person, () => inTransaction(this.around.connection, work));
    } catch (error) {
      if (error instanceof Outdated) return false;
      throw error;
    }
    for (const { calendar } of slices)
      this.around.committed({
        calendarId: calendar._id,
        userId: calendar.userId,
        written: 1,
        removed: 0,
        visible: true,
        rev: 0,
      });
    return true;
  }

  private async slicesOf(intentions: readonly Intention[]): Promise<CalendarSlice[]> {
    const slices: CalendarSlice[] = [];
    for (const { calendarId, unitId, stored, items } of intentions) {
      const calendar = await this.around.collections.calendars.findOne({ _id: calendarId });
      if (!calendar) throw new Error('the calendar of an intention is gone');
      const options = { coverage: calendar.coverage, zone: calendar.timeZone ?? 'UTC' };
      const plan = planRows(unitId, { stored, items }, options);
      slices.push({
        calendar,
        slice: await prepareSlice(this.around, { plans: [plan], initial: false, revBefore: null }),
      });
    }
    return slices;
  }

  private async refuseOutdated(
    unitIds: readonly string[],
    known: ReadonlyMap<string, string>,
    session: mongo.ClientSession,
  ): Promise<void> {
    const there = await this.around.collections.meetings
      .find(
        { $or: [{ _id: { $in: [...unitIds] } }, { seriesId: { $in: [...unitIds] } }] },
        { session, projection: { rev: 1, 'writing.steps': 1, remoteId: 1, former: 1 } },
      )
      .toArray();
    const same = there.length === known.size && there.every((item) => known.get(item._id) === stateOf(item));
    if (!same) throw new Outdated();
  }

  private async raise(calendarId: string, longestMs: number, session: mongo.ClientSession): Promise<number> {
    const after = await this.around.collections.calendars.findOneAndUpdate(
      { _id: calendarId },
      { $inc: { rev: 1, intents: 1 }, ...(longestMs > 0 ? { $max: { longestMs } } : {}) },
      { session, returnDocument: 'after', projection: { rev: 1 } },
    );
    if (!after) throw new Outdated();
    return after.rev;
  }

  private now(): Date {
    return new Date(this.around.clock.now());
  }
}
