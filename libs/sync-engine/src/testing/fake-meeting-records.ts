import { type OriginalStart, originalStartKey } from '@daybook/domain';
import type { MeetingDraft } from '@daybook/provider-port';
import { differingFields, laidOver } from '../merge-meeting';
import type { LostField, WaitingWrite, WriteRefusal } from '../write-queue';
import { occurrenceDraft } from './occurrence-draft';

/** What waits to be written of a record. */
export interface FakeIntention {
  readonly operation: WaitingWrite['operation'];
  readonly sent: WaitingWrite['sent'];
  /** Its place among all intentions: the earlier ones go first. */
  readonly since: number;
  readonly attempts: number;
  readonly notBefore: number;
}

/** One meeting, or an occurrence that has something of its own. */
export interface FakeRecord {
  readonly id: string;
  readonly origin: 'here' | 'provider';
  /** Of an occurrence; its series by our name where it was changed here first. */
  readonly occurrence: {
    readonly series: { readonly id: string } | { readonly remoteId: string };
    readonly originalStart: OriginalStart;
  } | null;
  /** Null: the provider has not shown an item of that name yet. */
  readonly remoteId: string | null;
  readonly remoteVersion: string | null;
  /** As both sides last agreed; null of a create and of what is cancelled. */
  readonly agreed: MeetingDraft | null;
  /** What people see; null: it is removed or cancelled. */
  readonly intended: MeetingDraft | null;
  readonly pending: FakeIntention | null;
}

/** What a person is told of an intention that did not come true as it was meant. */
export type Told =
  | ({ readonly type: 'overridden'; readonly id: string } & LostField)
  | { readonly type: 'refused'; readonly id: string; readonly why: WriteRefusal; readonly ours: MeetingDraft | null }
  /** The provider's removal won. */
  | { readonly type: 'gone'; readonly id: string; readonly ours: MeetingDraft | null };

/** The meetings of one calendar in memory, and what people do to them here. Every method is one transaction. */
export class FakeMeetingRecords {
  readonly all = new Map<string, FakeRecord>();
  readonly told: Told[] = [];
  private named = 0;
  private turn = 0;

  schedule(draft: MeetingDraft): string {
    const id = `meeting${(this.named += 1)}`;
    const place = { occurrence: null, remoteId: null, remoteVersion: null, agreed: null };
    this.all.set(id, { id, origin: 'here', ...place, intended: draft, pending: this.begun('create') });
    return id;
  }

  /** What is not there for people is not edited. */
  edit(id: string, change: Partial<MeetingDraft>): void {
    const record = this.all.get(id);
    if (record?.intended && this.seriesOf(record)?.intended !== null) {
      this.intend(record, { ...record.intended, ...change });
    }
  }

  remove(id: string): void {
    const record = this.all.get(id);
    if (!record?.intended || this.seriesOf(record)?.intended === null) return;
    // What waited for single occurrences goes with their series.
    for (const member of this.membersOf(record))
      this.put({ ...member, intended: this.agreedOf(member), pending: null });
    this.intend(record, null);
  }

  /** The id under which the occurrence is edited or removed from then on; null where its series is not there. */
  takeOut(seriesId: string, originalStart: OriginalStart): string | null {
    const series = this.all.get(seriesId);
    if (!series?.intended || series.intended.lines.length === 0) return null;
    const key = originalStartKey(originalStart);
    const known = this.membersOf(series).find(({ occurrence }) => occurrence && keyOf(occurrence) === key);
    if (known) return known.id;
    const id = `${seriesId} ${key}`;
    const place = { occurrence: { series: { id: seriesId }, originalStart }, remoteId: null, remoteVersion: null };
    const intended = occurrenceDraft(series.intended, originalStart);
    this.all.set(id, { id, origin: series.origin, ...place, agreed: null, intended, pending: null });
    return id;
  }

  /** Takes back what waits. What may be at the provider already is written back instead. */
  undo(id: string): void {
    const record = this.all.get(id);
    if (record?.pending) this.intend(record, this.agreedOf(record));
  }

  membersOf(series: FakeRecord): readonly FakeRecord[] {
    return [...this.all.values()].filter((record) => this.seriesOf(record) === series);
  }

  seriesRemoteId({ occurrence }: FakeRecord): string | null {
    if (!occurrence) return null;
    return 'remoteId' in occurrence.series
      ? occurrence.series.remoteId
      : (this.all.get(occurrence.series.id)?.remoteId ?? null);
  }

  /** An occurrence nobody has looked at yet is agreed to be as its series makes it. */
  agreedOf(record: FakeRecord): MeetingDraft | null {
    if (!record.occurrence || record.remoteVersion !== null) return record.agreed;
    const agreed = this.seriesOf(record)?.agreed;
    return agreed ? occurrenceDraft(agreed, record.occurrence.originalStart) : null;
  }

  /** Keeps a record; occurrences that only exist as intentions follow their series in whatever was not changed on them. */
  put(after: FakeRecord): void {
    const before = this.all.get(after.id);
    this.all.set(after.id, after);
    if (before?.intended && after.intended) this.rebase(after, before.intended, after.intended);
    const nothingOfItsOwn = after.occurrence && after.remoteId === null && after.intended && !after.pending;
    if (nothingOfItsOwn) this.all.delete(after.id);
  }

  /** Forgets a record with all that hangs on it, and tells of intentions that go with it. */
  drop(record: FakeRecord, tell: (member: FakeRecord) => Told): void {
    for (const member of this.membersOf(record)) {
      if (member.pending && member.pending.operation !== 'remove') this.told.push(tell(member));
      this.all.delete(member.id);
    }
    this.all.delete(record.id);
  }

  private seriesOf(record: FakeRecord): FakeRecord | null {
    const series = record.occurrence?.series;
    if (!series) return null;
    if ('id' in series) return this.all.get(series.id) ?? null;
    return [...this.all.values()].find(({ remoteId }) => remoteId === series.remoteId) ?? null;
  }

  private intend(record: FakeRecord, intended: MeetingDraft | null): void {
    const agreed = this.agreedOf(record);
    const isNew = record.remoteId === null && record.occurrence === null;
    const pending = record.pending ?? this.begun('update');
    const untouched = pending.sent === null;
    if (untouched && isNew && intended === null) return void this.drop(record, (member) => gone(member));
    const through = untouched && intended && agreed && differingFields(intended, agreed).length === 0;
    const operation = intended === null ? 'remove' : isNew ? 'create' : 'update';
    this.put({ ...record, intended, pending: through ? null : { ...pending, operation, attempts: 0 } });
  }

  private rebase(series: FakeRecord, before: MeetingDraft, after: MeetingDraft): void {
    const changed = differingFields(before, after);
    for (const member of this.membersOf(series)) {
      const { occurrence, intended } = member;
      if (!occurrence || member.remoteId !== null || changed.length === 0) continue;
      // Taken out where the series no longer comes by: nothing is left that it could be taken out of.
      if (!intended && !member.pending && changed.includes('time')) this.all.delete(member.id);
      if (!intended || member.remoteVersion !== null) continue;
      const ours = differingFields(intended, occurrenceDraft(before, occurrence.originalStart));
      const follows = occurrenceDraft(after, occurrence.originalStart);
      this.put({ ...member, intended: laidOver(follows, intended, ours) });
    }
  }

  private begun(operation: FakeIntention['operation']): FakeIntention {
    return { operation, sent: null, since: (this.turn += 1), attempts: 0, notBefore: 0 };
  }
}

export function gone({ id, intended }: FakeRecord): Told {
  return { type: 'gone', id, ours: intended };
}

export function keyOf({ originalStart }: { readonly originalStart: OriginalStart }): string {
  return originalStartKey(originalStart);
}
