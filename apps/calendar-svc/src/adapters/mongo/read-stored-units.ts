import type { MeetingRecord, OccurrenceRecord } from '../../ports/records';
import type { StoredUnit } from '../../use-cases/plan-changes';
import type { CalendarCollections } from './collections';
import type { UnitOfPage } from './units-of-page';

const nothing: StoredUnit = { items: new Map(), rows: [] };

/** So few are read whole at once: one question instead of two, and somebody waits. */
const FEW_UNITS = 10;

/**
 * What is stored of these units, in few queries. Of many first only versions are read: a page in which nothing changed costs one
 * covered look and no document. Whole units are read for those in which something differs.
 */
export async function readStoredUnits(
  collections: CalendarCollections,
  units: readonly UnitOfPage[],
): Promise<(unitId: string) => StoredUnit> {
  if (units.length === 0) return () => nothing;
  if (units.length <= FEW_UNITS) {
    const few = await readWholeUnits(
      collections,
      units.map(({ unitId }) => unitId),
    );
    return (unitId) => few.get(unitId) ?? nothing;
  }
  const ids = units.flatMap((unit) => unit.candidates.map((candidate) => candidate._id));
  const versions = new Map<string, string>();
  const found = collections.meetings.find(
    { _id: { $in: ids } },
    { projection: { remoteVersion: 1, kind: 1, former: 1 }, batchSize: 2_000 },
  );
  // A version that another provider gave says nothing.
  for await (const item of found) versions.set(item._id, item.former ? '' : `${item.kind} ${item.remoteVersion}`);

  const unchanged = new Set<string>();
  const reread: string[] = [];
  for (const unit of units) {
    const same =
      unit.removed.length === 0 &&
      unit.candidates.every((item) => versions.get(item._id) === `${item.kind} ${item.remoteVersion}`);
    if (same) unchanged.add(unit.unitId);
    else if (isNewSingle(unit, versions)) continue;
    else reread.push(unit.unitId);
  }
  const whole = reread.length === 0 ? new Map<string, StoredUnit>() : await readWholeUnits(collections, reread);
  const candidatesOf = new Map(units.map((unit) => [unit.unitId, unit]));
  return (unitId) => {
    if (unchanged.has(unitId)) return asStored(candidatesOf.get(unitId));
    return whole.get(unitId) ?? nothing;
  };
}

/** A single never seen before has no rows and no exceptions to look for. */
function isNewSingle(unit: UnitOfPage, versions: ReadonlyMap<string, string>): boolean {
  const [only] = unit.candidates;
  return (
    unit.candidates.length === 1 && unit.removed.length === 0 && only?.kind === 'single' && !versions.has(only._id)
  );
}

/** An unchanged unit compares equal with itself, whatever its numbers are. */
function asStored(unit: UnitOfPage | undefined): StoredUnit {
  return { items: new Map(unit?.candidates.map((item) => [item._id, item])), rows: [] };
}

/** Every item and every row of these units. */
export async function readWholeUnits(
  collections: CalendarCollections,
  unitIds: readonly string[],
): Promise<Map<string, StoredUnit>> {
  const either = { $or: [{ _id: { $in: [...unitIds] } }, { seriesId: { $in: [...unitIds] } }] };
  const [items, rows] = await Promise.all([
    collections.meetings.find(either).toArray(),
    collections.occurrences.find(either).toArray(),
  ]);
  const whole = new Map<string, { items: Map<string, MeetingRecord>; rows: OccurrenceRecord[] }>(
    unitIds.map((unitId) => [unitId, { items: new Map(), rows: [] }]),
  );
  for (const item of items) whole.get(item.seriesId ?? item._id)?.items.set(item._id, item);
  for (const row of rows) whole.get(row.seriesId ?? row._id)?.rows.push(row);
  return whole;
}
