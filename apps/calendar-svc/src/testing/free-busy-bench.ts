import type { AccessGrant, Caller, FreeBusy } from '@daybook/contracts';
import type { MeetingContent, Provider } from '@daybook/provider-port';
import { at, content, single, type FakeMailbox } from '@daybook/testing/fakes';
import { readFreeBusy, type FreeBusySurroundings } from '../use-cases/free-busy/read-free-busy';
import { ADDRESS, type SyncBench } from './sync-bench';

export const BEN = 'ben@example.com';
export const CLEO = 'cleo@example.com';
export const DAN = 'dan@example.com';
export const WEEK = { from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z' };

const SIGN_INS: Readonly<Record<string, string>> = { usr_ben: BEN, usr_cleo: CLEO };

export type Item = FreeBusy['items'][number];

/** Ada, who asks when people are taken: with her own connection, or with others beside it. */
export class FreeBusyBench {
  /** What auth-svc answers next, in place of the usual. */
  readonly grants: AccessGrant[] = [];
  /** Tokens that auth-svc was told were not taken, one for each time it was asked. */
  readonly rejected: (string | undefined)[] = [];
  readonly throttled: string[] = [];
  /** Of connections that have another than the bench's. */
  readonly providers = new Map<string, Provider>();
  /** Whose access it is, of connections that have another provider. */
  readonly tokens = new Map<string, () => string>();
  around: FreeBusySurroundings;

  constructor(readonly bench: SyncBench) {
    this.around = {
      ...bench.reading,
      access: {
        ...bench.access,
        get: (id, token) => this.granted(id, token),
        throttle: async (id, notBefore) => void this.throttled.push(`${id} ${notBefore.toISOString()}`),
      },
      colleagues: {
        person: async () => ({ email: ADDRESS }),
        addressOf: async (accountId, userId) => (accountId === 'acc_1' ? (SIGN_INS[userId] ?? null) : null),
      },
      providerFor: ({ _id }) => this.providers.get(_id) ?? bench.provider,
      limits: { askMs: 5_000, wholeMs: 5_000 },
    };
  }

  read(
    users: string | readonly string[],
    more: Readonly<Record<string, unknown>> = {},
    caller: Caller = this.bench.caller,
  ): Promise<FreeBusy> {
    return readFreeBusy(caller, { users, ...WEEK, ...more }, this.around);
  }

  async one(user: string, more?: Readonly<Record<string, unknown>>): Promise<Item> {
    const [item, ...rest] = (await this.read(user, more)).items;
    if (!item || rest.length > 0) throw new Error('not one item');
    return item;
  }

  private async granted(id: string, rejected: string | undefined): Promise<AccessGrant> {
    this.rejected.push(rejected);
    const token = this.tokens.get(id)?.();
    if (token !== undefined) return { type: 'access', token, expiresAt: WEEK.to, notBefore: null };
    return this.grants.shift() ?? this.bench.access.get(id);
  }
}

/** From nine to ten in Berlin, on a day of November. */
export function put(mailbox: FakeMailbox, name: string, day: string, more?: Partial<MeetingContent>): void {
  mailbox.put(single(name, content(name, at(`2026-11-${day}T09:00`), at(`2026-11-${day}T10:00`), more)));
}

/** `11-24T08:00` */
export const starts = ({ busy }: Pick<Item, 'busy'>): string[] => busy.map(({ start }) => start.slice(5, 16));

/** Of the problem that it ends with. */
export function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'none',
    (error: { problem?: { code?: string } }) => error.problem?.code ?? error,
  );
}
