import type { Caller, Permissions, RawBody } from '@daybook/contracts';
import { createKeyring, hashPassword, Secret } from '@daybook/platform/crypto';
import { createLogger } from '@daybook/platform/logging';
import { FakeClock } from '@daybook/testing/fakes';
import { PassportBrowserLegs } from '../adapters/providers/passport-browser-legs';
import { AuthUseCases, type AuthPorts } from '../auth-use-cases';
import { AddPerson } from '../use-cases/people/add-person';
import type { LegResult } from '../use-cases/connections/finish-browser-leg';
import type { LegStarted } from '../use-cases/connections/start-browser-leg';
import {
  FakeBrowserLegStore,
  FakeConnectionStore,
  FakeCredentialVault,
  FakeReceiptStore,
} from './fake-connection-stores';
import { catalogOf } from './fake-catalog';
import { FakeDatabase } from './fake-database';
import { FakeKeptAnswers } from './fake-kept-answers';
import {
  FakeApiKeyStore,
  FakeInvitationStore,
  FakePersonStore,
  FakeSessionStore,
  FakeSignInAttempts,
  FakeSigningKeyStore,
} from './fake-people-stores';
import { FakeAnnouncer, FakeLeases, FakeLivePush, FakePolicyCopies, FakeSyncingServices } from './fake-surroundings';
import { FakeForms } from './fake-forms';
import { TroubledAuth } from './troubled-provider';

type StorePorts = Pick<
  AuthPorts,
  | 'people'
  | 'invitations'
  | 'sessions'
  | 'attempts'
  | 'signingKeys'
  | 'apiKeys'
  | 'keptAnswers'
  | 'connections'
  | 'vault'
  | 'legs'
  | 'receipts'
  | 'work'
  | 'leases'
>;

let passwordHash: Promise<string> | undefined;

export const PUBLIC_URL = 'http://daybook.test:8080';
export const keyring = createKeyring({ current: Secret.of(Buffer.alloc(32, 7)) });

export function fakeStores(): StorePorts {
  const database = new FakeDatabase();
  return {
    people: new FakePersonStore(database),
    invitations: new FakeInvitationStore(database),
    sessions: new FakeSessionStore(database),
    attempts: new FakeSignInAttempts(),
    signingKeys: new FakeSigningKeyStore(),
    apiKeys: new FakeApiKeyStore(database),
    keptAnswers: new FakeKeptAnswers(database),
    connections: new FakeConnectionStore(database),
    vault: new FakeCredentialVault(database),
    legs: new FakeBrowserLegStore(database),
    receipts: new FakeReceiptStore(database),
    work: database,
    leases: new FakeLeases(),
  };
}

/** The whole service without its wires, on any set of stores, with a provider that does what a test says. */
export class AuthHarness {
  /** Far ahead: a real database's expiry must never reach rows of a test. */
  readonly clock = new FakeClock(Date.UTC(2031, 4, 5, 8));
  readonly auth = new TroubledAuth(this.clock);
  /** What is signed in to with a form, once it is offered. */
  readonly forms = new FakeForms(this.clock);
  readonly announcer = new FakeAnnouncer();
  readonly push = new FakeLivePush();
  readonly policies = new FakePolicyCopies();
  readonly services = new FakeSyncingServices();
  readonly logs: string[] = [];
  readonly ports: AuthPorts;
  readonly use: AuthUseCases;

  constructor(stores: StorePorts) {
    const logger = createLogger({ service: 'test', destination: { write: (line) => void this.logs.push(line) } });
    const catalog = catalogOf(this.auth, this.forms);
    this.ports = {
      ...stores,
      announcer: this.announcer,
      push: this.push,
      policies: this.policies,
      services: this.services,
      browserLegs: new PassportBrowserLegs(catalog, PUBLIC_URL, logger),
      catalog,
      keyring,
      logger,
      clock: this.clock.asDates,
      publicUrl: PUBLIC_URL,
      brand: 'Zoom',
      defaultTimeZone: 'Europe/Berlin',
    };
    this.use = new AuthUseCases(this.ports);
  }

  /** Another process on the same stores, except for those given. */
  anotherInstance(others: Partial<AuthPorts> = {}): AuthUseCases {
    return new AuthUseCases({ ...this.ports, ...others });
  }

  async callerOf(email = 'ada@example.com'): Promise<Caller> {
    await this.addPeople();
    const person = await this.ports.people.findByEmail(email);
    if (!person) throw new Error(`${email} is nobody`);
    return { userId: person.id, accountId: person.accountId, role: person.role, client: { kind: 'portal' } };
  }

  /** The demo people, without the price of hashing their password each time. */
  async addPeople(): Promise<void> {
    const { people, clock, work } = this.ports;
    if (!(await people.isEmpty())) return;
    passwordHash ??= hashPassword('daybook');
    const common = { accountId: 'acc_test', passwordHash: await passwordHash, phoneLicence: true };
    const add = new AddPerson(people, this.announcer, clock, 'Europe/Berlin');
    await work.run(async (tx) => {
      await people.addAccount({ id: 'acc_test', name: 'Test', createdAt: clock.now() }, tx);
      for (const name of ['admin', 'ada', 'ben']) {
        const role = name === 'admin' ? 'administrator' : 'member';
        await add.person({ ...common, email: `${name}@example.com`, name, role }, tx);
      }
    });
  }

  /** Starts a leg in a browser and gives what the provider's page would come back with. */
  async leave(authorizeUrl: string | undefined): Promise<LeftFor> {
    const started = await this.start(authorizeUrl);
    if (started.type === 'failed') throw new Error(`the leg failed with ${started.code}`);
    const state = new URL(started.goTo).searchParams.get('state') ?? '';
    return { state, cookie: started.cookie, provider: providerIn(authorizeUrl) };
  }

  start(authorizeUrl: string | undefined): Promise<LegStarted> {
    const ticket = new URL(authorizeUrl ?? '').searchParams.get('ticket') ?? '';
    return this.use.startBrowserLeg.run(providerIn(authorizeUrl), ticket, { query: {} });
  }

  comeBack(
    { state, cookie, provider = 'fake' }: Omit<LeftFor, 'provider'> & { provider?: string },
    answer: { code?: string; error?: string } = { code: 'ada@fake.example' },
  ): Promise<LegResult> {
    return this.use.finishBrowserLeg.run({ provider, state, cookie, request: { query: { state, ...answer } } });
  }

  /** A whole leg, from the link to the portal. */
  async consent(authorizeUrl: string | undefined, answer?: { code?: string; error?: string }): Promise<LegResult> {
    return this.comeBack(await this.leave(authorizeUrl), answer);
  }

  /** A connection that works, and its id. */
  async connected(caller: Caller, permissions: Permissions = reading): Promise<string> {
    const { connection, authorizeUrl } = await this.use.connect.run(caller, wish(permissions));
    await this.consent(authorizeUrl);
    return connection.id;
  }
}

/** A leg under way: what a browser would come back with. */
interface LeftFor {
  readonly state: string;
  readonly cookie: string;
  readonly provider: string;
}

function providerIn(authorizeUrl: string | undefined): string {
  return new URL(authorizeUrl ?? '').pathname.split('/').at(-2) ?? '';
}

export const reading: Permissions = { calendar: 'read', contacts: 'none' };
export const writing: Permissions = { calendar: 'readWrite', contacts: 'none' };

export function wish(permissions: Permissions): RawBody {
  return json({ service: 'google', permissions });
}

export function json(value: unknown): RawBody {
  return { type: 'json', value };
}

/** The code of the problem a call ends with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  const problem = outcome instanceof Error && 'problem' in outcome ? outcome.problem : null;
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) {
    throw outcome instanceof Error ? outcome : new Error('the call did not fail');
  }
  return String(problem.code);
}
