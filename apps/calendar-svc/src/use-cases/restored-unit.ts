import { deterministicId } from '@daybook/platform/crypto';
import type { CalendarRecord, MeetingRecord } from '../ports/records';
import { emptyWriting } from './edit-target';
import { planRows, type ItemChange, type UnitPlan } from './plan-changes';
import { occurrenceIdOf } from './remote-to-meeting';

/**
 * The id under which a removed single or series comes back. What was scheduled here keeps its own for life. Of everything else the
 * old id stays with the provider's item, which may come back by itself: two owners of one id would be a loss or a double.
 */
export function restoredIdOf({ _id, origin }: Pick<MeetingRecord, '_id' | 'origin'>): string {
  return origin === 'client' ? _id : deterministicId('mtg', 'restored', _id);
}

/**
 * A single, or a series with what was changed of its occurrences, as the person's own meeting in no calendar. Nobody else has it
 * any more, so it is ours from here on: it can be changed, deleted, and moved into a calendar like what was scheduled here.
 */
export function planRestored(
  head: MeetingRecord,
  members: readonly MeetingRecord[],
  home: Pick<CalendarRecord, '_id' | 'connectionId' | 'coverage' | 'timeZone'>,
): UnitPlan {
  const unitId = restoredIdOf(head);
  const items: ItemChange[] = [created(restored(head, unitId, home), 'created')];
  for (const member of members) {
    const key = member._id.slice(head._id.length + 1);
    const after = restored(member, occurrenceIdOf(unitId, key), home);
    items.push(created({ ...after, seriesId: unitId }, member.kind === 'cancelled' ? 'cancelled' : 'updated'));
  }
  const stored = { items: new Map<string, MeetingRecord>(), rows: [] };
  return planRows(unitId, { stored, items }, { coverage: home.coverage, zone: home.timeZone ?? 'UTC' });
}

function created(after: MeetingRecord, event: ItemChange['event']): ItemChange {
  return { type: 'created', before: null, after, event, by: 'client' };
}

function restored(item: MeetingRecord, _id: string, home: Pick<CalendarRecord, '_id' | 'connectionId'>): MeetingRecord {
  const { content, writing } = item;
  return {
    ...item,
    ...{ _id, calendarId: home._id, connectionId: home.connectionId, remoteId: '', remoteVersion: '' },
    content: content && { ...content, webLink: null },
    origin: 'client',
    writing: { ...(writing ?? emptyWriting()), pending: null, left: [], refused: null },
    ...{ sequence: 0, rev: 0 },
  };
}
