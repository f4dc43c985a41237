import { zoneDataVersion } from '@daybook/domain';
import { newId } from '@daybook/platform/crypto';
import { LeaseLost, type Lease, type LeaseStore } from '@daybook/platform/mongo';
import { claimCalendar, holdOf } from '../adapters/mongo/claim-calendar';
import type { CalendarCollections } from '../adapters/mongo/collections';
import { commitSlice, prepareSlice } from '../adapters/mongo/commit-slice';
import type { SyncStoreSurroundings } from '../adapters/mongo/sync-store-surroundings';
import { readWholeUnits } from '../adapters/mongo/read-stored-units';
import { CalendarMoved } from '../ports/calendar-moved';
import type { Clock } from '../ports/clock';
import type { CalendarRecord } from '../ports/records';
import { coverageAt, type CoverageSpan } from '../use-cases/coverage';
import { replanRows, type UnitPlan } from '../use-cases/plan-changes';

const LOOK_EVERY_MS = 600_000;
const UNITS_AT_ONCE = 50;
const LEASE_MS = 15_000;

export interface RollerOptions {
  readonly collections: CalendarCollections;
  readonly leases: LeaseStore;
  readonly surroundings: SyncStoreSurroundings;
  readonly clock: Clock;
  readonly failed: (error: unknown) => void;
}

/**
 * Moves the stored stretch of every calendar with the days, and computes the future again when the zone data changed.
 * Without news for people, except where newer zone data moved an occurrence. Repeatable: a calendar killed in the middle
 * still carries its old stretch and is taken again.
 */
export class CoverageRoller {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: RollerOptions) {}

  start(): void {
    this.running = this.rollAll();
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.rollAll());
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Every calendar whose stretch or zone data is not today's; a busy one waits for the next look. */
  async rollAll(): Promise<void> {
    try {
      const span = coverageAt(this.options.clock.now());
      const zoneData = zoneDataVersion();
      const due = this.options.collections.calendars.find({
        $or: [{ 'coverage.from': { $ne: span.from } }, { 'coverage.zoneData': { $ne: zoneData } }],
      });
      for await (const calendar of due) {
        if (this.stopped) return;
        const owner = newId('roll');
        await this.options.leases.withLease(
          `connection:${calendar.connectionId}`,
          { owner, ttlMs: LEASE_MS },
          (lease) => this.roll(calendar, lease, { ...span, zoneData }),
        );
      }
    } catch (error) {
      // A calendar that moved on meanwhile is taken again at the next look.
      if (!(error instanceof LeaseLost) && !(error instanceof CalendarMoved)) this.options.failed(error);
    }
  }

  private async roll(
    calendar: CalendarRecord,
    lease: Lease,
    coverage: CoverageSpan & { zoneData: string },
  ): Promise<void> {
    const { collections, surroundings, clock } = this.options;
    const hold = holdOf(lease, await claimCalendar(collections, lease, calendar._id));
    await collections.occurrences.deleteMany({ calendarId: calendar._id, endsAt: { $lte: coverage.from } });
    const quiet: SyncStoreSurroundings = {
      ...surroundings,
      committed: (outcome) => surroundings.committed({ ...outcome, written: 0, removed: 0, visible: false }),
    };
    const recomputed = calendar.coverage.zoneData !== coverage.zoneData;
    const options = { coverage, zone: calendar.timeZone ?? 'UTC', now: new Date(clock.now()) };
    for await (const unitIds of this.unitsTouched(calendar, coverage)) {
      const stored = await readWholeUnits(collections, unitIds);
      const plans = unitIds.flatMap((unitId): UnitPlan[] => {
        const unit = stored.get(unitId);
        if (!unit) return [];
        const { rows, moved } = replanRows(unitId, unit, options);
        if (rows.put.length + rows.removed.length === 0) return [];
        const head = unit.items.get(unitId);
        const news =
          recomputed && moved && head
            ? [{ type: 'updated' as const, before: head, after: head, event: 'updated' as const }]
            : [];
        return [{ items: news, rows }];
      });
      if (plans.length === 0) continue;
      const slice = await prepareSlice(quiet, { plans, initial: false, revBefore: null });
      await commitSlice(quiet, hold, calendar, slice, null);
    }
    await commitSlice(quiet, hold, calendar, null, { set: { coverage } });
  }

  /** All series, and what stands alone in the days that came into reach. */
  private async *unitsTouched(calendar: CalendarRecord, coverage: CoverageSpan): AsyncGenerator<string[]> {
    const begin = new Date(calendar.coverage.to.getTime() - calendar.longestMs);
    const found = this.options.collections.meetings.find(
      {
        calendarId: calendar._id,
        $or: [
          { kind: 'series' },
          { kind: { $in: ['single', 'exception'] }, startsAt: { $gte: begin, $lt: coverage.to } },
        ],
      },
      { projection: { seriesId: 1 } },
    );
    let batch = new Set<string>();
    for await (const item of found) {
      batch.add(item.seriesId ?? item._id);
      if (batch.size < UNITS_AT_ONCE) continue;
      yield [...batch];
      batch = new Set();
    }
    if (batch.size > 0) yield [...batch];
  }
}
