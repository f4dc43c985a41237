import { createHash } from 'node:crypto';
import { ChangeLog } from '@daybook/simulator-kit';
import type { EventRecord } from './event-record';
import type { CalendarFacts } from './mailbox';
import type { Item } from './occurrences';
import { StoredEvent } from './stored-event';

/** One row of the journal: an event as it now is. */
export interface EventRow {
  slot: number;
  version: number;
  record: EventRecord;
}

/** Listings kept; the oldest goes first. */
const MOST_LISTINGS = 8;

/** The events of one calendar folder, by key, by uid and by order of change. */
export class CalendarStore {
  private readonly byKey = new Map<string, StoredEvent>();
  private readonly byUid = new Map<string, StoredEvent>();
  private readonly byTransaction = new Map<string, StoredEvent>();
  private readonly listings = new Map<string, { version: number; rows: readonly Item[] }>();
  private standing: { version: number; events: readonly StoredEvent[] } | null = null;
  /** The part of change keys that all its events share. */
  readonly tag: Buffer;
  readonly slots: StoredEvent[] = [];
  readonly log = new ChangeLog<StoredEvent>(() => this.slots.length);
  /** Version of the last change; grows by one with each. */
  version = 0;

  constructor(
    readonly facts: CalendarFacts,
    /** Tells this folder from one of the same key before a reset: tokens of that one are dead. */
    readonly generation: string,
  ) {
    this.tag = createHash('sha256').update(facts.key).digest();
  }

  get(key: string): StoredEvent | undefined {
    return this.byKey.get(key);
  }

  /** The event of a meeting that is not deleted. */
  withUid(uid: string): StoredEvent | undefined {
    const event = this.byUid.get(uid);
    return event === undefined || event.deleted ? undefined : event;
  }

  /** The event that was made under a transaction id; a deleted one still holds it. */
  withTransaction(transactionId: string): StoredEvent | undefined {
    return this.byTransaction.get(transactionId);
  }

  /** Events that are not deleted, in the order in which they came. */
  live(): readonly StoredEvent[] {
    if (this.standing?.version !== this.version) {
      this.standing = { version: this.version, events: this.slots.filter((event) => !event.deleted) };
    }
    return this.standing.events;
  }

  /** A listing that is made once for each version of the folder, so that a page of it costs its own size. */
  listing(name: string, make: () => readonly Item[]): readonly Item[] {
    const known = this.listings.get(name);
    if (known?.version === this.version) return known.rows;
    const rows = make();
    this.listings.delete(name);
    this.listings.set(name, { version: this.version, rows });
    const [oldest] = this.listings.keys();
    if (this.listings.size > MOST_LISTINGS && oldest !== undefined) this.listings.delete(oldest);
    return rows;
  }

  put(record: EventRecord): StoredEvent {
    this.version += 1;
    const slot = this.byKey.get(record.key)?.slot ?? this.slots.length;
    return this.place({ slot, version: this.version, record });
  }

  /** Puts back a row of the journal. */
  restore(row: EventRow): void {
    this.version = Math.max(this.version, row.version);
    this.place(row);
  }

  private place({ slot, version, record }: EventRow): StoredEvent {
    let event = this.byKey.get(record.key);
    if (event === undefined) {
      event = new StoredEvent(slot, version, record);
      this.byKey.set(record.key, event);
      this.slots[slot] = event;
    } else event.replace(record, version);
    this.byUid.set(record.uid, event);
    if (record.transactionId !== null) this.byTransaction.set(record.transactionId, event);
    this.log.append(event);
    return event;
  }
}
