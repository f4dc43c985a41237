import { openPolicy, type AccessGrant, type Caller, type Connection, type DiagnosisItem } from '@daybook/contracts';
import { passed, type CheckOutcome, type Provider } from '@daybook/provider-port';
import type { TestEvent } from '@daybook/sync-engine';
import { FakeClock, FakeProvider, type FakeMailbox } from '@daybook/testing/fakes';
import type { AccessSource } from '../ports/access-source';
import type { DiagnosisStart, DiagnosisStore, LeftTestEvent } from '../ports/diagnosing';
import { diagnoseConnection, type DiagnosisSurroundings } from '../use-cases/diagnose-connection';

export const ADA = 'ada@example.com';
const caller: Caller = { userId: 'usr_ada', accountId: 'acc_1', role: 'member', client: { kind: 'unknown' } };
const part = { state: 'active' as const, freshness: { stale: false, sources: [] } };

/** The notes and turns of diagnoses, in memory. */
export class FakeDiagnosisStore implements DiagnosisStore {
  readonly events = new Map<string, LeftTestEvent>();
  private readonly turns = new Map<string, DiagnosisStart>();

  async begin(start: DiagnosisStart): Promise<Date | null> {
    const other = this.turns.get(start.connectionId);
    if (other && other.until > start.now) return other.until;
    if (other && other.restUntil > start.now) return other.restUntil;
    this.turns.set(start.connectionId, start);
    return null;
  }

  async end(connectionId: string, runId: string): Promise<void> {
    const own = this.turns.get(connectionId);
    if (own?.runId === runId) this.turns.set(connectionId, { ...own, until: own.now });
  }

  notesOf(connectionId: string) {
    return {
      note: async (event: TestEvent) => void this.events.set(event.key, { ...event, connectionId }),
      forget: async ({ key }: TestEvent) => void this.events.delete(key),
    };
  }

  async leftSince(): Promise<LeftTestEvent[]> {
    return [...this.events.values()];
  }
}

/** One connection of ada's with a mailbox in memory; everything about it can be changed before it is looked at. */
export class DiagnosisBench implements AccessSource {
  readonly clock = new FakeClock();
  readonly fake = new FakeProvider({ clock: this.clock });
  readonly mailbox: FakeMailbox = this.fake.mailbox(ADA);
  readonly store = new FakeDiagnosisStore();
  readonly throttled: Date[] = [];
  readonly revocations: string[] = [];
  readonly told: DiagnosisItem[] = [];
  reach: { address: CheckOutcome; tls: CheckOutcome } = { address: passed, tls: passed };
  provider: Provider = { ...this.members(), diagnosis: this.looking() };
  policy = { ...openPolicy(), version: '1' };
  connection: Connection = {
    id: 'con_1',
    service: 'google',
    method: 'oauth2',
    account: ADA,
    state: 'active',
    calendar: part,
    contacts: { state: 'off', freshness: { stale: false, sources: [] } },
    permissions: {
      wanted: { calendar: 'readWrite', contacts: 'none' },
      granted: { calendar: 'readWrite', contacts: 'none' },
      missing: [],
    },
    version: '1',
  };
  /** What auth-svc answers next, and after that. */
  grants: AccessGrant[] = [];
  limits = { checkMs: 1_000, wholeMs: 5_000 };
  private keys = 0;

  async get(): Promise<AccessGrant> {
    const next = this.grants.shift();
    if (next) return next;
    return this.granted();
  }

  async throttle(_connectionId: string, notBefore: Date): Promise<void> {
    this.throttled.push(notBefore);
  }

  async revoked(_connectionId: string, rejected: string): Promise<void> {
    this.revocations.push(rejected);
  }

  granted(more: { token?: string; notBefore?: string } = {}): AccessGrant {
    const { token } = this.fake.access(ADA);
    return { type: 'access', token, expiresAt: new Date(0).toISOString(), notBefore: null, ...more };
  }

  refused(kind: Extract<AccessGrant, { type: 'refused' }>['kind']): void {
    this.grants = [{ type: 'refused', kind, detail: '', retryAt: null }];
  }

  /** All findings by check, as `passed` or `failed`/`skipped` and the code. */
  async look(): Promise<Record<string, string>> {
    const { items } = await this.diagnose();
    return Object.fromEntries(items.map(({ check, outcome, code }) => [check, code ? `${outcome} ${code}` : outcome]));
  }

  diagnose() {
    return diagnoseConnection(caller, 'con_1', this.surroundings(), (item) => this.told.push(item));
  }

  /** Until late work has ended as well. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  private surroundings(): DiagnosisSurroundings {
    return {
      store: this.store,
      facts: { policy: async () => this.policy, connection: async () => this.connection },
      access: this,
      clock: this.clock,
      providerOf: () => this.provider,
      newKey: () => `${(this.keys += 1)}`.padStart(40, '0'),
      limits: this.limits,
      failed: (error) => {
        throw error;
      },
    };
  }

  private members(): Omit<Provider, 'diagnosis'> {
    const { key, describe, auth, calendar, notifications } = this.fake;
    return { key, describe, auth, calendar, notifications };
  }

  private looking(): NonNullable<Provider['diagnosis']> {
    return {
      reach: async () => this.reach,
      signIn: async ({ token }) => void this.fake.auth.holderOf(token),
    };
  }
}
