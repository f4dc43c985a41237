import { isZone, readIcs, windowsIdOf, type UnreadablePart } from '@daybook/domain';
import {
  DEMO_PASSWORD,
  displayNameOf,
  isAddress,
  SimulatorRefusal,
  type FaultOrder,
  type LedgerView,
  type SeedOrder,
} from '@daybook/simulator-kit';
import { FAULT_KINDS } from '../fault-kinds';
import type { EventResource } from '../graph/event-view';
import type { LifecycleEvent } from '../graph/subscriptions';
import type { EventBody } from '../mailbox/event-body';
import type { CalendarCount, DeskOptions, MailboxDesk } from '../mailbox/mailbox-desk';
import type { Mailbox, Role } from '../mailbox/mailbox';
import type { Answer } from '../mailbox/meeting-mails';
import { zoneOrUtc } from '../mailbox/zoned-times';
import type { MicrosoftSimulator } from '../microsoft-simulator';
import { createDemo } from './demo-mailboxes';
import { seedCalendar } from './seed';
import { objectIdOf, tenantOf } from '../tenants';

export interface MailboxOrder {
  email: string;
  password?: string;
  name?: string;
  /** An IANA name; the mailbox keeps the Windows id of it. */
  timeZone?: string;
}

export interface MailboxView {
  email: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  tenantId: string;
  calendars: CalendarCount[];
}

/** What tests and the control page may do with a simulated Microsoft, past its wire. */
export class MicrosoftControl {
  readonly faultKinds = FAULT_KINDS;

  constructor(
    private readonly simulator: MicrosoftSimulator,
    /** Zone of mailboxes that name none, an IANA name. */
    private readonly defaultZone: string,
    /** Whether there are demo mailboxes to go back to. */
    private readonly demo: boolean,
  ) {
    if (demo && simulator.world.mailboxes.size === 0) this.reset();
  }

  /** @throws SimulatorRefusal `exists`, `invalid` */
  createMailbox({ email, password = DEMO_PASSWORD, name, timeZone = this.defaultZone }: MailboxOrder): void {
    const address = email.trim().toLowerCase();
    if (!isAddress(address)) throw new SimulatorRefusal('invalid', 'email is not an address');
    if (!isZone(timeZone)) throw new SimulatorRefusal('invalid', 'timeZone is not an IANA name');
    if (this.simulator.world.mailboxes.has(address)) {
      throw new SimulatorRefusal('exists', `the mailbox ${address} exists`);
    }
    this.desk.createMailbox({
      email: address,
      name: name ?? displayNameOf(address),
      oid: objectIdOf(address),
      tenantId: tenantOf(address),
      timeZone: windowsIdOf(timeZone) ?? timeZone,
    });
    this.simulator.entra.setPassword(address, password);
    this.simulator.flush();
  }

  mailboxes(): MailboxView[] {
    return this.simulator.world.mailboxes.values().map(({ email, name, tenantId, settings }) => ({
      email,
      name,
      tenantId,
      timeZone: zoneOrUtc(settings.timeZone),
      calendars: this.desk.counts(email),
    }));
  }

  createCalendar(email: string, name: string): string {
    return this.flushed(this.desk.createCalendar(this.box(email).email, name));
  }

  /** Shares a calendar; it appears in the other's list under the id that is returned. */
  share(email: string, withEmail: string, role: Role, calendarId?: string): string {
    return this.flushed(this.desk.share(this.box(email).email, this.box(withEmail).email, role, calendarId));
  }

  /** As a `POST` by the mailbox's own person. @throws GraphError as the wire would */
  insertEvent(email: string, event: EventBody, options: DeskOptions = {}): EventResource {
    return this.flushed(this.desk.insertEvent(this.box(email).email, event, options));
  }

  /** As a `PATCH`; a hand on the control side may also change what belongs to another organizer. */
  updateEvent(email: string, eventId: string, patch: EventBody, options: DeskOptions = {}): EventResource {
    return this.flushed(this.desk.updateEvent(this.box(email).email, eventId, patch, options));
  }

  deleteEvent(email: string, eventId: string, options: DeskOptions = {}): void {
    this.desk.deleteEvent(this.box(email).email, eventId, options);
    this.simulator.flush();
  }

  /** As `accept` and its like, with a response sent. */
  respond(email: string, eventId: string, answer: Answer): void {
    this.desk.answer(this.box(email).email, eventId, answer);
    this.simulator.flush();
  }

  /** One event or occurrence, or null. */
  event(email: string, eventId: string, calendarId?: string): EventResource | null {
    return this.desk.event(this.box(email).email, eventId, calendarId);
  }

  /** Singles and series of a calendar. */
  events(email: string, calendarId?: string): EventResource[] {
    return this.desk.events(this.box(email).email, calendarId);
  }

  /** The occurrences of a series over the coming year or so, by start. */
  instances(email: string, eventId: string): EventResource[] {
    return this.desk.instances(this.box(email).email, eventId);
  }

  /** What takes place in the default calendar between two instants, series expanded, by start. */
  agenda(email: string, from: number, to: number): EventResource[] {
    return this.desk.agenda(this.box(email).email, from, to);
  }

  /** Loads a calendar file into the default calendar. */
  importIcs(email: string, text: string): { imported: number; unreadable: UnreadablePart[] } {
    const { settings } = this.box(email);
    const year = new Date(this.now()).getUTCFullYear();
    const { events, unreadable } = readIcs(text, { floatingZone: zoneOrUtc(settings.timeZone), year });
    const taken = this.flushed(this.desk.importEntries(email, events));
    return { imported: taken.imported, unreadable: [...unreadable, ...taken.unreadable] };
  }

  /** Fills the default calendar with generated events. */
  seed(email: string, order: SeedOrder): void {
    const box = this.box(email);
    const { world } = this.simulator;
    seedCalendar(order, { world, store: world.defaultCalendar(box), box, now: this.now() });
    this.simulator.flush();
  }

  /** Back to the demo mailboxes, or to none, of the real time; faults, grants, subscriptions and the ledger go too. */
  reset(): void {
    this.simulator.clear();
    if (this.demo) createDemo(this, this.defaultZone);
    this.simulator.flush();
  }

  addFault(order: FaultOrder): void {
    const email = order.email === undefined ? {} : { email: this.box(order.email).email };
    this.simulator.addFault({ ...order, ...email });
  }

  clearFaults(): void {
    this.simulator.faults.clear();
  }

  /** Sends a lifecycle notification to the subscriptions of a mailbox; returns how many were told. */
  tellLifecycle(email: string, event: LifecycleEvent): number {
    return this.flushed(this.simulator.tellLifecycle(this.box(email).email, event));
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
    const { accessToken, expiresIn } = this.issueGrant(email, scope);
    return { accessToken, expiresIn };
  }

  /** Access and refresh token, as if the person had allowed it all to a client. */
  issueGrant(
    email: string,
    scope: string,
    clientId?: string,
  ): { accessToken: string; refreshToken: string; expiresIn: number } {
    return this.flushed(this.simulator.entra.issueGrant(this.box(email).email, scope, clientId));
  }

  /** Signs with a new key from now on; tokens of the one before are still good. */
  rotateKeys(): void {
    this.simulator.entra.keys.rotate();
    this.simulator.flush();
  }

  revokeGrants(email?: string): void {
    this.simulator.entra.revokeAll(email === undefined ? null : this.box(email).email);
    this.simulator.flush();
  }

  ledger(email?: string): LedgerView {
    return this.simulator.ledger.view(email === undefined ? null : this.box(email).email);
  }

  /** @throws SimulatorRefusal `unknown_mailbox` */
  box(email: string): Mailbox {
    const box = this.simulator.world.find(email.trim());
    if (box === undefined) throw new SimulatorRefusal('unknown_mailbox', `there is no mailbox ${email}`);
    return box;
  }

  private get desk(): MailboxDesk {
    return this.simulator.side.desk;
  }

  private flushed<T>(result: T): T {
    this.simulator.flush();
    return result;
  }
}
