import { originalStartKey } from '@daybook/domain';
import type { MeetingDraft, RemoteMeeting } from '@daybook/provider-port';
import { draftOfItem, mergeMeeting } from '../merge-meeting';
import type { SettleHow, WaitingWrite } from '../write-queue';
import { type FakeMeetingRecords, type FakeRecord, gone, keyOf } from './fake-meeting-records';

export const DEPLOYMENT = 'here';

/** A listing or a delta brings an item: it meets what waits for it. */
export function bring(records: FakeMeetingRecords, item: RemoteMeeting): void {
  const record = recordOf(records, item) ?? newRecord(records, item);
  // An echo: nothing of it is new, and what is under way is looked up by whoever sent it.
  if (record.remoteId === item.remoteId && record.remoteVersion === item.version) return;
  adopt(records, { record: { ...record, remoteId: item.remoteId }, item, how: 'found', sent: sentOf(record) });
}

/** The provider has an item no more. */
export function takeAway(records: FakeMeetingRecords, remoteId: string): void {
  const record = [...records.all.values()].find((known) => known.remoteId === remoteId);
  if (!record) return;
  if (record.pending && record.pending.operation !== 'remove') records.told.push(gone(record));
  records.drop(record, gone);
}

export interface Adoption {
  readonly record: FakeRecord;
  readonly item: RemoteMeeting;
  readonly how: SettleHow;
  readonly sent: WaitingWrite['sent'];
}

/** Takes over version and content; gives what is left of the intention. */
export function adopt(records: FakeMeetingRecords, { record, item, how, sent }: Adoption): 'done' | 'left' {
  const theirs = draftOfItem(item);
  const { pending, intended } = record;
  const seen = { ...record, remoteVersion: item.version };
  if (!theirs) {
    if (pending && pending.operation !== 'remove') records.told.push(gone(record));
    records.put({ ...seen, agreed: null, intended: null, pending: null });
    return 'done';
  }
  if (!pending) {
    records.put({ ...seen, agreed: theirs, intended: theirs });
    return 'done';
  }
  if (!intended) {
    records.put({ ...seen, agreed: theirs, pending: how === 'answered' ? { ...pending, sent: null } : pending });
    return 'left';
  }
  const asked: MeetingDraft | null = sent === 'removal' ? null : sent;
  const { merged, fields, lost } = mergeMeeting({
    agreed: records.agreedOf(record),
    sent: asked,
    intended,
    theirs,
    how,
  });
  for (const each of lost) records.told.push({ type: 'overridden', id: record.id, ...each });
  const rest = { ...pending, operation: 'update', sent: null } as const;
  records.put({ ...seen, agreed: theirs, intended: merged, pending: fields.length > 0 ? rest : null });
  return fields.length > 0 ? 'left' : 'done';
}

function recordOf(records: FakeMeetingRecords, item: RemoteMeeting): FakeRecord | undefined {
  const all = [...records.all.values()];
  const known = all.find(({ remoteId }) => remoteId === item.remoteId);
  if (known) return known;
  if (item.kind === 'exception' || item.kind === 'cancelled') {
    const key = originalStartKey(item.originalStart);
    return all.find(
      (record) =>
        record.occurrence && keyOf(record.occurrence) === key && records.seriesRemoteId(record) === item.seriesRemoteId,
    );
  }
  // What carries our marker is that meeting, as long as no other item is.
  if (item.marker?.deployment !== DEPLOYMENT) return undefined;
  const ours = records.all.get(item.marker.meetingId);
  return ours?.remoteId === null ? ours : undefined;
}

function newRecord(records: FakeMeetingRecords, item: RemoteMeeting): FakeRecord {
  const marker = item.kind === 'single' || item.kind === 'series' ? item.marker : null;
  const ours = marker?.deployment === DEPLOYMENT && !records.all.has(marker.meetingId) ? marker.meetingId : null;
  const occurrence =
    item.kind === 'exception' || item.kind === 'cancelled'
      ? { series: { remoteId: item.seriesRemoteId }, originalStart: item.originalStart }
      : null;
  return {
    id: ours ?? `their ${item.remoteId}`,
    origin: ours === null ? 'provider' : 'here',
    occurrence,
    remoteId: item.remoteId,
    remoteVersion: null,
    agreed: null,
    intended: null,
    pending: null,
  };
}

function sentOf({ pending }: FakeRecord): WaitingWrite['sent'] {
  return pending?.sent ?? null;
}
