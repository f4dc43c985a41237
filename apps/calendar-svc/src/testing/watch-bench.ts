import { ProviderError } from '@daybook/provider-port';
import { FakeClock, FakeProvider } from '@daybook/testing/fakes';
import type { AccessSource } from '../ports/access-source';
import type { ConnectionRecord } from '../ports/records';
import type { WatchableConnection } from '../ports/watchable-connections';
import { Watch, type WatchSurroundings } from '../jobs/watch';

export const ADA = 'ada@example.com';

export const WATCHED: WatchableConnection = {
  connectionId: 'con_1',
  service: 'exchange',
  method: 'ews',
  revision: 1,
  decisions: 1,
  calendars: ['primary', 'second'].map((remoteId) => ({ _id: `cal_${remoteId}`, connectionId: 'con_1', remoteId })),
};

/** One watch over a mailbox in memory; pauses last until they are ended here. */
export class WatchBench {
  readonly clock = new FakeClock();
  readonly provider = new FakeProvider({ clock: this.clock });
  readonly mailbox = this.provider.mailbox(ADA);
  /** Ids of calendars that a hint was raised for. */
  hints: string[] = [];
  readonly woken: string[] = [];
  /** Milliseconds of each pause so far. */
  readonly pauses: number[] = [];
  readonly ends: string[] = [];
  readonly faults: unknown[] = [];
  readonly told: string[] = [];
  readonly rejected: (string | undefined)[] = [];
  readonly lost = new AbortController();
  record: Partial<ConnectionRecord> = { notBefore: null };
  readonly token = this.provider.access(ADA).token;
  isStoring = true;
  /** While it is false, auth-svc hears of no refusal. */
  isTelling = true;
  /** While it is false, auth-svc gives no access. */
  isAnswering = true;
  private resume: () => void = () => undefined;

  constructor() {
    this.mailbox.addCalendar({ remoteId: 'second' });
    this.mailbox.addCalendar({ remoteId: 'third' });
  }

  begin(target: WatchableConnection = WATCHED): Watch {
    return new Watch(target, this.surroundings(), this.lost.signal);
  }

  /** The pause of now is over. */
  async go(): Promise<void> {
    this.resume();
    await this.quiet();
  }

  async quiet(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Hints since the last time. */
  takeHints(): string[] {
    const taken = this.hints.sort();
    this.hints = [];
    return taken;
  }

  private surroundings(): WatchSurroundings {
    const { clock, provider } = this;
    return {
      clock,
      access: this.access(),
      providerFor: () => provider,
      store: { connection: async () => connection(this.record) },
      hints: {
        store: {
          requestSync: async (calendarId) => {
            if (!this.isStoring) throw new Error('the database is away');
            this.hints.push(calendarId);
            return true;
          },
        },
        wake: (connectionId) => void this.woken.push(connectionId),
      },
      random: () => 0.5,
      pause: (ms, signal) =>
        new Promise((resolve) => {
          this.pauses.push(ms);
          this.resume = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      ended: (_connectionId, how) => void this.ends.push(how),
      failed: (error) => void this.faults.push(error),
    };
  }

  private access(): AccessSource {
    return {
      get: async (_connectionId, rejected) => {
        this.rejected.push(rejected);
        if (!this.isAnswering) throw new Error('nobody answers');
        const { token } = this;
        if (rejected === token && this.provider.watching.refuses?.kind === 'ConsentRevoked')
          return { type: 'refused', kind: 'ConsentRevoked', detail: 'a password', retryAt: null };
        return { type: 'access', token, expiresAt: new Date(0).toISOString(), notBefore: null };
      },
      throttle: async () => void this.told.push('throttle'),
      revoked: async () => {
        if (!this.isTelling) throw new Error('nobody answers');
        this.told.push('revoked');
      },
    };
  }
}

export const refusal = (kind: ProviderError['kind']): ProviderError =>
  new ProviderError(kind, { detail: 'fake watch' });

function connection(more: Partial<ConnectionRecord>): ConnectionRecord {
  const who = { _id: 'con_1', accountId: 'acc_1', userId: 'usr_ada', addresses: [ADA] };
  const what = { service: 'exchange', method: 'ews', status: 'live', readable: true, writable: true } as const;
  const pace = { listDueAt: new Date(0), listedAt: new Date(0), notBefore: null, failures: 0, problem: null };
  return { ...who, ...what, ...pace, revision: 1, receiptId: null, ...more };
}
