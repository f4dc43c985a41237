import type { MeetingRecord } from '../ports/records';
import type { ItemChange, UnitInput } from './plan-changes';
import type { MeetingCandidate } from './remote-to-meeting';

/**
 * Occurrences that have an item here only because something was to be written to them that never came about: withdrawn, refused,
 * or the same as what stands there anyway. No provider knows such an item, so it would stay as it is while its series goes
 * on. It goes when its own write is settled, and at the latest with the next change of the series.
 */
export function withoutHollow(
  changes: readonly ItemChange[],
  after: Map<string, MeetingCandidate>,
  { unitId, stored, settling }: UnitInput,
): readonly ItemChange[] {
  const head = stored.items.get(unitId);
  if (!head || head.kind !== 'series') return changes;
  const changed = new Set(changes.map((change) => change.after._id));
  const hollow = [...stored.items.values()].filter((item) => {
    const looked = changed.has(unitId) || (settling !== undefined && changed.has(item._id));
    return looked && isHollow(after.get(item._id), head);
  });
  if (hollow.length === 0) return changes;
  for (const { _id } of hollow) after.delete(_id);
  const gone = new Set(hollow.map(({ _id }) => _id));
  return [
    ...changes.filter((change) => !gone.has(change.after._id)),
    ...hollow.map((item): ItemChange => ({ type: 'removed', before: item, after: item, event: null })),
  ];
}

function isHollow(item: MeetingCandidate | undefined, head: MeetingRecord): boolean {
  if (!item?.writing || item.kind !== 'exception' || item.writing.pending) return false;
  return item.remoteVersion === '' || item.remoteVersion === head.remoteVersion;
}
