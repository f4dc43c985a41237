import { openPolicy, type AccessGrant, type Caller } from '@daybook/contracts';
import { ProviderError, type Provider } from '@daybook/provider-port';
import { at, content, FakeProvider, single, type FakeMailbox } from '@daybook/testing/fakes';
import { BEN, CLEO, codeOf, DAN, FreeBusyBench, put, starts, WEEK } from '../../testing/free-busy-bench';
import { ADDRESS, startSyncBench, withTestDatabase, type SyncBench } from '../../testing/sync-bench';

describe('when people are taken', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let ben: FakeMailbox;
  let subject: FreeBusyBench;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    ben = bench.provider.mailbox(BEN);
    subject = new FreeBusyBench(bench);
  });

  describe('of others', () => {
    it('are asked of the provider: only times come, joined and within the stretch', async () => {
      put(ben, 'Salary talk', '24', { location: 'Room 9' });
      put(ben, 'Second talk', '24');
      ben.put(single('long', content('long', at('2026-11-29T20:00'), at('2026-12-02T20:00'))));
      expect(await subject.one(BEN)).toEqual({
        email: BEN,
        busy: [
          { start: '2026-11-24T08:00:00.000Z', end: '2026-11-24T09:00:00.000Z', status: 'busy' },
          { start: '2026-11-29T19:00:00.000Z', end: '2026-11-30T00:00:00.000Z', status: 'busy' },
        ],
      });
    });

    it('are not free because nobody knows them, or nobody may know', async () => {
      bench.provider.mailbox(CLEO);
      bench.provider.availability.closed.add(CLEO);
      const { items } = await subject.read([DAN, CLEO, BEN]);
      expect(items).toEqual([
        { email: DAN, busy: [], reason: 'unknown_address' },
        { email: CLEO, busy: [], reason: 'not_allowed' },
        { email: BEN, busy: [] },
      ]);
    });

    it('are found by the id of a colleague, whichever of their addresses the provider knows', async () => {
      await bench.addPerson({ _id: 'con_cleo', userId: 'usr_cleo', accountId: 'acc_1' }, DAN);
      put(bench.provider.mailbox(DAN), 'talk', '25');
      expect(await subject.one('usr_cleo')).toMatchObject({
        userId: 'usr_cleo',
        email: DAN,
        busy: [{ status: 'busy' }],
      });
      put(bench.provider.mailbox(CLEO), 'other', '26');
      const both = await subject.one('usr_cleo');
      expect([both.email, both.reason, starts(both)]).toEqual([CLEO, undefined, ['11-25T08:00', '11-26T08:00']]);
      bench.provider.availability.closed.add(DAN);
      const some = await subject.one('usr_cleo');
      expect([some.reason, starts(some)]).toEqual(['incomplete', ['11-26T08:00']]);
    });

    it.each(['usr_far', 'usr_nobody', '$ne', 'x'.repeat(200)])('%s of no colleague is not there', async (id) => {
      await bench.addPerson({ _id: 'con_far', userId: 'usr_far', accountId: 'acc_2' }, 'far@example.org');
      expect(await codeOf(subject.read([BEN, id]))).toBe('not_found');
    });

    it('are asked for once for each address, all at once', async () => {
      await subject.read([BEN, 'usr_ben', BEN.toUpperCase(), CLEO]);
      expect(bench.provider.availability.asked).toEqual([[BEN, CLEO]]);
    });
  });

  describe('of others, by several connections', () => {
    let second: FakeProvider;
    beforeEach(async () => {
      const first = await bench.store.connection('con_1');
      if (!first) throw new Error('there is no connection');
      await bench.store.followConnection({ ...first, _id: 'con_2', service: 'exchange', method: 'ews' });
      second = new FakeProvider({ key: 'second', clock: bench.clock });
      subject.providers.set('con_2', second);
      subject.tokens.set('con_2', () => second.access(ADDRESS).token);
      put(ben, 'talk', '24');
      put(second.mailbox(BEN), 'other talk', '25');
      put(second.mailbox(CLEO), 'talk', '26');
    });

    it('are those of the first that knows; only whom it does not know the next is asked for', async () => {
      const { items } = await subject.read([BEN, CLEO, DAN]);
      expect(items.map(({ email, reason }) => [email, reason])).toEqual([
        [BEN, undefined],
        [CLEO, undefined],
        [DAN, 'unknown_address'],
      ]);
      expect(items.map(starts)).toEqual([['11-24T08:00'], ['11-26T08:00'], []]);
      expect(second.availability.asked).toEqual([[CLEO, DAN]]);
      await subject.read(BEN);
      expect(second.availability.asked).toHaveLength(1);
    });

    it('are in doubt where nobody knew them while another did not answer', async () => {
      bench.provider.faults.add({ kind: 'unavailable', on: 'availability' });
      const { items } = await subject.read([BEN, DAN]);
      expect(items.map(({ reason }) => reason)).toEqual([undefined, 'not_told']);
      expect(items.slice(0, 1).map(starts)).toEqual([['11-25T08:00']]);
    });

    it('are told by those that can, whatever others lack', async () => {
      bench.provider.faults.add({ kind: 'permission_missing', on: 'availability' });
      const { items } = await subject.read([BEN, DAN]);
      expect(items.map(({ reason }) => reason)).toEqual([undefined, 'unknown_address']);
    });

    it('are withheld for the reason that says most', async () => {
      bench.provider.availability.closed.add(BEN);
      second.availability.closed.add(CLEO);
      bench.provider.mailbox(CLEO);
      bench.provider.availability.closed.add(CLEO);
      subject.providers.set('con_2', {
        ...second,
        auth: second.auth,
        availability: {
          busyTimes: async (_access, { addresses }) =>
            addresses.map(() => ({ known: false, because: 'unknown_address' as const })),
        },
      });
      expect((await subject.read([BEN, CLEO])).items.map(({ reason }) => reason)).toEqual([
        'not_allowed',
        'not_allowed',
      ]);
    });
  });

  describe('in trouble', () => {
    const refused = (kind: Extract<AccessGrant, { type: 'refused' }>['kind']): AccessGrant => ({
      ...{ type: 'refused', kind, detail: 'fake', retryAt: null },
    });

    it.each([
      ['throttled', 'provider_unavailable'],
      ['unavailable', 'provider_unavailable'],
      ['permission_missing', 'capability_not_available'],
      ['switched_off', 'capability_not_available'],
      ['consent_revoked', 'capability_not_available'],
    ] as const)('of the provider, %s, the answer is %s, and never that somebody is free', async (kind, problem) => {
      bench.provider.faults.add({ kind, on: 'availability' });
      expect(await codeOf(subject.read(BEN))).toBe(problem);
    });

    it.each([
      ['Unavailable', 'provider_unavailable'],
      ['Throttled', 'provider_unavailable'],
      ['ConsentRevoked', 'capability_not_available'],
      ['Stopped', 'capability_not_available'],
    ] as const)('of the access, %s, the answer is %s, and nothing is asked', async (kind, problem) => {
      subject.grants.push(refused(kind));
      expect(await codeOf(subject.read(BEN))).toBe(problem);
      expect(bench.provider.availability.asked).toEqual([]);
    });

    it('waits where the provider has asked to be left alone, and passes on that it has', async () => {
      bench.provider.faults.add({ kind: 'throttled', on: 'availability', retryAfterMs: 60_000 });
      await codeOf(subject.read(BEN));
      const until = new Date(bench.clock.now() + 60_000).toISOString();
      expect(subject.throttled).toEqual([`con_1 ${until}`]);
      subject.grants.push({ type: 'access', token: 't', expiresAt: WEEK.to, notBefore: until });
      expect(await codeOf(subject.read(BEN))).toBe('provider_unavailable');
      expect(bench.provider.availability.asked).toHaveLength(1);
    });

    it('renews access that is not taken once, and says so where that is not taken, either', async () => {
      bench.provider.faults.add({ kind: 'access_expired', on: 'availability' });
      expect((await subject.one(BEN)).busy).toEqual([]);
      expect(subject.rejected).toEqual([undefined, expect.stringContaining('fake-access')]);
      bench.provider.faults.add({ kind: 'access_expired', on: 'availability', times: 2 });
      expect(await codeOf(subject.read(BEN))).toBe('capability_not_available');
      expect(bench.revocations).toHaveLength(1);
    });

    it('tells what the provider wants to see at the next sign-in', async () => {
      bench.provider.faults.add({ kind: 'sign_in_needed', on: 'availability' });
      await codeOf(subject.read(BEN));
      expect(bench.revocations).toMatchObject([{ connectionId: 'con_1', claims: expect.stringContaining('fresh') }]);
    });

    it('does not wait for ever, and lets go of what it has begun', async () => {
      const signals: (AbortSignal | undefined)[] = [];
      const never: Provider = {
        ...{ key: 'never', describe: bench.provider.describe, auth: bench.provider.auth },
        availability: {
          busyTimes: (_access, { signal }) => {
            signals.push(signal);
            return new Promise(() => undefined);
          },
        },
      };
      subject.providers.set('con_1', never);
      subject.around = { ...subject.around, limits: { askMs: 20, wholeMs: 50 } };
      expect(await codeOf(subject.read(BEN))).toBe('provider_unavailable');
      expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
    });

    it('takes an error that is none of a provider for one that cannot tell', async () => {
      const { describe: words, auth } = bench.provider;
      const broken = { busyTimes: () => Promise.reject(new ProviderError('Unknown', { detail: '400' })) };
      subject.providers.set('con_1', { key: 'broken', describe: words, auth, availability: broken });
      expect(await codeOf(subject.read(BEN))).toBe('capability_not_available');
    });

    it('is not available without a connection that works, or a provider that tells', async () => {
      const { describe: words, auth, calendar } = bench.provider;
      subject.providers.set('con_1', { key: 'silent', describe: words, auth, calendar });
      expect(await codeOf(subject.read(BEN))).toBe('capability_not_available');
      subject.providers.clear();
      await bench.collections.connections.updateOne({ _id: 'con_1' }, { $set: { readable: false } });
      expect(await codeOf(subject.read(BEN))).toBe('capability_not_available');
      expect((await subject.one('usr_ada')).email).toBe(ADDRESS);
    });
  });

  describe('asked for wrongly', () => {
    it.each([
      ['nobody', { users: ' , ' }],
      ['too many', { users: Array.from({ length: 51 }, (_none, index) => `p${index}@example.com`).join(',') }],
      ['no address', { users: 'two words@example.com' }],
      ['a name that is too long', { users: `${'x'.repeat(320)}@example.com` }],
      ['no beginning', { users: BEN, from: undefined }],
      ['a day in place of a moment', { users: BEN, from: '2026-11-23' }],
      ['an end before the beginning', { users: BEN, to: '2026-11-22T00:00:00Z' }],
      ['an end at the beginning', { users: BEN, to: WEEK.from }],
      ['more than 62 days', { users: BEN, to: '2027-01-24T00:00:01Z' }],
      ['a time before computers', { users: BEN, from: '0001-01-01T00:00:00Z', to: '0001-01-02T00:00:00Z' }],
      ['what nobody knows', { users: BEN, subject: 'true' }],
    ])('%s, it is refused, and nobody is asked', async (_what, query) => {
      expect(await codeOf(subject.read(BEN, query))).toBe('invalid_query');
      expect(bench.provider.availability.asked).toEqual([]);
    });

    it('answers 62 days and 50 people', async () => {
      const users = Array.from({ length: 50 }, (_none, index) => `p${index}@example.com`);
      expect((await subject.read(users, { to: '2027-01-24T00:00:00Z' })).items).toHaveLength(50);
    });

    it('is closed to keys, and to everybody while the integration is switched off', async () => {
      const key: Caller = { userId: 'key_1', accountId: 'acc_1', role: 'service', client: { kind: 'unknown' } };
      expect(await codeOf(subject.read(BEN, {}, key))).toBe('forbidden');
      subject.around = { ...subject.around, policy: { of: async () => ({ ...openPolicy(), enabled: false }) } };
      expect(await codeOf(subject.read('nonsense', { from: 'x' }))).toBe('integration_disabled');
    });
  });
});
