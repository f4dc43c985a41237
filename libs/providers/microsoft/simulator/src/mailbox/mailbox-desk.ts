import { randomUUID } from 'node:crypto';
import type { IcsEvent, UnreadablePart } from '@daybook/domain';
import type { SimulatorClock } from '@daybook/simulator-kit';
import { allEvents, byStart, viewOf } from '../graph/event-listing';
import { eventResource, type EventResource, type Manner } from '../graph/event-view';
import { refusals } from '../graph/graph-error';
import type { CalendarStore } from './calendar-store';
import { eventBody, type EventBody } from './event-body';
import type { EventWriter, WriteContext } from './event-writer';
import { findItem, lookUp } from './find-item';
import { importEntries } from './import-entries';
import { calendarIdOf, keyFor, readCalendarId, readRestId } from './item-ids';
import type { Mailbox, Role } from './mailbox';
import type { MailboxStore } from './mailbox-store';
import { newMailbox, type MailboxOrder } from './new-mailbox';
import { occurrencesIn, type Item } from './occurrences';
import { respond } from './responses';
import type { Answer } from './meeting-mails';

export interface DeskOptions {
  /** The default calendar when absent. */
  calendarId?: string;
  /** False for what is simply there, such as demo events: no write that anybody sent, and no mail. */
  received?: boolean;
  /** The same seed gives the same id. */
  seed?: string;
}

export interface CalendarCount {
  id: string;
  name: string;
  isDefault: boolean;
  /** Singles and series. */
  events: number;
}

const HORIZON = 730 * 86_400_000;

/** What the control side may do with mailboxes, past the wire. Ids are the immutable ones; both forms are taken. */
export class MailboxDesk {
  constructor(
    private readonly world: MailboxStore,
    private readonly writer: EventWriter,
    private readonly clock: SimulatorClock,
    private readonly origin: () => string,
  ) {}

  createMailbox(order: MailboxOrder): Mailbox {
    return newMailbox(this.world, order);
  }

  /** @throws GraphError 404 */
  box(email: string): Mailbox {
    const box = this.world.find(email);
    if (box === undefined) throw refusals.userNotFound(email);
    return box;
  }

  /** An own calendar of a mailbox, the default one unless named. @throws GraphError 404 */
  store(email: string, calendarId?: string): CalendarStore {
    const box = this.box(email);
    if (calendarId === undefined) return this.world.defaultCalendar(box);
    const key = readCalendarId(calendarId);
    const entry = box.calendars.find((one) => one.key === key);
    const store = entry === undefined ? undefined : this.world.calendar(entry.folder);
    if (store === undefined) throw refusals.itemNotFound();
    return store;
  }

  /** Adds a calendar and returns its id. */
  createCalendar(email: string, name: string): string {
    const box = this.box(email);
    const key = keyFor(`${box.email} calendar ${name} ${box.calendars.length}`);
    this.world.addCalendar({ key, owner: box.email, name, isDefault: false, permissions: [] });
    this.list(box, key, key, box.groups[0]?.key);
    return calendarIdOf(key);
  }

  /** Shares a calendar; it appears in the other's list under the id that is returned. */
  share(email: string, withEmail: string, role: Role, calendarId?: string): string {
    const store = this.store(email, calendarId);
    const guest = this.box(withEmail);
    const person = { name: guest.name, address: guest.email };
    const others = store.facts.permissions.filter((one) => one.person?.address !== guest.email);
    store.facts.permissions = [...others, { id: randomUUID(), person, role }];
    this.world.saveFacts(store);
    const key = keyFor(`${guest.email} shares ${store.facts.key}`);
    if (!guest.calendars.some((entry) => entry.key === key))
      this.list(guest, key, store.facts.key, guest.groups[2]?.key);
    return calendarIdOf(key);
  }

  /** As a `POST` by the mailbox's own person. @throws GraphError as the wire would */
  insertEvent(email: string, body: EventBody, options: DeskOptions = {}): EventResource {
    const store = this.store(email, options.calendarId);
    return this.shown(store, this.writer.create(store, eventBody.parse(body), this.context(email, options, 'create')));
  }

  /** As a `PATCH`; a hand on the control side may also change what belongs to another organizer. */
  updateEvent(email: string, eventId: string, body: EventBody, options: DeskOptions = {}): EventResource {
    const store = this.store(email, options.calendarId);
    const context = { ...this.context(email, options, 'update'), unbound: true };
    return this.shown(store, this.writer.patch(store, this.item(store, eventId), eventBody.parse(body), context));
  }

  deleteEvent(email: string, eventId: string, options: DeskOptions = {}): void {
    const store = this.store(email, options.calendarId);
    this.writer.remove(store, this.item(store, eventId), this.context(email, options, 'delete'));
  }

  /** As `accept` and its like, with a response sent. */
  answer(email: string, eventId: string, answer: Answer, options: DeskOptions = {}): void {
    const store = this.store(email, options.calendarId);
    const place = { store, item: this.item(store, eventId) };
    const response = { answer, sendResponse: true, proposedNewTime: null };
    respond(this.writer, this.box(email), place, response, this.context(email, options, answer));
  }

  /** One event or occurrence, or null. */
  event(email: string, eventId: string, calendarId?: string): EventResource | null {
    const store = this.store(email, calendarId);
    const name = readRestId(eventId);
    const item = name === null ? null : lookUp(store, name);
    return item === null ? null : this.shown(store, item);
  }

  /** Singles and series of a calendar. */
  events(email: string, calendarId?: string): EventResource[] {
    const store = this.store(email, calendarId);
    return allEvents(store).map((item) => this.shown(store, item));
  }

  /** The occurrences of a series over the coming year or so, by start. */
  instances(email: string, eventId: string): EventResource[] {
    const store = this.store(email);
    const { event } = this.item(store, eventId);
    const window = { from: event.startsAt, to: this.clock.now() + HORIZON };
    return occurrencesIn(event, window)
      .sort(byStart)
      .map((item) => this.shown(store, item));
  }

  /** What takes place in the default calendar between two instants, series expanded, by start. */
  agenda(email: string, from: number, to: number): EventResource[] {
    const store = this.store(email);
    return viewOf(store, { from, to }).map((item) => this.shown(store, item));
  }

  counts(email: string): CalendarCount[] {
    return this.box(email).calendars.flatMap(({ key, folder }) => {
      const store = this.world.calendar(folder);
      if (store === undefined || store.facts.owner !== this.box(email).email) return [];
      const { name, isDefault } = store.facts;
      return [{ id: calendarIdOf(key), name, isDefault, events: store.live().length }];
    });
  }

  /** Entries of a calendar file, put into the default calendar. */
  importEntries(email: string, entries: readonly IcsEvent[]): { imported: number; unreadable: UnreadablePart[] } {
    const box = this.box(email);
    return importEntries(entries, { world: this.world, store: this.store(email), box, now: this.clock.now() });
  }

  private list(box: Mailbox, key: string, folder: string, group = ''): void {
    const entry = { key, folder, group, color: 'auto', hexColor: '' };
    this.world.mailboxes.set(box.email, { ...box, calendars: [...box.calendars, entry] });
  }

  private item(store: CalendarStore, eventId: string): Item {
    const name = readRestId(eventId);
    if (name === null) throw refusals.malformedId();
    return findItem(store, name);
  }

  private context(email: string, { received, seed }: DeskOptions, operation: string): WriteContext {
    return {
      actor: this.box(email).email,
      operation: received === false ? null : operation,
      ifMatch: null,
      immutable: true,
      ...(seed === undefined ? {} : { key: keyFor(`${email.toLowerCase()} ${seed}`) }),
    };
  }

  private shown(store: CalendarStore, item: Item): EventResource {
    return eventResource(store, item, this.manner());
  }

  private manner(): Manner {
    return {
      immutable: true,
      zone: null,
      text: false,
      basic: false,
      beta: false,
      sight: 'full',
      origin: this.origin(),
    };
  }
}
