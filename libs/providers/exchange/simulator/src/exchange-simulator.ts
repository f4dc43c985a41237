import { windowsIdOf } from '@daybook/domain';
import {
  emptyAnswer,
  Faults,
  Ledger,
  noRecorder,
  SharedJournal,
  ShiftableClock,
  type Answer,
  type FaultOrder,
  type Incoming,
  type Recorder,
  type ServedSimulator,
} from '@daybook/simulator-kit';
import { randomUUID, X509Certificate } from 'node:crypto';
import { AccountBook } from './auth/account-book';
import { SignInGate } from './auth/sign-in-gate';
import { DirectoryBook } from './directory/directory-book';
import { atNow, exchangeWorld, type ExchangeWorld } from './exchange-world';
import { WebSide } from './http/web-side';
import { Notifications } from './notifications/notifications';
import { exchangeOperations } from './operations/exchange-operations';
import { notedOperations } from './operations/noted-operations';
import { struckOperations } from './operations/struck-operations';
import type { ExchangeSimulatorOptions } from './options';
import { SERVER_HEADERS, signInSetting } from './server-names';
import { SettingsBook } from './server-settings';
import type { Operations } from './soap/operation';
import { SERVER_VERSIONS } from './soap/server-version';
import { SoapDoor } from './soap/soap-door';
import { MOST_BYTES } from './wire/read-xml';

/** One simulated Exchange Server: state, rules and addresses, without the sockets. */
export class ExchangeSimulator implements ServedSimulator {
  readonly clock: ShiftableClock;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly accounts: AccountBook;
  readonly settings: SettingsBook;
  readonly gate: SignInGate;
  readonly world: ExchangeWorld;
  readonly book: DirectoryBook;
  readonly notifications: Notifications;
  /** What clients may ask for, each write noted, faults aside. */
  readonly operations: Operations;
  readonly recorder: Recorder;
  readonly headers = SERVER_HEADERS;
  readonly varies = 'Accept-Encoding';
  readonly largestBody = MOST_BYTES;
  /** Where it can be reached; set once it listens. */
  origin = 'http://localhost';
  latencyMs: number;
  private readonly journal = new SharedJournal();
  private readonly web: WebSide;

  constructor(private readonly options: ExchangeSimulatorOptions) {
    this.clock = new ShiftableClock(options.clock);
    this.faults = new Faults(this.clock);
    this.recorder = options.recorder ?? noRecorder;
    this.latencyMs = options.latencyMs ?? 0;
    const around = { journal: this.journal.current, clock: this.clock };
    this.ledger = new Ledger(this.journal.current);
    this.accounts = new AccountBook(this.journal.current);
    this.settings = new SettingsBook(this.journal.current, options.settings);
    this.world = exchangeWorld({ ...around, ledger: this.ledger });
    this.book = new DirectoryBook(this.journal.current);
    this.notifications = this.newNotifications();
    this.gate = this.newGate(options.certificate);
    this.operations = this.newOperations();
    this.web = this.newWeb();
    this.journal.open(options.journalFile, this.parts);
    this.journal.flush();
  }

  /** Answers one request. Never rejects: what goes wrong is an answer too. */
  async answer(incoming: Incoming): Promise<Answer> {
    const answer = this.onTheWire(await this.answered(incoming));
    this.flush();
    const ids = { 'request-id': randomUUID(), ...echoOf(incoming) };
    const headers = { ...ids, ...answer.headers };
    return incoming.method === 'HEAD' ? { ...answer, headers, body: '' } : { ...answer, headers };
  }

  /** IIS refuses what is beyond `maxAllowedContentLength` so. */
  tooLarge(): Answer {
    return { status: 413, headers: { connection: 'close' }, body: '' };
  }

  delayOf(): number {
    return this.latencyMs;
  }

  /** Connections are cut once it is known whose they are. */
  cuts(): boolean {
    return false;
  }

  addFault(order: FaultOrder): void {
    this.faults.add(order);
  }

  /** Whether there are demo mailboxes to go back to. */
  get isDemo(): boolean {
    return this.options.demo ?? false;
  }

  /** Zone of mailboxes that name none, an IANA name. */
  get defaultZone(): string {
    return this.options.demoTimeZone ?? 'Europe/Berlin';
  }

  /** Ends a unit of work: what was written is safe from here on. */
  flush(): void {
    this.journal.flush();
  }

  /** Forgets every mailbox and account, and settings that were changed. */
  clear(): void {
    this.faults.clear();
    this.clock.set(null);
    this.gate.forgetFailures();
    this.notifications.clear();
    for (const part of this.parts) part.clear();
    this.journal.rewrite();
  }

  close(): void {
    this.notifications.close();
    this.journal.close();
  }

  private get parts() {
    return [this.accounts, this.settings, this.world.store, this.book, this.ledger];
  }

  private async answered(incoming: Incoming): Promise<Answer> {
    try {
      return await this.web.answer(incoming);
    } catch (error) {
      this.options.onBug?.(error);
      return emptyAnswer(500);
    }
  }

  private onTheWire(answer: Answer): Answer {
    const { chunks } = answer;
    return chunks === undefined ? answer : { ...answer, chunks: this.notifications.onTheWire(chunks) };
  }

  private newNotifications(): Notifications {
    const { world, clock, recorder, options } = this;
    const settings = options.notifications === undefined ? {} : { settings: options.notifications };
    const streaming = () => this.settings.current.streaming;
    return new Notifications({ store: world.store, clock, recorder, streaming, ...settings });
  }

  private newOperations(): Operations {
    const { world, book, notifications } = this;
    const zoneOf = (email: string): string | null => windowsIdOf(this.accounts.get(email)?.timeZone ?? '');
    const all = exchangeOperations({ items: world.items, book, zoneOf, notifications: notifications.operations });
    return notedOperations(all, ({ mailbox, operation, itemId }) =>
      this.ledger.noteWrite(mailbox, { at: atNow(this.clock), operation, itemId }),
    );
  }

  private newGate(pem: string | undefined): SignInGate {
    const certificate = pem === undefined ? null : new X509Certificate(pem).raw;
    return new SignInGate({
      accounts: this.accounts,
      clock: this.clock,
      isRevoked: (email) => this.faults.strike('grant_revoked', email) !== null,
      setting: () =>
        signInSetting({
          settings: this.settings.current,
          domain: this.accounts.domains[0],
          host: new URL(this.origin).hostname,
          certificate,
        }),
    });
  }

  private newWeb(): WebSide {
    const { settings, clock, faults, gate, accounts, world } = this;
    const soap = new SoapDoor({
      operations: struckOperations(this.operations, { faults, items: world.items }),
      get server() {
        return SERVER_VERSIONS[settings.current.version];
      },
      clock,
      hasMailbox: (email) => world.store.mailboxes.has(email),
      mayImpersonate: (caller) => settings.current.impersonators.includes(caller),
      onBug: (error) => this.options.onBug?.(error),
    });
    return new WebSide({ soap, settings, clock, faults, gate, accounts, world });
  }
}

/** https://learn.microsoft.com/en-us/dotnet/api/microsoft.exchange.webservices.data.exchangeservicebase.returnclientrequestid */
function echoOf({ headers }: Incoming): Record<string, string> {
  const own = headers['client-request-id'];
  const isWanted = String(headers['return-client-request-id']).toLowerCase() === 'true';
  return isWanted && typeof own === 'string' ? { 'client-request-id': own } : {};
}
