import { isZone, type UnreadablePart } from '@daybook/domain';
import {
  DEMO_PASSWORD,
  displayNameOf,
  isAddress,
  SimulatorRefusal,
  type FaultKind,
  type FaultOrder,
  type LedgerView,
  type SeedOrder,
} from '@daybook/simulator-kit';
import type { AccountRecord } from '../auth/account-book';
import type { Redirection } from '../autodiscover/around';
import type { ExchangeSimulator } from '../exchange-simulator';
import { FAULT_KINDS } from '../fault-kinds';
import type { Fields } from '../items/places';
import type { ServerSettings } from '../server-settings';
import { ownCall } from '../soap/own-call';
import { element, type XmlElement } from '../wire/element';
import { createDemo } from './demo-mailboxes';
import { importCalendar } from './import-items';
import { ItemDesk, type DeskOptions } from './item-desk';
import type { MailboxOrder, MailboxView } from './mailbox-order';
import { seedCalendar } from './seed-calendar';
import { seedContacts } from './seed-contacts';
import { importContacts } from './vcard/import-contacts';

export type MeetingAnswer = 'AcceptItem' | 'TentativelyAcceptItem' | 'DeclineItem';

/**
 * What tests and the control page may do with a simulated Exchange, past its wire. Items are elements of the schema, in any order of
 * their children. Writes refuse as the wire would, by an `EwsRefusal`.
 */
export class ExchangeControl {
  readonly faultKinds: readonly FaultKind[] = FAULT_KINDS;
  private readonly desk: ItemDesk;

  constructor(private readonly simulator: ExchangeSimulator) {
    this.desk = new ItemDesk(simulator.world.items, simulator.operations, simulator.clock);
    if (simulator.isDemo && simulator.world.store.mailboxes.size === 0) this.reset();
  }

  /** @throws SimulatorRefusal `exists`, `invalid` */
  createMailbox(order: MailboxOrder): void {
    const { password = DEMO_PASSWORD, name, timeZone = this.simulator.defaultZone } = order;
    const email = order.email.trim().toLowerCase();
    if (!isAddress(email)) throw new SimulatorRefusal('invalid', 'email is not an address');
    if (!isZone(timeZone)) throw new SimulatorRefusal('invalid', 'timeZone is not an IANA name');
    if (this.simulator.world.store.mailboxes.has(email)) {
      throw new SimulatorRefusal('exists', `the mailbox ${email} exists`);
    }
    this.desk.createMailbox(email, name ?? displayNameOf(email));
    this.simulator.accounts.put({ email, password, timeZone });
    this.simulator.flush();
  }

  mailboxes(): MailboxView[] {
    return this.simulator.world.store.mailboxes.values().map(({ email, displayName }) => ({
      email,
      name: displayName,
      timeZone: this.account(email).timeZone,
      calendars: this.desk.counts(email, 'IPF.Appointment').map(({ id, name, items }) => ({ id, name, events: items })),
      contacts: this.desk.counts(email, 'IPF.Contact').reduce((sum, { items }) => sum + items, 0),
    }));
  }

  /** Another password; who is signed in on a connection stays so, as at a real server. */
  setPassword(email: string, password: string): void {
    this.simulator.accounts.put({ ...this.account(email), password });
    this.simulator.flush();
  }

  /** How often a password was not taken since the start or the last `reset`. */
  failedSignIns(email: string): number {
    return this.simulator.gate.failedSignIns(this.account(email).email);
  }

  /** Where Autodiscover sends clients that look for a mailbox; null: nowhere else. */
  setRedirection(email: string, redirection: Redirection | null): void {
    const { redirection: _before, ...account } = this.account(email);
    this.simulator.accounts.put(redirection === null ? account : { ...account, redirection });
    this.simulator.flush();
  }

  settings(): ServerSettings {
    return this.simulator.settings.current;
  }

  changeSettings(change: Partial<ServerSettings>): void {
    this.simulator.settings.change(change);
    this.simulator.flush();
  }

  async createCalendar(email: string, name: string): Promise<string> {
    const folder = element('CalendarFolder', [element('DisplayName', name)]);
    return this.flushed(await this.desk.createFolder(email, 'calendar', folder));
  }

  /** Gives somebody a permission level (`Reviewer`, `Editor` …) for a calendar, in place of all others; returns its id. */
  async share(email: string, withEmail: string, level: string, folder = 'calendar'): Promise<string> {
    return this.flushed(await this.desk.share(email, withEmail, { level, folder }));
  }

  /** Makes an item (`CalendarItem`, `Contact` …) and returns its id. */
  async createItem(email: string, item: XmlElement, options: DeskOptions = {}): Promise<string> {
    return this.flushed(await this.desk.create(email, item, options));
  }

  /** Sets fields of an item or occurrence whatever its version, and takes others away. */
  async updateItem(
    email: string,
    id: string,
    change: { readonly set?: Fields; readonly removed?: readonly string[]; readonly send?: string },
  ): Promise<void> {
    this.flushed(await this.desk.update(email, id, change));
  }

  async deleteItem(email: string, id: string, options: DeskOptions = {}): Promise<void> {
    this.flushed(await this.desk.remove(email, id, options));
  }

  /** Answers a meeting request, or the meeting in the calendar; its organizer hears of it. */
  async respond(email: string, id: string, answer: MeetingAnswer): Promise<void> {
    const response = element(answer, [element('ReferenceItemId', [], { Id: id })]);
    this.flushed(await this.desk.create(email, response, { disposition: 'SendAndSaveCopy' }));
  }

  /** One item or occurrence, or null. */
  item(email: string, id: string): XmlElement | null {
    return this.desk.item(email, id);
  }

  /** Items of a folder: a distinguished name, or an id. */
  items(email: string, folder = 'calendar'): readonly XmlElement[] {
    return this.desk.items(email, folder);
  }

  /** What takes place in the calendar between two instants, series expanded, by start; two years at most. */
  agenda(email: string, from: number, to: number): readonly XmlElement[] {
    return this.desk.agenda(email, from, to);
  }

  /** Loads a calendar file into the calendar. */
  importIcs(email: string, text: string): { imported: number; unreadable: UnreadablePart[] } {
    return this.flushed(importCalendar(text, this.place(email)));
  }

  /** Loads a file of cards into the contacts. */
  importVcf(email: string, text: string): { imported: number; unreadable: UnreadablePart[] } {
    return this.flushed(importContacts(text, this.place(email)));
  }

  /** Fills calendar and contacts with generated items. */
  seed(email: string, { contacts = 0, ...order }: SeedOrder & { contacts?: number }): void {
    const place = this.place(email);
    seedCalendar(order, place);
    seedContacts({ contacts, seed: order.seed }, place);
    this.simulator.flush();
  }

  /** Back to the demo mailboxes, or to none, of the real time; faults, settings and the ledger go too. */
  reset(): void {
    const { simulator } = this;
    simulator.clear();
    if (simulator.isDemo) {
      createDemo({
        around: simulator.world.given,
        now: this.now(),
        timeZone: simulator.defaultZone,
        createMailbox: (order) => this.createMailbox(order),
      });
    }
    simulator.flush();
  }

  /** @throws SimulatorRefusal `unknown_kind`, `unknown_mailbox` */
  addFault(order: FaultOrder): void {
    if (!FAULT_KINDS.includes(order.kind)) {
      throw new SimulatorRefusal('unknown_kind', `Exchange has no fault ${order.kind}`);
    }
    const email = order.email === undefined ? {} : { email: this.account(order.email).email };
    this.simulator.addFault({ ...order, ...email });
  }

  /** Breaks open streams off without a word, of one mailbox or all; returns how many. */
  cutStreams(email?: string): number {
    return this.simulator.notifications.cutStreams(email === undefined ? undefined : this.account(email).email);
  }

  /** Forgets subscriptions, as a server does that is started anew, of one mailbox or all; returns how many. */
  forgetSubscriptions(email?: string): number {
    return this.simulator.notifications.forget(email === undefined ? undefined : this.account(email).email);
  }

  /** From now on streams come in pieces of so many signs; null: each envelope at once. */
  splitStreams(pieceLength: number | null): void {
    this.simulator.notifications.pieceLength = pieceLength;
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

  /** @throws SimulatorRefusal `invalid`, always */
  issueToken(_email: string, _scope: string): never {
    throw new SimulatorRefusal('invalid', 'Exchange gives out no tokens: sign in with the password of the mailbox');
  }

  ledger(email?: string): LedgerView {
    return this.simulator.ledger.view(email === undefined ? null : this.account(email).email);
  }

  /** @throws SimulatorRefusal `unknown_mailbox` */
  account(email: string): AccountRecord {
    const account = this.simulator.accounts.get(email.trim().toLowerCase());
    if (account === null) throw new SimulatorRefusal('unknown_mailbox', `there is no mailbox ${email}`);
    return account;
  }

  /** Where what is loaded comes, without a word to anybody. */
  private place(email: string) {
    const { email: mailbox, timeZone } = this.account(email);
    return { around: this.simulator.world.given, call: ownCall(mailbox, this.now()), timeZone };
  }

  private flushed<T>(result: T): T {
    this.simulator.flush();
    return result;
  }
}
