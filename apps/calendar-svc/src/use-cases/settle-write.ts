import type { WriteRefusal } from '@daybook/sync-engine';
import type { CalendarRecord, MeetingRecord } from '../ports/records';
import { timing } from './draft-record';
import type { ItemChange } from './plan-changes';

/** An occurrence that is taken out of its series: the provider's own version of that comes with the next run. */
export function cancelledOf(record: MeetingRecord): ItemChange {
  const { writing: _done, ...rest } = record;
  const after: MeetingRecord = { ...rest, kind: 'cancelled', content: null, join: null, endsAt: record.startsAt };
  return { type: 'updated', before: record, after, event: 'cancelled', by: 'client' };
}

export interface Refusing {
  /** The one whose write was refused. */
  readonly record: MeetingRecord;
  /** Where it lies from now on. */
  readonly home: Pick<CalendarRecord, '_id' | 'connectionId' | 'timeZone' | 'service'>;
  readonly why: WriteRefusal;
  readonly at: Date;
}

/**
 * What a refusal makes of the items of a unit. A creation leaves the meeting in no calendar, with all that belongs to it; a
 * change or a removal leaves it as both sides last agreed.
 */
export function refusedRecord(item: MeetingRecord, { record, home, why, at }: Refusing): ItemChange[] {
  const { writing } = item;
  const moves = item.calendarId !== home._id;
  if (item._id !== record._id) {
    if (!moves) return [];
    const after = { ...item, ...placeOf(home), ...(writing ? { writing: { ...writing, pending: null } } : {}) };
    return [{ type: 'intended', before: item, after, event: null, by: 'client' }];
  }
  if (!writing?.pending) return [];
  const { operation, agreed } = writing.pending;
  const settled = { ...writing, pending: null, refused: { operation, at, code: why } };
  if (operation === 'create') {
    const after = { ...item, ...placeOf(home), writing: settled };
    return [{ type: 'updated', before: item, after, event: item.sequence === 0 ? 'created' : 'updated', by: 'client' }];
  }
  const after = { ...item, ...backTo(item, agreed, home.timeZone ?? 'UTC'), writing: settled };
  return [{ type: 'intended', before: item, after, event: null, by: 'client' }];
}

function placeOf({ _id, connectionId }: Refusing['home']): Partial<MeetingRecord> {
  return { calendarId: _id, connectionId, remoteId: '', remoteVersion: '', iCalUid: null };
}

function backTo(
  item: MeetingRecord,
  agreed: NonNullable<NonNullable<MeetingRecord['writing']>['pending']>['agreed'],
  zone: string,
): Partial<MeetingRecord> {
  if (agreed === null || item.content === null) return {};
  const { lines, ...fields } = agreed;
  const content = { ...item.content, ...fields };
  const { kind: _kind, ...times } = timing({ start: agreed.start, end: agreed.end, lines }, zone);
  return { content, ...times };
}
