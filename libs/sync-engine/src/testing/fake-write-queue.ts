import type { MeetingDraft, RemoteMeeting, WriteTarget } from '@daybook/provider-port';
import { differingFields, draftOfItem } from '../merge-meeting';
import type { SettleHow, WaitingWrite, WriteQueue, WriteRefusal } from '../write-queue';
import { adopt, DEPLOYMENT } from './fake-adoption';
import type { FakeCalendarSyncStore } from './fake-calendar-sync-store';
import { type FakeIntention, type FakeMeetingRecords, type FakeRecord, gone, type Told } from './fake-meeting-records';

const CALENDAR = 'primary';

/** The queue of a connection with one calendar, on its meetings in memory. */
export class FakeWriteQueue implements WriteQueue {
  constructor(
    private readonly records: FakeMeetingRecords,
    /** Where its calendar is synced, if it is. */
    private readonly calendar: FakeCalendarSyncStore | null = null,
  ) {}

  async next(now: number, except: ReadonlySet<string> = new Set()): Promise<WaitingWrite | null> {
    const due = [...this.records.all.values()]
      .flatMap((record) => (record.pending ? [{ record, pending: record.pending }] : []))
      .filter(({ record, pending }) => pending.notBefore <= now && this.hasPlace(record, pending.since))
      .filter(({ record }) => !except.has(record.id))
      .sort((one, other) => one.pending.since - other.pending.since);
    const first = due[0];
    return first ? this.writeOf(first.record, first.pending) : null;
  }

  async sending(write: WaitingWrite, what: MeetingDraft | 'removal'): Promise<'noted' | 'overtaken'> {
    const record = this.records.all.get(write.id);
    if (record?.pending?.operation !== write.operation) return 'overtaken';
    this.records.put({ ...record, pending: { ...record.pending, sent: what } });
    return 'noted';
  }

  async settle(write: WaitingWrite, item: RemoteMeeting, how: SettleHow): Promise<'done' | 'left'> {
    const record = this.records.all.get(write.id);
    if (!record) return 'done';
    const isItem = how === 'answered' || record.occurrence === null || record.remoteId !== null || arrived(write, item);
    if (isItem) this.calendar?.keep(item);
    const named = isItem ? { ...record, remoteId: item.remoteId } : record;
    return adopt(this.records, { record: named, item, how, sent: write.sent });
  }

  async through(write: WaitingWrite): Promise<void> {
    const record = this.records.all.get(write.id);
    if (!record?.pending || record.pending.sent !== null || !record.intended) return;
    const agreed = this.records.agreedOf(record);
    if (agreed && differingFields(record.intended, agreed).length === 0) this.records.put({ ...record, pending: null });
  }

  async gone(write: WaitingWrite): Promise<void> {
    const record = this.records.all.get(write.id);
    if (!record) return;
    const removed = record.pending?.operation === 'remove';
    if (record.pending && !removed) this.records.told.push(gone(record));
    // An occurrence stays out of its series by a record; whether one that vanished did so by itself, a listing will show.
    if (record.occurrence && removed) return this.records.put({ ...record, agreed: null, pending: null });
    this.calendar?.forget(record.remoteId);
    this.records.drop(record, gone);
  }

  async refuse(write: WaitingWrite, why: WriteRefusal): Promise<void> {
    const record = this.records.all.get(write.id);
    if (!record?.pending) return;
    const refused = ({ id, intended }: FakeRecord): Told => ({ type: 'refused', id, why, ours: intended });
    this.records.told.push(refused(record));
    const agreed = this.records.agreedOf(record);
    if (agreed === null) return this.records.drop(record, refused);
    this.records.put({ ...record, intended: agreed, pending: null });
  }

  async postpone(write: WaitingWrite, until: number, attempts: number): Promise<void> {
    const record = this.records.all.get(write.id);
    if (!record?.pending) return;
    this.records.put({ ...record, pending: { ...record.pending, notBefore: until, attempts } });
  }

  /** An occurrence waits until its series is there. */
  /** An occurrence comes after what was meant with its series before: that may move it, or make it in the first place. */
  private hasPlace(record: FakeRecord, since: number): boolean {
    if (record.occurrence === null) return true;
    const series = this.records.seriesRemoteId(record);
    const pending = [...this.records.all.values()].find(({ remoteId }) => remoteId === series)?.pending;
    return series !== null && !(pending && pending.since <= since);
  }

  private writeOf(record: FakeRecord, { operation, sent, attempts }: FakeIntention): WaitingWrite {
    return {
      id: record.id,
      operation,
      calendarRemoteId: CALENDAR,
      timeZone: null,
      key: keyFor(record.id),
      target: this.targetOf(record),
      marker: { deployment: DEPLOYMENT, meetingId: record.id },
      agreed: this.records.agreedOf(record),
      intended: record.intended,
      sent,
      version: record.remoteVersion,
      notify: false,
      attempts,
    };
  }

  private targetOf(record: FakeRecord): WriteTarget | null {
    const seriesRemoteId = this.records.seriesRemoteId(record);
    if (record.occurrence && seriesRemoteId !== null) {
      return { type: 'occurrence', seriesRemoteId, originalStart: record.occurrence.originalStart };
    }
    return record.remoteId === null ? null : { type: 'item', remoteId: record.remoteId };
  }
}

/**
 * Looked at, an occurrence nobody has touched looks like one that differs from its series. It is an item of its own where
 * something of ours is in effect on it; otherwise only an answer or a listing can say so.
 */
function arrived({ agreed, sent }: WaitingWrite, item: RemoteMeeting): boolean {
  const theirs = draftOfItem(item);
  if (sent === null || sent === 'removal' || !agreed || !theirs) return false;
  const missing = differingFields(sent, theirs);
  return differingFields(sent, agreed).some((field) => !missing.includes(field));
}

/** An id is used for one creation only, so it makes a key; 20 digits to the base of 32. */
function keyFor(id: string): string {
  return Number(id.replace(/\D/g, '') || 0)
    .toString(32)
    .padStart(20, '0');
}
