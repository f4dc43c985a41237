import { type MeetingTime, originalStartKey } from '@daybook/domain';
import { type MeetingDraft, ProviderError, type RemoteMeeting } from '@daybook/provider-port';
import { at, content, FakeClock, type FakeItem, FakeProvider, single } from '@daybook/testing/fakes';
import { runCalendar } from '../calendar-run';
import { runWrites } from '../write-back';
import { Crash, disturbed, type Disturbance } from './disturbed';
import { FakeCalendarSyncStore } from './fake-calendar-sync-store';
import { FakeMeetingRecords, type FakeRecord } from './fake-meeting-records';
import { FakeWriteQueue } from './fake-write-queue';
import { EDITED_FIELDS, type EditedField, EMPTY_DRAFT, slot, timesAt, valueOf, valuesOf } from './write-values';

/** A change a person made here and was not refused on the spot. */
export interface Accepted {
  readonly id: string;
  readonly field: EditedField;
  readonly value: string;
  /** What both sides were known to agree on when it was entered. */
  readonly instead: string;
  /** Somebody changed their mind since: a later edit, a removal, an undo. */
  over: boolean;
}

const ADA = 'ada@example.com';

/** Both sides of a calendar, the people on each, and all they did. Every value that is entered anywhere is entered once. */
export class WriteWorld {
  readonly clock = new FakeClock();
  readonly provider: FakeProvider;
  readonly records = new FakeMeetingRecords();
  readonly accepted: Accepted[] = [];
  /** How often each value came into effect at the provider, on each item: an occurrence takes its series' values along. */
  readonly effects = new Map<string, Map<string, number>>();
  /** How often a value may do so more than once, because somebody took back what replaced it. */
  readonly restored = new Map<string, number>();
  /** What the provider's people changed, and ours of a series, by remote id and field. */
  readonly touched = new Set<string>();
  /** Values of the provider's people that gave way to older ones from here: nobody who entered those knew them. */
  readonly trampled: string[] = [];
  /** Our ids of what was removed here and stays so. */
  readonly removed = new Set<string>();
  /** Remote ids of what was to be removed and was taken back before anything went out. */
  readonly kept = new Set<string>();
  readonly removedThere = new Set<string>();
  /** What each of our ids was called at the provider. */
  readonly names = new Map<string, Set<string>>();
  private readonly store: FakeCalendarSyncStore;
  private readonly queue: FakeWriteQueue;
  private readonly enteredThere = new Set<string>();
  private entered = 0;

  constructor(names: 'ours' | 'its') {
    this.provider = new FakeProvider({ clock: this.clock, names, pageSize: 3 });
    this.store = new FakeCalendarSyncStore(this.clock.now, this.records);
    this.queue = new FakeWriteQueue(this.records, this.store);
    const { mailbox } = this;
    const put = mailbox.put.bind(mailbox);
    mailbox.put = (item, calendar) => {
      this.noteEffects(item);
      this.noteTrampled(item);
      return put(item, calendar);
    };
  }

  get mailbox() {
    return this.provider.mailbox(ADA);
  }

  /** What people see here of singles and series. */
  shown(): FakeRecord[] {
    return [...this.records.all.values()].filter(({ occurrence, intended }) => !occurrence && intended);
  }

  schedule(lines: readonly string[]): void {
    const title = this.value('title');
    const { start, end } = this.times('2026-12-01');
    const id = this.records.schedule({ ...EMPTY_DRAFT, title, start, end, lines });
    this.accepted.push({ id, field: 'title', value: title, instead: '', over: false });
  }

  edit(id: string, field: EditedField): void {
    const record = this.records.all.get(id);
    if (!record?.intended) return;
    const change = this.change(field, record.intended);
    const instead = valueOf(field, this.records.agreedOf(record) ?? {});
    this.records.edit(id, change);
    const now = this.records.all.get(id)?.intended;
    const value = valueOf(field, change);
    if (!now || valueOf(field, now) !== value) return;
    for (const earlier of this.accepted) if (earlier.id === id && earlier.field === field) earlier.over = true;
    this.removed.delete(id);
    this.accepted.push({ id, field, value, instead, over: false });
    if (record.occurrence === null) for (const name of [id, record.remoteId]) this.touched.add(`${name} ${field}`);
  }

  remove(id: string): void {
    const gone = [id, ...this.idsUnder(id)];
    const record = this.records.all.get(id);
    this.records.remove(id);
    if (this.records.all.get(id)?.intended) return;
    for (const member of gone) this.removed.delete(member);
    this.removed.add(id);
    this.kept.delete(`${record?.remoteId}`);
    for (const earlier of this.accepted) if (gone.includes(earlier.id)) earlier.over = true;
  }

  undo(id: string): void {
    const record = this.records.all.get(id);
    if (!record?.pending) return;
    const agreed = this.records.agreedOf(record);
    if (agreed) for (const value of valuesOf(agreed)) this.restored.set(value, (this.restored.get(value) ?? 0) + 1);
    const { operation, sent } = record.pending;
    if (operation === 'remove' && sent === null && record.remoteId !== null) this.kept.add(record.remoteId);
    this.removed.delete(id);
    this.records.undo(id);
    for (const earlier of this.accepted) if (earlier.id === id) earlier.over = true;
  }

  putThere(lines: readonly string[]): void {
    const remoteId = `there${(this.entered += 1)}`;
    const { start, end } = this.times('2026-12-01');
    const its = single(remoteId, content(this.value('title'), start, end));
    this.mailbox.put(lines.length === 0 ? its : { ...its, kind: 'series', lines });
  }

  removeThere({ remoteId }: RemoteMeeting): void {
    this.removedThere.add(remoteId);
    this.mailbox.remove(remoteId);
  }

  editThere(item: RemoteMeeting, field: EditedField): void {
    if (item.kind === 'cancelled') return;
    const change = this.change(field, item.content);
    this.enteredThere.add(`${item.remoteId} ${valueOf(field, change)}`);
    this.mailbox.put({ ...item, content: { ...item.content, ...change } });
    this.touched.add(`${item.remoteId} ${field}`);
    if (item.kind === 'exception') this.touched.add(`${item.seriesRemoteId} ${field}`);
  }

  /** One occurrence at the provider: with a field changed, or taken out. */
  changeOccurrenceThere(series: RemoteMeeting, index: number, field: EditedField | null): void {
    if (series.kind !== 'series') return;
    const originalStart = slot(series.content.start, index);
    const key = originalStartKey(originalStart);
    const remoteId = `${series.remoteId}_${key}`;
    const known = this.mailbox.items().find((item) => item.remoteId === remoteId);
    if (known?.kind === 'cancelled') return;
    const place = { remoteId, seriesRemoteId: series.remoteId, originalStart };
    if (field === null) {
      this.removedThere.add(remoteId);
      return void this.mailbox.put({ kind: 'cancelled', ...place });
    }
    const { marker, iCalUid } = series;
    const its = known?.kind === 'exception' ? known.content : { ...series.content, ...timesAt(originalStart) };
    this.editThere({ kind: 'exception', ...place, marker, iCalUid, version: '', content: its }, field);
  }

  /** One run of the connection's worker: what waits is written, then the calendar is read, or only one of them. */
  async run(what: 'writes' | 'calendar' | 'both', disturb: Disturbance): Promise<void> {
    const session = this.provider.calendar.open(this.provider.access(ADA));
    if (!session.writes) throw new Error('the fake provider writes');
    const rest = { now: this.clock.now, random: () => 0.5 };
    const noted = (): void => {
      this.noteNames();
      disturb();
    };
    const store = disturbed(this.store, noted);
    try {
      const queue = disturbed(this.queue, noted);
      const writes = disturbed(session.writes, noted);
      if (what !== 'calendar') await runWrites({ ...rest, writes, queue, stopped: () => false });
      const stopped = (): boolean => what === 'both' && [...this.records.all.values()].some(({ pending }) => pending);
      if (what !== 'writes') await runCalendar({ ...rest, session, calendarRemoteId: 'primary', store, stopped });
    } catch (error) {
      if (!(error instanceof ProviderError) && !(error instanceof Crash)) throw error;
    }
  }

  private noteNames(): void {
    for (const record of this.records.all.values()) {
      const names = this.names.get(record.id) ?? new Set<string>();
      const series = record.occurrence && 'id' in record.occurrence.series ? record.occurrence.series.id : null;
      for (const name of [record.remoteId, this.records.seriesRemoteId(record), series])
        if (name !== null) names.add(name);
      this.names.set(record.id, names);
    }
  }

  private idsUnder(id: string): string[] {
    const record = this.records.all.get(id);
    return record ? this.records.membersOf(record).map((member) => member.id) : [];
  }

  private value(of: string): string {
    return `${of} ${(this.entered += 1)}`;
  }

  private change(field: EditedField, now: { readonly start: MeetingTime }): Partial<MeetingDraft> {
    if (field !== 'time') return { [field]: this.value(field) };
    return this.times('date' in now.start ? now.start.date : now.start.dateTime.slice(0, 10));
  }

  /** Minutes of the morning, each once. */
  private times(date: string): { readonly start: MeetingTime; readonly end: MeetingTime } {
    const minute = (this.entered += 1);
    const clock = `${`${6 + Math.floor(minute / 60)}`.padStart(2, '0')}:${`${minute % 60}`.padStart(2, '0')}`;
    return { start: at(`${date}T${clock}`), end: at(`${date}T20:00`) };
  }

  private noteTrampled(item: FakeItem): void {
    const before = this.mailbox.items().find(({ remoteId }) => remoteId === item.remoteId);
    if (item.kind === 'cancelled' || !before || before.kind === 'cancelled') return;
    for (const field of EDITED_FIELDS) {
      const [was, is] = [valueOf(field, before.content), valueOf(field, item.content)];
      const here = this.accepted.find(({ value }) => value === is);
      const theirs = was !== is && this.enteredThere.has(`${item.remoteId} ${was}`);
      if (theirs && here && here.instead !== was) this.trampled.push(`${was}: ${is}`);
    }
  }

  private noteEffects(item: FakeItem): void {
    if (item.kind === 'cancelled') return;
    const items = this.mailbox.items();
    const before = items.find(({ remoteId }) => remoteId === item.remoteId);
    const from = before ?? (item.kind === 'exception' ? items.find((it) => it.remoteId === item.seriesRemoteId) : null);
    const were = from && from.kind !== 'cancelled' ? valuesOf(from.content) : [];
    for (const value of valuesOf(item.content)) {
      if (were.includes(value)) continue;
      const times = this.effects.get(value) ?? new Map<string, number>();
      times.set(item.remoteId, (times.get(item.remoteId) ?? 0) + 1);
      this.effects.set(value, times);
    }
  }
}
