import type { RemoteCalendar, RemoteChange, RemoteMeeting } from '@daybook/provider-port';
import { at, content, single, type FakeItem } from './meeting-builders';

/** An item or its tombstone, with the number of the change that made it so. */
export interface StoredChange {
  readonly remoteId: string;
  readonly sequence: number;
  /** Null: removed. */
  readonly item: RemoteMeeting | null;
}

/** One calendar: its latest state of each item, tombstones included, and a count of changes. */
export class FakeCalendar {
  readonly changes = new Map<string, StoredChange>();
  /** What creates have made, by their keys; a key is never forgotten. */
  readonly madeBy = new Map<string, string>();
  sequence = 0;
  /** Cursors and continuations of an earlier epoch are refused. */
  epoch = 0;
  /** Listed, but nobody may look into it. */
  refused = false;

  constructor(public description: RemoteCalendar) {}

  /** A series that becomes a single meeting loses its exceptions and cancelled occurrences. */
  put(item: FakeItem): RemoteMeeting {
    if (item.kind === 'single' && this.item(item.remoteId)?.kind === 'series') this.buryOccurrencesOf(item.remoteId);
    this.sequence += 1;
    const stored: RemoteMeeting = { ...item, version: `v${this.sequence}` };
    this.changes.set(item.remoteId, { remoteId: item.remoteId, sequence: this.sequence, item: stored });
    return stored;
  }

  /** Removing a series removes its exceptions and cancelled occurrences as well. */
  remove(remoteId: string): void {
    const gone = this.changes.get(remoteId);
    if (!gone?.item) return;
    this.bury(remoteId);
    if (gone.item.kind === 'series') this.buryOccurrencesOf(remoteId);
  }

  /** Null where there is none, or none any more. */
  item(remoteId: string): RemoteMeeting | null {
    return this.changes.get(remoteId)?.item ?? null;
  }

  items(): readonly RemoteMeeting[] {
    return [...this.changes.values()].flatMap(({ item }) => (item ? [item] : []));
  }

  private buryOccurrencesOf(seriesRemoteId: string): void {
    for (const item of this.items()) {
      if ('seriesRemoteId' in item && item.seriesRemoteId === seriesRemoteId) this.bury(item.remoteId);
    }
  }

  private bury(remoteId: string): void {
    this.sequence += 1;
    this.changes.set(remoteId, { remoteId, sequence: this.sequence, item: null });
  }
}

/** A write that took effect. */
export interface FakeWrite {
  readonly operation: 'create' | 'update' | 'remove';
  readonly calendarRemoteId: string;
  readonly remoteId: string;
}

/** A mail an attendee would have got. */
export interface FakeMail {
  readonly to: string;
  readonly reason: 'invitation' | 'update' | 'cancellation';
  readonly title: string;
}

/** One person's account at the fake provider. `primary` is there from the start. */
export class FakeMailbox {
  readonly calendars = new Map<string, FakeCalendar>();
  /** Writes of the port that took effect, in order. */
  readonly writes: FakeWrite[] = [];
  /** Mails that would have gone out, in order. */
  readonly mails: FakeMail[] = [];
  private invented = 0;

  constructor(
    readonly address: string,
    private readonly changed: (calendarRemoteId: string) => void,
  ) {
    this.addCalendar({ remoteId: 'primary', name: address, primary: true });
  }

  /** The same id again changes the calendar's description and keeps its items. */
  addCalendar(calendar: Partial<RemoteCalendar> & { readonly remoteId: string }): RemoteCalendar {
    const description: RemoteCalendar = {
      name: calendar.remoteId,
      colour: null,
      timeZone: 'Europe/Berlin',
      primary: false,
      writable: true,
      shown: true,
      owned: true,
      ...calendar,
    };
    const known = this.calendars.get(calendar.remoteId);
    if (known) known.description = description;
    else this.calendars.set(calendar.remoteId, new FakeCalendar(description));
    return description;
  }

  /** Its owner takes back, or gives again, the leave to look into it. */
  refuseCalendar(remoteId: string, refused = true): void {
    this.calendar(remoteId).refused = refused;
  }

  removeCalendar(remoteId: string): void {
    this.calendars.delete(remoteId);
  }

  /** Items that are in no calendar and were on no page before, as a server would tell them that has no end. */
  neverSeen(count: number): readonly RemoteChange<RemoteMeeting>[] {
    return Array.from({ length: count }, () => {
      this.invented += 1;
      const its = content(`Invented ${this.invented}`, at('2026-11-24T10:00'), at('2026-11-24T11:00'));
      return { type: 'upserted', item: { ...single(`invented-${this.invented}`, its), version: 'v1' } };
    });
  }

  /** Adds or changes an item and gives it a new version. */
  put(item: FakeItem, calendarRemoteId = 'primary'): RemoteMeeting {
    const stored = this.calendar(calendarRemoteId).put(item);
    this.changed(calendarRemoteId);
    return stored;
  }

  remove(remoteId: string, calendarRemoteId = 'primary'): void {
    this.calendar(calendarRemoteId).remove(remoteId);
    this.changed(calendarRemoteId);
  }

  /** What the provider holds now: the truth a model test compares with. */
  items(calendarRemoteId = 'primary'): readonly RemoteMeeting[] {
    return this.calendar(calendarRemoteId).items();
  }

  /** All cursors and continuations given so far die, those of a listing under way too. */
  expireCursors(calendarRemoteId = 'primary'): void {
    this.calendar(calendarRemoteId).epoch += 1;
  }

  private calendar(remoteId: string): FakeCalendar {
    const calendar = this.calendars.get(remoteId);
    if (!calendar) throw new Error(`there is no calendar ${remoteId}`);
    return calendar;
  }
}
