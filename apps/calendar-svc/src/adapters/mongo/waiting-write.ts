import { hash } from 'node:crypto';
import type { WriteTarget } from '@daybook/provider-port';
import { draftOf, type WaitingWrite } from '@daybook/sync-engine';
import type { CalendarRecord, LeftPlace, MeetingRecord, PendingWrite, WritingPart } from '../../ports/records';

/** A record that waits, with what else has to be known to write it. */
export interface WaitingRecord {
  readonly record: MeetingRecord & { readonly writing: WritingPart };
  readonly calendar: Pick<CalendarRecord, '_id' | 'remoteId' | 'timeZone'>;
  /** Of an occurrence: its series. */
  readonly series: MeetingRecord | null;
}

/** The same for all attempts of one creation, and in no other deployment: 40 characters of 0-9 and a-f. */
export function creationKey(deployment: string, meetingId: string, creations: number): string {
  return hash('sha256', `${deployment} ${meetingId} ${creations}`, 'hex').slice(0, 40);
}

export function pendingWriteOf(
  { record, calendar, series }: WaitingRecord,
  pending: PendingWrite,
  deployment: string,
): WaitingWrite {
  const { writing, content } = record;
  const { operation, agreed, sent, notify, attempts } = pending;
  return {
    id: record._id,
    operation,
    calendarRemoteId: calendar.remoteId,
    timeZone: calendar.timeZone,
    key: creationKey(deployment, record._id, writing.creations),
    target: operation === 'create' ? null : targetOf(record, series),
    marker: { deployment, meetingId: series?._id ?? record._id },
    agreed,
    intended: operation === 'remove' || content === null ? null : draftOf(content, record.lines),
    sent,
    version: record.remoteVersion === '' || record.former ? null : record.remoteVersion,
    notify,
    attempts,
  };
}

/** An item by its name; an occurrence that has none of its own yet by its series; null where nothing is known to be there. */
function targetOf(
  { remoteId, remoteVersion, originalStart }: MeetingRecord,
  series: MeetingRecord | null,
): WriteTarget | null {
  if (remoteVersion !== '') return { type: 'item', remoteId };
  if (series === null || originalStart === null) return null;
  return { type: 'occurrence', seriesRemoteId: series.remoteId, originalStart };
}

const LEFT = '|left|';

export const leftId = (recordId: string, { remoteId }: Pick<LeftPlace, 'remoteId'>): string =>
  `${recordId}${LEFT}${remoteId}`;

/** The removal of a meeting from where it lay before. */
export function leftWriteOf(
  { record, calendar }: Omit<WaitingRecord, 'series'>,
  left: LeftPlace,
  deployment: string,
): WaitingWrite {
  return {
    id: leftId(record._id, left),
    operation: 'remove',
    calendarRemoteId: calendar.remoteId,
    timeZone: calendar.timeZone,
    key: creationKey(deployment, record._id, 0),
    target: { type: 'item', remoteId: left.remoteId },
    marker: { deployment, meetingId: record._id },
    agreed: null,
    intended: null,
    sent: left.sent ? 'removal' : null,
    version: left.remoteVersion === '' || left.former ? null : left.remoteVersion,
    notify: left.notify,
    attempts: left.attempts,
  };
}

/** Which meeting a write is of, and which place it leaves; null: it is written where it lies. */
export function partsOf({ id }: Pick<WaitingWrite, 'id'>): {
  readonly meetingId: string;
  readonly leaves: string | null;
} {
  const at = id.indexOf(LEFT);
  return at < 0 ? { meetingId: id, leaves: null } : { meetingId: id.slice(0, at), leaves: id.slice(at + LEFT.length) };
}
