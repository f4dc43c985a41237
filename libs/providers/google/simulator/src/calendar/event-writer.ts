import { isGiven, type SimulatorClock } from '@daybook/simulator-kit';
import { refusals } from '../http/google-error';
import type { World } from '../state/world';
import type { CalendarStore } from './calendar-store';
import { checkEvent, isEventId, layOver, newEventId } from './event-building';
import type { EventAttendee, EventBody, EventResource } from './event-resource';
import { findTarget, type EventTarget } from './event-target';
import { GuestCopies } from './guest-copies';
import { SeriesExceptions } from './series-exceptions';
import { answerMail, guestMails, type MailReason, type SendUpdates, uninvited } from './update-mails';

/** Who writes, and how. */
export interface WriteContext {
  /** Address of the person. */
  actor: string;
  sendUpdates: SendUpdates;
  conferenceDataVersion: number;
  /** `If-Match` of the request; null writes without a condition. */
  ifMatch: string | null;
  /** Name of the method, for the ledger of writes received; null for what nobody sent. */
  operation: string | null;
  /** Changes shared fields of other people's events too: for the hand on the control page, which is nobody's client. */
  unbound?: boolean;
}

/** A guest may change these on the own copy; everything else belongs to the organizer. */
const GUEST_FIELDS = new Set(['attendees', 'reminders', 'colorId', 'extendedProperties', 'transparency', 'visibility']);
/** Changing only these leaves `updated` as it was. */
const QUIET_FIELDS = new Set(['reminders']);

/** Creates, changes and removes events as Calendar v3 does, with copies for guests and mails noted in the ledger. */
export class EventWriter {
  private readonly guests: GuestCopies;
  private readonly exceptions: SeriesExceptions;

  constructor(
    private readonly world: World,
    private readonly clock: SimulatorClock,
    /** Where `htmlLink` points. */
    private readonly origin: () => string,
  ) {
    this.guests = new GuestCopies(world);
    this.exceptions = new SeriesExceptions(world, () => this.now());
  }

  /** @throws GoogleError 400 for a bad body, 409 `duplicate` for a taken id, even of a deleted event. */
  insert(store: CalendarStore, body: EventBody, context: WriteContext): EventResource {
    if (isGiven(body.id) && !isEventId(body.id)) throw refusals.invalid('Invalid resource id value.');
    if (isGiven(body.id) && isGiven(body.iCalUID) && body.iCalUID !== `${body.id}@google.com`) {
      throw refusals.invalid('Either id or iCalUID may be given, not both.');
    }
    if (isGiven(body.id) && store.get(body.id) !== undefined) throw refusals.duplicate();
    if (isGiven(body.iCalUID) && store.withUid(body.iCalUID).some((event) => !event.cancelled))
      throw refusals.duplicate();
    if (isGiven(body.recurrence) && body.recurrence.length > 0) needZone(body);
    const id = body.id ?? newEventId();
    const base = this.blank(store, id, body.iCalUID ?? `${id}@google.com`, context.actor);
    const event = layOver(base, body, { facts: store.facts, ...context });
    checkEvent(event, store.facts);
    return this.commit(store, event, { before: null, reason: 'invitation', context });
  }

  /** Adds a private copy of an event of somebody, found again by its iCalUID. No guest hears of it. */
  import(store: CalendarStore, body: EventBody, context: WriteContext): EventResource {
    if (!isGiven(body.iCalUID) || body.iCalUID === '') throw refusals.required('Missing iCalUID.');
    const known = store.withUid(body.iCalUID).find((event) => event.masterId === null);
    const id = known?.id ?? newEventId();
    const base = this.blank(store, id, body.iCalUID, context.actor);
    if (isGiven(body.organizer?.email)) {
      const { email, displayName } = body.organizer;
      const self = email.toLowerCase() === store.facts.id ? { self: true } : {};
      base.organizer = { email, ...(!isGiven(displayName) ? {} : { displayName }), ...self };
    }
    if (isGiven(body.recurrence) && body.recurrence.length > 0) needZone(body);
    const event = layOver(base, body, { facts: store.facts, ...context });
    checkEvent(event, store.facts);
    return this.save(store, event, context);
  }

  /** @throws GoogleError 404, 410 `deleted`, 412 `conditionNotMet`, 403 `forbiddenForNonOrganizer`, 400. */
  patch(store: CalendarStore, id: string, body: EventBody, context: WriteContext): EventResource {
    const target = this.writable(store, id, body, context);
    if (isGuest(target.resource, context)) return this.changeAsGuest(store, target, body, context);
    return this.change(store, target, layOver(target.resource, body, { facts: store.facts, ...context }), context);
  }

  /** Replaces an event: what the body leaves out is gone. */
  update(store: CalendarStore, id: string, body: EventBody, context: WriteContext): EventResource {
    const target = this.writable(store, id, body, context);
    if (isGuest(target.resource, context)) return this.changeAsGuest(store, target, body, context);
    const { resource } = target;
    const base = this.blank(store, resource.id, resource.iCalUID ?? '', context.actor);
    for (const name of [
      'created',
      'creator',
      'organizer',
      'recurringEventId',
      'originalStartTime',
      'sequence',
    ] as const) {
      if (resource[name] !== undefined) Object.assign(base, { [name]: resource[name] });
    }
    if (context.conferenceDataVersion === 0 && resource.conferenceData !== undefined) {
      base.conferenceData = resource.conferenceData;
      if (resource.hangoutLink !== undefined) base.hangoutLink = resource.hangoutLink;
    }
    return this.change(store, target, layOver(base, body, { facts: store.facts, ...context }), context);
  }

  /** Deletes an event, or cancels one instance of a series. */
  delete(store: CalendarStore, id: string, context: WriteContext): void {
    const { resource } = this.writable(store, id, null, context);
    const next: EventResource = { ...resource, status: 'cancelled', updated: this.now() };
    if (resource.organizer?.self !== true) {
      this.guests.answer({ ...resource, updated: this.now() }, store.facts.id, { responseStatus: 'declined' });
    }
    this.commit(store, next, { before: resource, reason: 'cancelled', context });
  }

  /** Gives an event to another calendar; the old one keeps a cancelled ghost. */
  move(from: CalendarStore, id: string, to: CalendarStore, context: WriteContext): EventResource {
    const { resource, stored } = this.writable(from, id, null, context);
    if (stored === null || resource.recurringEventId !== undefined) throw refusals.cannotMove();
    if (resource.organizer?.self !== true) throw refusals.nonOrganizer();
    if (to.get(id) !== undefined && !to.get(id)?.cancelled) throw refusals.duplicate();
    const { self: _self, ...creator } = resource.creator ?? {};
    const organizer = organizerOf(to);
    const updated = this.now();
    const moved = this.world.put(to, { ...resource, creator, organizer, updated }).read();
    for (const exception of from.exceptionsOf(id).values()) {
      this.world.put(to, { ...exception.read(), creator, organizer, updated });
    }
    this.save(from, { ...resource, status: 'cancelled', updated }, context);
    return moved;
  }

  private writable(store: CalendarStore, id: string, body: EventBody | null, context: WriteContext): EventTarget {
    const target = findTarget(store, id);
    const revives = body?.status === 'confirmed' || body?.status === 'tentative';
    if (target.resource.status === 'cancelled' && !revives) throw refusals.deleted();
    const { ifMatch } = context;
    if (ifMatch !== null && ifMatch !== '*' && ifMatch !== target.resource.etag) throw refusals.preconditionFailed();
    return target;
  }

  private change(store: CalendarStore, target: EventTarget, next: EventResource, context: WriteContext): EventResource {
    const before = target.resource;
    checkEvent(next, store.facts);
    const loud = changedFields(before, next).filter((name) => !QUIET_FIELDS.has(name));
    const moved = loud.some((name) => ['start', 'end', 'recurrence', 'location'].includes(name));
    next.sequence = Math.max(next.sequence ?? 0, (before.sequence ?? 0) + (moved ? 1 : 0));
    next.updated = loud.length > 0 ? this.now() : (before.updated ?? this.now());
    if (target.stored?.shape === 'master') this.exceptions.hand(store, before, next);
    const reason = next.status === 'cancelled' ? 'cancelled' : 'updated';
    const saved = this.commit(store, next, { before, reason, context });
    if (before.recurrence !== undefined && saved.recurrence === undefined) this.exceptions.withdraw(store, saved.id);
    return saved;
  }

  private changeAsGuest(
    store: CalendarStore,
    target: EventTarget,
    body: EventBody,
    context: WriteContext,
  ): EventResource {
    const before = target.resource;
    const { attendees, ...rest } = body;
    const next = layOver(before, rest, { facts: store.facts, ...context });
    const shared = changedFields(before, next).filter((name) => !GUEST_FIELDS.has(name));
    if (shared.length > 0 && before['guestsCanModify'] !== true) throw refusals.nonOrganizer();
    const own = attendees?.find((one) => one.email?.toLowerCase() === store.facts.id);
    const answer: Partial<EventAttendee> | null = !isGiven(own?.responseStatus)
      ? null
      : { responseStatus: own.responseStatus, ...(!isGiven(own.comment) ? {} : { comment: own.comment }) };
    if (answer !== null) {
      next.attendees = (before.attendees ?? []).map((one) => (one.self === true ? { ...one, ...answer } : one));
    }
    next.updated = this.now();
    const saved = this.save(store, next, context);
    if (answer !== null) this.guests.answer(saved, store.facts.id, answer);
    const mail = context.sendUpdates === 'none' ? null : answerMail(saved, answer?.responseStatus ?? '');
    if (mail !== null) this.world.ledger.noteMail(context.actor, { at: this.now(), ...mail });
    return saved;
  }

  private commit(
    store: CalendarStore,
    event: EventResource,
    { before, reason, context }: { before: EventResource | null; reason: MailReason; context: WriteContext },
  ): EventResource {
    const saved = this.save(store, event, context);
    this.guests.spread(store, saved, before);
    const { sendUpdates, actor } = context;
    const isLocal = (email: string): boolean => this.world.mailboxes.has(email);
    const mailing = { sendUpdates, isLocal, actor };
    const mails = [
      ...guestMails(reason, saved, mailing),
      ...guestMails('cancelled', uninvited(before, saved), mailing),
    ];
    for (const mail of mails) this.world.ledger.noteMail(actor, { at: this.now(), ...mail });
    return saved;
  }

  private save(store: CalendarStore, event: EventResource, context: WriteContext): EventResource {
    const saved = this.world.put(store, event).read();
    const { actor, operation } = context;
    if (operation !== null) this.world.ledger.noteWrite(actor, { at: this.now(), operation, itemId: saved.id });
    return saved;
  }

  private blank(store: CalendarStore, id: string, iCalUID: string, actor: string): EventResource {
    const now = this.now();
    return {
      kind: 'calendar#event',
      etag: '',
      id,
      status: 'confirmed',
      htmlLink: `${this.origin()}/calendar/event?eid=${Buffer.from(id).toString('base64url')}`,
      created: now,
      updated: now,
      creator: { email: actor, ...(actor === store.facts.id ? { self: true } : {}) },
      organizer: organizerOf(store),
      iCalUID,
      sequence: 0,
      reminders: { useDefault: true },
      eventType: 'default',
    };
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

const isGuest = ({ organizer }: EventResource, { unbound }: WriteContext): boolean =>
  organizer?.self !== true && unbound !== true;

const organizerOf = ({ facts }: CalendarStore): EventResource['organizer'] & {} => ({
  email: facts.id,
  ...(facts.primary ? {} : { displayName: facts.summary }),
  self: true,
});

/** A series needs a named zone: its instances keep the local time. */
function needZone(body: EventBody): void {
  for (const name of ['start', 'end'] as const) {
    if (isGiven(body[name]?.dateTime) && !isGiven(body[name]?.timeZone)) {
      throw refusals.required(`Missing time zone definition for ${name} time.`);
    }
  }
}

function changedFields(before: EventResource, next: EventResource): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(next)]);
  for (const name of ['etag', 'updated', 'sequence']) names.delete(name);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(next[name]));
}
