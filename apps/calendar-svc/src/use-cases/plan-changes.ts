import { isDeepStrictEqual } from 'node:util';
import { adoptRemote, withOwnPart, type Settling } from './adopt-remote';
import { isSameElsewhere } from './is-same-elsewhere';
import type { MeetingCandidate } from './remote-to-meeting';
import { withoutHollow } from './hollow-occurrences';
import { rowOf, rowsOfSeries, type DerivationOptions, type OccurrenceDraft } from './derive-occurrences';
import type { MeetingEventKind } from './meeting-event';
import type { MeetingRecord, OccurrenceRecord } from '../ports/records';

/*
 * What one unit (a single item, or a series with all its exceptions) has to write so that the store equals what the
 * provider said. Pure: the store hands in what it has and carries out what comes back. A unit in which nothing differs
 * gives nothing to write.
 */

export interface StoredUnit {
  /** All stored items of the unit by id. */
  readonly items: ReadonlyMap<string, MeetingRecord>;
  readonly rows: readonly OccurrenceRecord[];
}

export interface UnitInput {
  /** The item the unit is named after: a single's or a series' id. */
  readonly unitId: string;
  readonly candidates: readonly MeetingCandidate[];
  /** Ids of items the provider says are gone. */
  readonly removed: readonly string[];
  readonly stored: StoredUnit;
  /** Set where a write of ours is being settled: then the same version is looked at, too. */
  readonly settling?: Settling;
  readonly at?: Date;
}

export interface ItemChange {
  /** `touched`: only the provider's version moved, nobody needs to know. `intended`: meant by a person, not in effect yet. */
  readonly type: 'created' | 'updated' | 'touched' | 'intended' | 'removed';
  readonly before: MeetingRecord | null;
  /** For `removed` the last state, with its sequence raised. */
  readonly after: MeetingCandidate;
  readonly event: MeetingEventKind | null;
  readonly by?: 'client';
}

export type RowName = Pick<OccurrenceRecord, '_id' | 'identity'>;

export interface UnitPlan {
  readonly items: readonly ItemChange[];
  readonly rows: {
    readonly put: readonly OccurrenceDraft[];
    readonly removed: readonly RowName[];
    /** Rows that stay under another identity, as they were. */
    readonly regrouped: readonly RowName[];
    /** Rows whose times stay but whose content changed: their revision is raised. */
    readonly touched: readonly string[];
    /** No row of the unit was there before. */
    readonly fresh: boolean;
  };
}

export function planUnit(input: UnitInput, options: DerivationOptions): UnitPlan | null {
  const [only] = input.candidates;
  if (only?.kind === 'single' && isNewAndAlone(input)) return planNewSingle(only, options);
  const after = new Map<string, MeetingCandidate>(input.stored.items);
  const changes: ItemChange[] = [];
  const removed = removedWith(input);
  for (const id of removed) {
    const before = input.stored.items.get(id);
    if (!before) continue;
    after.delete(id);
    // A lifted exception leaves its occurrence in place, so that is news of the occurrence, not its end.
    const lifted =
      before.kind !== 'single' && before.kind !== 'series' && before.seriesId !== null && !removed.has(before.seriesId);
    changes.push({
      type: 'removed',
      before,
      after: before,
      event: lifted ? 'updated' : before.kind === 'cancelled' ? null : 'cancelled',
    });
  }
  for (const candidate of input.candidates) {
    const before = input.stored.items.get(candidate._id) ?? null;
    const change = changeOf(before, candidate, { unit: after, input });
    after.set(candidate._id, change?.after ?? (before ? withOwnPart(before, candidate) : candidate));
    if (change) changes.push(change);
  }
  if (changes.length === 0) return null;
  const news = withoutHollow(changes, after, input);
  const contentChanged = new Set(
    news.filter((change) => change.type === 'updated' || change.type === 'intended').map((change) => change.after._id),
  );
  return {
    items: news,
    rows: diffRows(input.stored.rows, deriveRows(input.unitId, after, options), contentChanged),
  };
}

function isNewAndAlone({ candidates, removed, stored }: UnitInput): boolean {
  return candidates.length === 1 && removed.length === 0 && stored.items.size === 0 && stored.rows.length === 0;
}

const NONE: readonly never[] = Object.freeze([]);

/** What nearly every item of a first sync is; the general way comes to the same with eight collections more. */
function planNewSingle(single: MeetingCandidate, { coverage }: DerivationOptions): UnitPlan {
  return {
    items: [{ type: 'created', before: null, after: single, event: 'created' }],
    rows: { put: rowOf(single, coverage), removed: NONE, regrouped: NONE, touched: NONE, fresh: true },
  };
}

/**
 * The rows a unit should have in another stretch or under newer zone data. `moved` says that an occurrence still ahead
 * changed its time, which others must hear of; everything else about rolling is nobody's news.
 */
export function replanRows(
  unitId: string,
  stored: StoredUnit,
  options: DerivationOptions & { readonly now: Date },
): { rows: UnitPlan['rows']; moved: boolean } {
  const rows = diffRows(stored.rows, deriveRows(unitId, stored.items, options), new Set());
  const before = new Set(stored.rows.map((row) => row._id));
  const moved = rows.put.some((row) => before.has(row._id) && row.endsAt > options.now) || rows.removed.length > 0;
  return { rows, moved };
}

/** A series that goes takes its exceptions along. */
function removedWith(input: UnitInput): ReadonlySet<string> {
  const removed = new Set(input.removed);
  for (const item of input.stored.items.values())
    if (item.seriesId !== null && removed.has(item.seriesId)) removed.add(item._id);
  return removed;
}

function changeOf(
  before: MeetingRecord | null,
  candidate: MeetingCandidate,
  { unit, input }: { unit: ReadonlyMap<string, MeetingCandidate>; input: UnitInput },
): ItemChange | null {
  if (before === null) {
    const partOfKnownSeries = candidate.seriesId !== null && unit.has(candidate.seriesId);
    const event = candidate.kind === 'cancelled' ? 'cancelled' : partOfKnownSeries ? 'updated' : 'created';
    return { type: 'created', before, after: candidate, event };
  }
  const same = !before.former && before.remoteVersion === candidate.remoteVersion && before.kind === candidate.kind;
  if (same && !input.settling) return null;
  const { writing } = before;
  if (writing?.pending) {
    const settling = input.settling ?? { how: 'found' as const, sent: writing.pending.sent };
    const adopting = { ...settling, at: input.at ?? new Date(0) };
    return adoptRemote({ ...before, writing }, writing.pending, candidate, adopting);
  }
  const after = withOwnPart(before, candidate);
  if (sameForPeople(before, after)) return same ? null : { type: 'touched', before, after, event: null };
  return { type: 'updated', before, after, event: after.kind === 'cancelled' ? 'cancelled' : 'updated' };
}

function sameForPeople(before: MeetingRecord, candidate: MeetingCandidate): boolean {
  const { sequence: _sequence, rev: _rev, remoteVersion: _old, ...stored } = before;
  const { sequence: _none, rev: _neither, remoteVersion: _new, ...fresh } = candidate;
  return isDeepStrictEqual(stored, fresh) || isSameElsewhere(before, candidate);
}

/** The rows of a unit after changes that are known already. */
export function planRows(
  unitId: string,
  { stored, items }: { stored: StoredUnit; items: readonly ItemChange[] },
  options: DerivationOptions,
): UnitPlan {
  const after = new Map<string, MeetingCandidate>(stored.items);
  for (const change of items) {
    if (change.type === 'removed') after.delete(change.after._id);
    else after.set(change.after._id, change.after);
  }
  const changed = new Set(items.map((change) => change.after._id));
  return { items, rows: diffRows(stored.rows, deriveRows(unitId, after, options), changed) };
}

function deriveRows(
  unitId: string,
  items: ReadonlyMap<string, MeetingCandidate>,
  options: DerivationOptions,
): OccurrenceDraft[] {
  const head = items.get(unitId);
  if (head?.kind === 'series') {
    const exceptions = [...items.values()].filter((item) => item.seriesId === unitId);
    return rowsOfSeries(head, exceptions, options);
  }
  return [...items.values()].flatMap((item) => rowOf(item, options.coverage));
}

function diffRows(
  stored: readonly OccurrenceRecord[],
  derived: readonly OccurrenceDraft[],
  contentChanged: ReadonlySet<string>,
): UnitPlan['rows'] {
  const before = new Map(stored.map((row) => [row._id, row]));
  const put: OccurrenceDraft[] = [];
  const touched: string[] = [];
  const regrouped: RowName[] = [];
  for (const row of derived) {
    const old = before.get(row._id);
    before.delete(row._id);
    if (!old || !sameRow(old, row)) put.push(row);
    else if (contentChanged.has(row.itemId)) touched.push(row._id);
    if (old && old.identity !== row.identity) regrouped.push({ _id: old._id, identity: old.identity });
  }
  const removed = [...before.values()].map(({ _id, identity }) => ({ _id, identity }));
  return { put, removed, regrouped, touched, fresh: stored.length === 0 };
}

function sameRow(stored: OccurrenceRecord, derived: OccurrenceDraft): boolean {
  return isDeepStrictEqual({ ...stored, rev: derived.rev }, derived);
}
