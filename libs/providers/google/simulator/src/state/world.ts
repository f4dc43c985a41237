import { createHash, randomBytes } from 'node:crypto';
import { Ledger, SharedJournal, Table, type JournalLine, type JournalPart } from '@daybook/simulator-kit';
import { CalendarStore, type CalendarFacts, type EventRow } from '../calendar/calendar-store';
import type { EventResource } from '../calendar/event-resource';
import type { StoredEvent } from '../calendar/stored-event';
import type { AccessToken, CalendarEntry, Channel, Grant, Mailbox } from './mailbox';

/** Told of each change of a calendar's events. */
export type ChangeListener = (store: CalendarStore) => void;

/**
 * Everything the simulator knows, in memory, with each change journalled. All writers go through here; the caller of a
 * write flushes before it answers.
 */
export class World implements JournalPart {
  private readonly journal = new SharedJournal();
  private readonly current = this.journal.current;
  readonly mailboxes = new Table<Mailbox>('mailbox', this.current);
  readonly entries = new Table<CalendarEntry>('entry', this.current);
  readonly grants = new Table<Grant>('grant', this.current);
  readonly accessTokens = new Table<AccessToken>('access', this.current);
  readonly channels = new Table<Channel>('channel', this.current);
  readonly secrets = new Table<string>('secret', this.current);
  private readonly facts = new Table<CalendarFacts & { generation: string }>('calendar', this.current);
  readonly ledger = new Ledger(this.current);
  private readonly stores = new Map<string, CalendarStore>();
  private readonly listeners: ChangeListener[] = [];

  constructor(journalFile: string | undefined) {
    this.journal.open(journalFile, [this, this.ledger]);
  }

  /** A secret made at first use and kept. */
  secret(name: string, make: () => string = () => randomBytes(24).toString('base64url')): string {
    return this.secrets.get(name) ?? this.secrets.set(name, make());
  }

  calendar(id: string): CalendarStore | undefined {
    return this.stores.get(id);
  }

  addCalendar(facts: CalendarFacts): CalendarStore {
    const generation = randomBytes(6).toString('base64url');
    this.facts.set(facts.id, { ...facts, generation });
    const store = new CalendarStore(facts, generation);
    this.stores.set(facts.id, store);
    return store;
  }

  /** Keeps changed facts (title, zone …) of a calendar. */
  saveFacts(store: CalendarStore): void {
    this.facts.set(store.facts.id, { ...store.facts, generation: store.generation });
  }

  removeCalendar(id: string): void {
    this.facts.delete(id);
    this.stores.delete(id);
    for (const box of this.mailboxes.values()) {
      if (box.calendars.includes(id)) {
        this.mailboxes.set(box.email, { ...box, calendars: box.calendars.filter((other) => other !== id) });
      }
    }
  }

  put(store: CalendarStore, resource: EventResource): StoredEvent {
    const event = store.put(resource);
    this.current().append(['event', store.facts.id, store.rowOf(event)]);
    for (const listener of this.listeners) listener(store);
    return event;
  }

  onChange(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  /** Ends a unit of work: what was written is safe from here on. */
  flush(): void {
    this.journal.flush();
  }

  /** Forgets every person, event, grant and channel; keys stay, so that running clients can sign in again. */
  clear(): void {
    for (const table of [this.mailboxes, this.entries, this.grants, this.accessTokens, this.channels, this.facts]) {
      table.clear();
    }
    this.stores.clear();
    this.ledger.clear();
    this.journal.rewrite();
  }

  close(): void {
    this.journal.close();
  }

  restore(line: JournalLine): boolean {
    const [name] = line;
    if (name === 'event') {
      this.restoreEvent(line);
      return true;
    }
    const table = this.tables().find((one) => one.name === name);
    table?.restore(line);
    if (name === 'calendar') this.restoreCalendar(String(line[1]));
    return table !== undefined;
  }

  /** Rows that a fresh journal would have. */
  get size(): number {
    const events = [...this.stores.values()].reduce((sum, store) => sum + store.slots.length, 0);
    return events + this.tables().reduce((sum, table) => sum + table.size, 0);
  }

  *lines(): Iterable<JournalLine> {
    for (const table of this.tables()) yield* table.lines();
    for (const [id, store] of this.stores) {
      for (const event of store.log.after(0, Infinity)) yield ['event', id, store.rowOf(event)];
    }
  }

  private restoreCalendar(id: string): void {
    const known = this.facts.get(id);
    if (known === undefined) this.stores.delete(id);
    else {
      const { generation, ...facts } = known;
      const store = this.stores.get(id);
      if (store?.generation === generation) Object.assign(store.facts, facts);
      else this.stores.set(id, new CalendarStore(facts, generation));
    }
  }

  private restoreEvent([, calendarId, row]: JournalLine): void {
    if (isEventRow(row)) this.stores.get(String(calendarId))?.restore(row);
  }

  private tables(): Pick<Table<unknown>, 'name' | 'size' | 'restore' | 'lines'>[] {
    return [this.secrets, this.mailboxes, this.facts, this.entries, this.grants, this.accessTokens, this.channels];
  }
}

/** Rows are the simulator's own; this only tells them from lines of another kind. */
const isEventRow = (row: unknown): row is EventRow => typeof row === 'object' && row !== null && 'json' in row;

/** The 21-digit subject id of an address: the same address is always the same person. */
export function subjectOf(email: string): string {
  const digest = createHash('sha256').update(email.toLowerCase()).digest('hex');
  return `1${(BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, '0')}`;
}
