import {
  COMMON_FAULT_KINDS,
  DEMO_PASSWORD,
  displayNameOf,
  isAddress,
  SimulatorRefusal,
  type FaultOrder,
  type LedgerView,
  type SeedOrder,
} from '@daybook/simulator-kit';
import { isZone } from '@daybook/domain';
import { HORIZON, instanceOf, plainOccurrences } from '../calendar/instances';
import type { CalendarStore } from '../calendar/calendar-store';
import type { EventBody, EventResource } from '../calendar/event-resource';
import { eventBody } from '../calendar/event-resource';
import { findTarget } from '../calendar/event-target';
import type { WriteContext } from '../calendar/event-writer';
import { readListRequest } from '../calendar/list-request';
import { sortedRows } from '../calendar/sorted-rows';
import type { SendUpdates } from '../calendar/update-mails';
import type { GoogleSimulator } from '../google-simulator';
import { canonicalScope, isKnownScope, splitScopes } from '../oauth/scopes';
import type { Mailbox } from '../state/mailbox';
import { subjectOf } from '../state/world';
import { createDemo } from './demo-mailboxes';
import { importIcs, type ImportReceipt } from './import-ics';
import { seedCalendar } from './seed';

export interface MailboxOrder {
  email: string;
  password?: string;
  name?: string;
  timeZone?: string;
}

export interface EventOptions {
  calendarId?: string;
  sendUpdates?: SendUpdates;
  conferenceDataVersion?: number;
  /** False for what is simply there, such as demo events: no write that anybody sent, so none in the ledger. */
  received?: boolean;
}

export interface MailboxView {
  email: string;
  name: string;
  timeZone: string;
  calendars: { id: string; summary: string; primary: boolean; events: number }[];
}

/** Client id of tokens handed out on the control side: those are nobody's consent. */
const CONTROL_CLIENT = 'sandbox-control';

/** What tests and the control page may do with a simulated Google, past its wire. */
export class GoogleControl {
  readonly faultKinds = COMMON_FAULT_KINDS;

  constructor(
    private readonly simulator: GoogleSimulator,
    /** Zone of mailboxes that name none. */
    private readonly defaultZone: string,
    /** Whether there are demo mailboxes to go back to. */
    private readonly demo: boolean,
  ) {
    if (demo && simulator.world.mailboxes.size === 0) this.reset();
  }

  /** @throws SimulatorRefusal `exists`, `invalid` */
  createMailbox({ email, password = DEMO_PASSWORD, name, timeZone = this.defaultZone }: MailboxOrder): void {
    const address = email.trim().toLowerCase();
    const { world } = this.simulator;
    if (!isAddress(address)) throw new SimulatorRefusal('invalid', 'email is not an address');
    if (!isZone(timeZone)) throw new SimulatorRefusal('invalid', 'timeZone is not an IANA name');
    if (world.mailboxes.has(address)) throw new SimulatorRefusal('exists', `the mailbox ${address} exists`);
    world.mailboxes.set(address, {
      email: address,
      password,
      name: name ?? displayNameOf(address),
      sub: subjectOf(address),
      timeZone,
      calendars: [address],
    });
    world.addCalendar({ id: address, owner: address, summary: address, timeZone, primary: true });
    world.flush();
  }

  mailboxes(): MailboxView[] {
    return this.simulator.world.mailboxes.values().map(({ email, name, timeZone, calendars }) => ({
      email,
      name,
      timeZone,
      calendars: calendars
        .flatMap((id) => this.simulator.world.calendar(id) ?? [])
        .map(({ facts, slots }) => ({
          id: facts.id,
          summary: facts.summary,
          primary: facts.primary,
          events: slots.filter((event) => !event.cancelled).length,
        })),
    }));
  }

  createCalendar(email: string, { summary, timeZone }: { summary: string; timeZone?: string }): string {
    const box = this.box(email);
    const { world } = this.simulator;
    const id = `c_${subjectOf(`${box.email}/${summary}/${box.calendars.length}`)}@group.calendar.google.com`;
    world.addCalendar({ id, owner: box.email, summary, timeZone: timeZone ?? box.timeZone, primary: false });
    world.mailboxes.set(box.email, { ...box, calendars: [...box.calendars, id] });
    world.flush();
    return id;
  }

  /** As `events.insert` by the mailbox's own person. @throws GoogleError as the wire would */
  insertEvent(email: string, event: EventBody, options: EventOptions = {}): EventResource {
    const store = this.store(email, options.calendarId);
    return this.flushed(
      this.simulator.writer.insert(store, eventBody.parse(event), this.context(email, options, 'insert')),
    );
  }

  /** As `events.patch`; a hand on the control side may also change what belongs to another organizer. */
  updateEvent(email: string, eventId: string, patch: EventBody, options: EventOptions = {}): EventResource {
    const store = this.store(email, options.calendarId);
    const context = { ...this.context(email, options, 'patch'), unbound: true };
    return this.flushed(this.simulator.writer.patch(store, eventId, eventBody.parse(patch), context));
  }

  deleteEvent(email: string, eventId: string, options: EventOptions = {}): void {
    const store = this.store(email, options.calendarId);
    this.simulator.writer.delete(store, eventId, this.context(email, options, 'delete'));
    this.simulator.world.flush();
  }

  /** One event, or null. Instances nobody touched are found too. */
  event(email: string, eventId: string, calendarId?: string): EventResource | null {
    const store = this.store(email, calendarId);
    try {
      return findTarget(store, eventId).resource;
    } catch {
      return null;
    }
  }

  /** Everything stored in a calendar: singles, masters, exceptions; deleted ones are `cancelled`. */
  events(email: string, calendarId?: string): EventResource[] {
    return this.store(email, calendarId).slots.map((event) => event.read());
  }

  /** The instances of a series over the coming year or so, touched and untouched, without cancelled ones. */
  instances(email: string, eventId: string): EventResource[] {
    const store = this.store(email);
    const master = store.get(eventId);
    if (master === undefined || master.shape !== 'master') return [];
    const touched = store.exceptionsOf(eventId);
    const window = { from: master.startsAt - 1, to: this.now() + HORIZON };
    const resource = master.read();
    return plainOccurrences(store, master, window).flatMap((occurrence) => {
      const exception = touched.get(occurrence.key);
      if (exception === undefined) return [instanceOf(resource, occurrence, store.facts.timeZone)];
      return exception.cancelled ? [] : [exception.read()];
    });
  }

  /** What takes place in the primary calendar between two instants, expanded, by start. */
  agenda(email: string, from: number, to: number): EventResource[] {
    const query = new URLSearchParams({
      singleEvents: 'true',
      orderBy: 'startTime',
      timeMin: new Date(from).toISOString(),
      timeMax: new Date(to).toISOString(),
    });
    const { rows } = sortedRows(this.store(email), readListRequest(query, this.now()), null, this.now());
    return rows.map(({ json }) => JSON.parse(json));
  }

  /** Loads a calendar file into the primary calendar. */
  importIcs(email: string, text: string): ImportReceipt {
    const { world, origin } = this.simulator;
    const receipt = importIcs(text, { world, store: this.store(email), now: this.now(), origin });
    world.flush();
    return receipt;
  }

  /** Fills the primary calendar with generated events. */
  seed(email: string, order: SeedOrder): void {
    const { world, origin } = this.simulator;
    seedCalendar(world, this.store(email), order, { now: this.now(), origin });
    world.flush();
  }

  /** Back to the demo mailboxes, or to none, of the real time; faults, grants, channels and the ledger go too. */
  reset(): void {
    this.simulator.faults.clear();
    this.simulator.clock.set(null);
    this.simulator.world.clear();
    if (this.demo) createDemo(this, this.defaultZone);
    this.simulator.world.flush();
  }

  addFault(order: FaultOrder): void {
    if (order.email !== undefined) this.box(order.email);
    this.simulator.addFault({ ...order, ...(order.email === undefined ? {} : { email: order.email.toLowerCase() }) });
  }

  clearFaults(): void {
    this.simulator.faults.clear();
  }

  /** Moves the simulator's clock; it ticks on from there. Null follows the real one again. */
  setClock(now: string | null): void {
    const instant = now === null ? null : Date.parse(now);
    if (Number.isNaN(instant)) throw new SimulatorRefusal('invalid', 'now is not a time');
    this.simulator.clock.set(instant);
  }

  now(): number {
    return this.simulator.clock.now();
  }

  /** An access token without any consent page. */
  issueToken(email: string, scope: string): { accessToken: string; expiresIn: number } {
    const { accessToken, expiresIn } = this.issueGrant(email, scope, CONTROL_CLIENT);
    return { accessToken, expiresIn };
  }

  /** Access and refresh token, as if the person had allowed it all to a client. */
  issueGrant(
    email: string,
    scope: string,
    clientId = 'daybook-local',
  ): { accessToken: string; refreshToken: string; expiresIn: number } {
    const box = this.box(email);
    const scopes = splitScopes(scope).map(canonicalScope);
    const unknown = scopes.filter((one) => !isKnownScope(one));
    if (scopes.length === 0 || unknown.length > 0) {
      throw new SimulatorRefusal('invalid', `scope is unknown: ${unknown.join(' ') || '(empty)'}`);
    }
    const { grants, world } = this.simulator;
    const grant = grants.allow(box.email, clientId, scopes);
    const refreshToken = grants.issueRefreshToken(grant, scopes);
    const { token, expiresIn } = grants.issueAccessToken(grants.of(box.email, clientId) ?? grant, scopes);
    world.flush();
    return { accessToken: token, refreshToken, expiresIn };
  }

  revokeGrants(email?: string): void {
    this.simulator.grants.revokeAll(email === undefined ? null : this.box(email).email);
    this.simulator.world.flush();
  }

  ledger(email?: string): LedgerView {
    return this.simulator.world.ledger.view(email === undefined ? null : this.box(email).email);
  }

  /** @throws SimulatorRefusal `unknown_mailbox` */
  box(email: string): Mailbox {
    const box = this.simulator.world.mailboxes.get(email.trim().toLowerCase());
    if (box === undefined) throw new SimulatorRefusal('unknown_mailbox', `there is no mailbox ${email}`);
    return box;
  }

  /** A calendar of a mailbox, the primary one unless named. */
  store(email: string, calendarId = 'primary'): CalendarStore {
    const box = this.box(email);
    const id = calendarId === 'primary' ? box.email : calendarId;
    const store = box.calendars.includes(id) ? this.simulator.world.calendar(id) : undefined;
    if (store === undefined) throw new SimulatorRefusal('unknown_item', `there is no calendar ${calendarId}`);
    return store;
  }

  private context(email: string, options: EventOptions, method: string): WriteContext {
    return {
      actor: this.box(email).email,
      sendUpdates: options.sendUpdates ?? 'none',
      conferenceDataVersion: options.conferenceDataVersion ?? 1,
      ifMatch: null,
      operation: options.received === false ? null : method,
    };
  }

  private flushed(event: EventResource): EventResource {
    this.simulator.world.flush();
    return event;
  }
}
