import type { Ledger, SimulatorClock } from '@daybook/simulator-kit';
import { refusals } from '../graph/graph-error';
import { AttendeeCopies } from './attendee-copies';
import type { CalendarStore } from './calendar-store';
import type { EventBody } from './event-body';
import { blankRecord, layOver, recurrenceOf, type Building } from './event-building';
import { checkBoundary, checkTimes, settledSeries } from './event-checks';
import { etagOf } from './event-etag';
import type { EventRecord, ItemRecord } from './event-record';
import { findItem } from './find-item';
import { idOf } from './item-ids';
import { withItem, withoutDay } from './item-of-series';
import type { Mailbox } from './mailbox';
import type { MailboxStore } from './mailbox-store';
import { attendeeMails, uninvited, type MailReason } from './meeting-mails';
import { newUid } from './meeting-uid';
import { wholeItem, type Item } from './occurrences';

/** Who writes, and how. */
export interface WriteContext {
  /** Address of the person; for an application the mailbox it writes to. */
  actor: string;
  /** Name of the operation, for the ledger of writes received; null for what nobody sent, such as demo events. */
  operation: string | null;
  /** `If-Match` of the request; null writes without a condition. */
  ifMatch: string | null;
  /** The ledger names items by their immutable ids, as the client does. */
  immutable: boolean;
  /** Changes shared members of other people's meetings too: for the hand on the control page, which is nobody's client. */
  unbound?: boolean;
  /** Makes the key of a new item; a random one when absent. */
  key?: string;
}

/** An attendee may change these on the own copy; everything else belongs to the organizer. */
const GUEST_MEMBERS = new Set([
  'categories',
  'isReminderOn',
  'reminderMinutesBeforeStart',
  'showAs',
  'sensitivity',
  'importance',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
]);
/** Changing only these sends no mail to attendees. */
const QUIET_MEMBERS = new Set(['categories', 'isReminderOn', 'reminderMinutesBeforeStart', 'showAs']);
/** A series with other times or another rule is another series: its exceptions go. */
const SHAPE = ['start', 'end', 'recurrence'] as const;

/** Creates, changes and removes events as Exchange does, with copies for attendees and mails noted in the ledger. */
export class EventWriter {
  readonly copies: AttendeeCopies;

  constructor(
    readonly world: MailboxStore,
    readonly ledger: Ledger,
    private readonly clock: SimulatorClock,
  ) {
    this.copies = new AttendeeCopies(world);
  }

  /** @throws GraphError 400, also `ErrorDuplicateTransactionId` for an id that was ever used in the mailbox */
  create(store: CalendarStore, body: EventBody, context: WriteContext): Item {
    const owner = this.ownerOf(store);
    const { transactionId = null } = body;
    if (transactionId !== null) this.refuseRepeat(owner, transactionId, context);
    const now = this.clock.now();
    const organizer = { name: owner.name, address: owner.email };
    const key = context.key ?? this.world.keys.next();
    const base = blankRecord({ key, uid: newUid(now), organizer, now });
    const laid: EventRecord = { ...layOver(base, body, this.building(owner)), transactionId };
    checkTimes(laid);
    const record = settledSeries({ ...laid, recurrence: recurrenceOf(laid, body, laid.start) });
    const event = this.commit(store, record, null, 'invitation', context);
    return wholeItem(event);
  }

  /** @throws GraphError 412 for another version, 403 for members only the organizer may change, 400 */
  patch(store: CalendarStore, item: Item, body: EventBody, context: WriteContext): Item {
    this.checkVersion(store, item, context);
    const before = item.read();
    if (!before.content.isOrganizer && context.unbound !== true) refuseSharedMembers(body);
    const { transactionId } = item.event.record;
    if (typeof body.transactionId === 'string' && body.transactionId !== transactionId) {
      throw refusals.invalidRequest('The TransactionId of an event cannot be changed.');
    }
    const laid = layOver(before, body, this.building(this.ownerOf(store)));
    checkTimes(laid);
    return item.day === null
      ? this.patchWhole(store, item, body, context)
      : this.patchOccurrence(store, item, laid, body, context);
  }

  /** Deletes an event, or one occurrence of a series. */
  remove(store: CalendarStore, item: Item, context: WriteContext): void {
    this.checkVersion(store, item, context);
    const { record } = item.event;
    const { day } = item;
    const gone = item.read();
    if (day !== null) {
      const saved = this.save(store, withoutDay(record, day, this.clock.now()), context, day);
      this.copies.spread(saved.record, null);
    } else {
      const rest = { attachments: [], extensions: [], singleValues: [], multiValues: [] };
      this.save(
        store,
        { ...record, ...rest, exceptions: {}, deleted: true, updatedAt: this.clock.now() },
        context,
        null,
      );
      if (record.content.isOrganizer) this.copies.cancel({ ...record, updatedAt: this.clock.now() });
    }
    if (gone.content.isOrganizer && !gone.content.isCancelled) this.mail('cancelled', gone, context);
  }

  /** Takes the place of an event without looking at who may, for answers and attachments. */
  save(store: CalendarStore, record: EventRecord, context: WriteContext, day: string | null) {
    const event = this.world.put(store, record);
    this.note(context, idOf({ key: record.key, day }, context.immutable ? 'restImmutableEntryId' : 'restId'));
    return event;
  }

  /** Enters a write that somebody sent in the ledger. */
  note({ actor, operation }: WriteContext, itemId: string): void {
    if (operation !== null) this.ledger.noteWrite(actor, { at: this.now(), operation, itemId });
  }

  /** Nobody sent what is simply there, so it went with no mail either. */
  mail(reason: MailReason, item: ItemRecord, { actor, operation }: WriteContext): void {
    if (operation === null) return;
    for (const mail of attendeeMails(reason, item)) this.ledger.noteMail(actor, { at: this.now(), ...mail });
  }

  /** @throws GraphError 412 */
  checkVersion(store: CalendarStore, { event }: Item, { ifMatch }: WriteContext): void {
    if (ifMatch === null || ifMatch === '*') return;
    if (ifMatch !== etagOf(store, event)) throw refusals.conflict();
  }

  now(): string {
    return new Date(this.clock.now()).toISOString();
  }

  private patchWhole(store: CalendarStore, item: Item, body: EventBody, context: WriteContext): Item {
    const before = item.event.record;
    const laid = layOver(before, body, this.building(this.ownerOf(store)));
    let next: EventRecord = { ...laid, recurrence: recurrenceOf(laid, body, laid.start) };
    const reshaped = SHAPE.some((name) => JSON.stringify(before[name]) !== JSON.stringify(next[name]));
    if (reshaped || before.content.isAllDay !== next.content.isAllDay) {
      next = settledSeries({ ...next, exceptions: {}, cancelledDays: [] });
    } else next = handedOn(before, next);
    const reason = isQuiet(body) ? null : 'updated';
    return wholeItem(this.commit(store, next, before, reason, context));
  }

  private patchOccurrence(
    store: CalendarStore,
    item: Item,
    laid: ItemRecord,
    body: EventBody,
    context: WriteContext,
  ): Item {
    if (body.recurrence !== undefined && body.recurrence !== null) {
      throw refusals.invalidRequest('An occurrence of a series cannot have a recurrence of its own.');
    }
    const { record } = item.event;
    const { day } = item;
    if (day === null) return item;
    checkBoundary(item.event, item, laid);
    const event = this.save(store, withItem(record, day, laid), context, day);
    this.copies.spread(event.record, record);
    if (!isQuiet(body) && laid.content.isOrganizer) this.mail('updated', laid, context);
    return findItem(store, { key: record.key, day });
  }

  private commit(
    store: CalendarStore,
    record: EventRecord,
    before: EventRecord | null,
    reason: MailReason | null,
    context: WriteContext,
  ) {
    const event = this.save(store, record, context, null);
    this.copies.spread(record, before);
    if (reason !== null && record.content.isOrganizer) {
      this.mail(reason, record, context);
      if (before !== null) this.mail('cancelled', uninvited(before, record), context);
    }
    return event;
  }

  private refuseRepeat(owner: Mailbox, transactionId: string, { immutable }: WriteContext): void {
    for (const { folder } of owner.calendars) {
      const existing = this.world.calendar(folder)?.withTransaction(transactionId);
      if (existing !== undefined) {
        const id = idOf({ key: existing.key, day: null }, immutable ? 'restImmutableEntryId' : 'restId');
        throw refusals.duplicateTransaction(id);
      }
    }
  }

  private ownerOf({ facts }: CalendarStore): Mailbox {
    const owner = this.world.find(facts.owner);
    if (owner === undefined) throw refusals.itemNotFound();
    return owner;
  }

  private building({ tenantId, oid }: Mailbox): Building {
    return { nameOf: (address) => this.world.find(address)?.name ?? null, tenantId, oid, now: this.clock.now() };
  }
}

const isQuiet = (body: EventBody): boolean =>
  Object.keys(body).every((name) => QUIET_MEMBERS.has(name) || name.endsWith('ExtendedProperties'));

function refuseSharedMembers(body: EventBody): void {
  if (Object.keys(body).some((name) => !GUEST_MEMBERS.has(name))) {
    throw refusals.denied('Access is denied. Only the organizer can change these properties of a meeting.');
  }
}

/** What a series passes on goes to the exceptions that had it from the series. */
function handedOn(before: EventRecord, next: EventRecord): EventRecord {
  const changed = Object.entries(next.content).filter(
    ([name, value]) => !isEqual(value, Reflect.get(before.content, name)),
  );
  const exceptions = Object.entries(next.exceptions).map(([day, item]) => {
    const followed = changed.filter(([name]) =>
      isEqual(Reflect.get(item.content, name), Reflect.get(before.content, name)),
    );
    return [day, { ...item, content: { ...item.content, ...Object.fromEntries(followed) } }];
  });
  return { ...next, exceptions: Object.fromEntries(exceptions) };
}

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
