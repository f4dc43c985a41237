import { randomBytes } from 'node:crypto';
import { Table, type Journal, type JournalLine } from '@daybook/simulator-kit';
import { CalendarStore, type EventRow } from './calendar-store';
import type { EventRecord } from './event-record';
import { ItemKeys } from './item-ids';
import type { CalendarFacts, Mailbox, Subscription } from './mailbox';
import type { StoredEvent } from './stored-event';

/** One change of one event, as change notifications tell it. */
export interface Change {
  store: CalendarStore;
  event: StoredEvent;
  type: 'created' | 'updated' | 'deleted';
}

export type ChangeListener = (change: Change) => void;

/**
 * The mailboxes with their calendars, in memory, each change journalled. It shares the journal of the simulator, which
 * hands it the lines it does not know (`restore`) and asks for all of them to write the journal anew (`lines`).
 */
export class MailboxStore {
  readonly keys = new ItemKeys();
  readonly mailboxes: Table<Mailbox>;
  readonly subscriptions: Table<Subscription>;
  private readonly facts: Table<CalendarFacts & { generation: string }>;
  private readonly stores = new Map<string, CalendarStore>();
  private readonly listeners: ChangeListener[] = [];

  constructor(private readonly journal: () => Journal) {
    this.mailboxes = new Table<Mailbox>('mailbox', journal);
    this.subscriptions = new Table<Subscription>('subscription', journal);
    this.facts = new Table<CalendarFacts & { generation: string }>('calendar', journal);
  }

  /** A mailbox by address or object id, in any case. */
  find(user: string): Mailbox | undefined {
    const wanted = user.toLowerCase();
    return this.mailboxes.get(wanted) ?? this.mailboxes.values().find(({ oid }) => oid === wanted);
  }

  calendar(key: string): CalendarStore | undefined {
    return this.stores.get(key);
  }

  /** The folder that meetings of a person lie in. */
  defaultCalendar(box: Mailbox): CalendarStore {
    const own = box.calendars.flatMap(({ folder }) => this.stores.get(folder) ?? []);
    const found = own.find(({ facts }) => facts.isDefault && facts.owner === box.email);
    if (found === undefined) throw new Error(`${box.email} has no default calendar`);
    return found;
  }

  addCalendar(facts: CalendarFacts): CalendarStore {
    const generation = randomBytes(6).toString('base64url');
    this.facts.set(facts.key, { ...facts, generation });
    const store = new CalendarStore(facts, generation);
    this.stores.set(facts.key, store);
    return store;
  }

  /** Keeps changed facts (name, permissions …) of a calendar. */
  saveFacts(store: CalendarStore): void {
    this.facts.set(store.facts.key, { ...store.facts, generation: store.generation });
  }

  removeCalendar(key: string): void {
    this.facts.delete(key);
    this.stores.delete(key);
    for (const box of this.mailboxes.values()) {
      if (box.calendars.some(({ folder }) => folder === key)) {
        this.mailboxes.set(box.email, { ...box, calendars: box.calendars.filter(({ folder }) => folder !== key) });
      }
    }
  }

  put(store: CalendarStore, record: EventRecord): StoredEvent {
    const isNew = store.get(record.key) === undefined;
    const event = store.put(record);
    this.journal().append(['event', store.facts.key, rowOf(event)]);
    const type = record.deleted ? 'deleted' : isNew ? 'created' : 'updated';
    for (const listener of this.listeners) listener({ store, event, type });
    return event;
  }

  onChange(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  clear(): void {
    for (const table of [this.mailboxes, this.subscriptions, this.facts]) table.clear();
    this.stores.clear();
  }

  /** Repeats a journalled change; false when the line is somebody else's. */
  restore(line: JournalLine): boolean {
    const [name, key, row] = line;
    if (name === 'event') {
      if (isEventRow(row)) this.stores.get(String(key))?.restore(row);
      return true;
    }
    const table = this.tables().find((one) => one.name === name);
    table?.restore(line);
    if (name === this.facts.name) this.restoreCalendar(String(key));
    return table !== undefined;
  }

  /** Rows that a fresh journal would have. */
  get size(): number {
    const events = [...this.stores.values()].reduce((sum, store) => sum + store.slots.length, 0);
    return events + this.tables().reduce((sum, table) => sum + table.size, 0);
  }

  *lines(): Iterable<JournalLine> {
    for (const table of this.tables()) yield* table.lines();
    for (const [key, store] of this.stores) {
      for (const event of store.log.after(0, Infinity)) yield ['event', key, rowOf(event)];
    }
  }

  private restoreCalendar(key: string): void {
    const known = this.facts.get(key);
    if (known === undefined) {
      this.stores.delete(key);
      return;
    }
    const { generation, ...facts } = known;
    const store = this.stores.get(key);
    if (store?.generation === generation) Object.assign(store.facts, facts);
    else this.stores.set(key, new CalendarStore(facts, generation));
  }

  private tables(): Pick<Table<unknown>, 'name' | 'size' | 'restore' | 'lines'>[] {
    return [this.mailboxes, this.facts, this.subscriptions];
  }
}

const rowOf = ({ slot, version, record }: StoredEvent): EventRow => ({ slot, version, record });

/** Rows are the simulator's own; this only tells them from lines of another kind. */
const isEventRow = (row: unknown): row is EventRow => typeof row === 'object' && row !== null && 'record' in row;
