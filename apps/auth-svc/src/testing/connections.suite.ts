import type { Caller } from '@daybook/contracts';
import { codeOf, json, reading, wish, writing, type AuthHarness } from './auth-harness';

/** What holds for connections and browser legs, on whatever the stores are made of. */
export function connectionSuite(make: () => Promise<AuthHarness>): void {
  let subject: AuthHarness;
  let caller: Caller;
  const list = () => subject.use.readConnections.list(caller);
  const one = async () => {
    const [connection] = await list();
    if (!connection) throw new Error('there is no connection');
    return connection;
  };

  beforeEach(async () => {
    subject = await make();
    caller = await subject.callerOf();
  });

  describe('connecting', () => {
    it('is pending until the provider grants, then it syncs', async () => {
      const { authorizeUrl } = await subject.use.connect.run(caller, wish(reading));
      expect(await one()).toMatchObject({ state: 'pending', account: null, permissions: { missing: [] } });
      expect(await subject.consent(authorizeUrl)).toMatchObject({ result: 'connected' });
      expect(await one()).toMatchObject({
        state: 'syncing',
        account: 'ada@fake.example',
        permissions: { wanted: reading, granted: reading, missing: [] },
      });
      const [record] = await subject.use.readRecords.page(undefined, 10);
      expect(await subject.use.readRecords.one(record?.connectionId ?? '')).toMatchObject({
        status: 'live',
        effective: reading,
        addresses: ['ada@example.com', 'ada@fake.example'],
      });
    });

    it('asked again while unfinished goes on with the same connection', async () => {
      const first = await subject.use.connect.run(caller, wish(reading));
      const second = await subject.use.connect.run(caller, wish(writing));
      expect(second.connection.id).toBe(first.connection.id);
      expect(second.authorizeUrl).not.toBe(first.authorizeUrl);
      await subject.consent(second.authorizeUrl);
      expect((await one()).permissions.granted).toEqual(writing);
    });

    it('asked twice at once makes one connection', async () => {
      const both = await Promise.all([1, 2].map(() => subject.use.connect.run(caller, wish(reading))));
      expect(new Set(both.map(({ connection }) => connection.id)).size).toBe(1);
    });

    it('is refused while one is live', async () => {
      await subject.connected(caller);
      expect(await codeOf(subject.use.connect.run(caller, wish(reading)))).toBe('connection_exists');
    });

    it('names what is not offered, what is not sensible and what is not JSON', async () => {
      const connect = (body: Parameters<typeof subject.use.connect.run>[1]) =>
        codeOf(subject.use.connect.run(caller, body));
      expect(await connect(wish({ calendar: 'read', contacts: 'read' }))).toBe('capability_not_available');
      expect(await connect(json({ service: 'exchange', permissions: reading }))).toBe('capability_not_available');
      expect(await connect(wish({ calendar: 'none', contacts: 'none' }))).toBe('invalid_body');
      expect(await connect(json({ service: 'google', permissions: reading, extra: 1 }))).toBe('invalid_body');
      expect(await connect({ type: 'malformed', reason: 'x' })).toBe('malformed_json');
    });

    it.each([
      ['exchange', 'ews', { password: 'p', username: 'ada', url: 'https://mail.example.com/EWS/Exchange.asmx' }],
      ['exchange', 'ews', { password: 'p', email: 'ada@example.com', version: 'auto' }],
      ['exchange', 'ews', undefined],
      ['exchange', undefined, undefined],
      ['office365', 'ews', { password: 'p', email: 'ada@example.com', version: 'Exchange2016' }],
      ['office365', 'oauth2', undefined],
      ['google', 'ews', { password: 'p' }],
    ])('to %s by %s with %j says that this deployment cannot', async (service, method, ews) => {
      const body = json({ service, method, ews, permissions: reading });
      expect(await codeOf(subject.use.connect.run(caller, body))).toBe('capability_not_available');
    });

    it.each([
      ['no password', { email: 'ada@example.com' }],
      ['an address that is none', { password: 'p', email: 'mail.example.com' }],
      ['an unknown version', { password: 'p', version: 'Exchange2003' }],
      ['an unknown field', { password: 'p', domain: 'EXAMPLE' }],
    ])('refuses fields of Exchange with %s, and never echoes them', async (_what, ews) => {
      const body = json({ service: 'exchange', method: 'ews', ews, permissions: reading });
      const refusal = await subject.use.connect.run(caller, body).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ problem: { code: 'invalid_body' } });
      expect(JSON.stringify(refusal)).not.toMatch(/Exchange2003|mail\.example/);
    });

    it('refuses fields of Exchange where a person consents instead', async () => {
      const body = json({ service: 'google', ews: { password: 'p' }, permissions: reading });
      expect(await codeOf(subject.use.connect.run(caller, body))).toBe('invalid_body');
    });

    it.each([
      ['denied', { error: 'access_denied' }, 'denied'],
      ['failed', {}, 'failed'],
    ])('that is %s leaves nothing behind', async (_name, answer, result) => {
      const { authorizeUrl } = await subject.use.connect.run(caller, wish(reading));
      expect(await subject.consent(authorizeUrl, answer)).toMatchObject({ result });
      expect(await list()).toEqual([]);
    });

    it('to which nothing was granted counts as denied, and the useless grant is given back', async () => {
      subject.auth.grantOnly = [];
      const { authorizeUrl } = await subject.use.connect.run(caller, wish(reading));
      expect(await subject.consent(authorizeUrl)).toEqual({ result: 'denied', code: 'nothing_granted' });
      expect(await list()).toEqual([]);
      expect(subject.auth.revoked).toHaveLength(1);
    });

    it('that nobody finishes is removed after a quarter of an hour', async () => {
      await subject.use.connect.run(caller, wish(reading));
      subject.clock.advance(15 * 60_000 - 1);
      await subject.use.removeUnfinished.run();
      expect(await list()).toHaveLength(1);
      subject.clock.advance(1);
      await subject.use.removeUnfinished.run();
      expect(await list()).toEqual([]);
      expect(subject.announcer.events.at(-1)?.data.state).toBe('deleted');
    });

    it('with less granted than wanted works for what was granted and names the rest', async () => {
      subject.auth.grantOnly = ['fake.calendar.read'];
      const { authorizeUrl } = await subject.use.connect.run(caller, wish(writing));
      expect(await subject.consent(authorizeUrl)).toMatchObject({ result: 'partial', code: 'permission_missing' });
      expect((await one()).permissions).toEqual({ wanted: writing, granted: reading, missing: ['calendar'] });
    });

    it('belongs to its person: to others it is not there, whatever they send', async () => {
      const id = await subject.connected(caller);
      const ben = await subject.callerOf('ben@example.com');
      const broken = { type: 'malformed', reason: 'x' } as const;
      expect(await codeOf(subject.use.readConnections.one(ben, id))).toBe('not_found');
      expect(await codeOf(subject.use.configureConnection.run(ben, id, broken, '"stale"'))).toBe('not_found');
      expect(await codeOf(subject.use.reconnect.run(ben, id))).toBe('not_found');
      expect(await codeOf(subject.use.deleteConnection.run(ben, id))).toBe('not_found');
    });
  });

  describe('a browser leg', () => {
    const begin = async () => (await subject.use.connect.run(caller, wish(reading))).authorizeUrl;
    const unchanged = async () => expect(await one()).toMatchObject({ state: 'pending', version: 'c1' });

    it('starts once for each ticket, and within ten minutes', async () => {
      const url = await begin();
      await subject.leave(url);
      expect(await subject.start(url)).toMatchObject({ type: 'failed', code: 'ticket_invalid' });
      const { authorizeUrl } = await subject.use.connect.run(caller, wish(reading));
      subject.clock.advance(10 * 60_000 + 1);
      expect(await subject.start(authorizeUrl)).toMatchObject({ type: 'failed', code: 'ticket_invalid' });
    });

    it('comes back once: a replayed state changes nothing', async () => {
      const leg = await subject.leave(await begin());
      expect(await subject.comeBack(leg)).toMatchObject({ result: 'connected' });
      const before = await one();
      expect(await subject.comeBack(leg, { code: 'eve@fake.example' })).toEqual({
        result: 'failed',
        code: 'state_invalid',
      });
      expect(await one()).toEqual(before);
    });

    it('comes back twice at once and is taken once', async () => {
      const leg = await subject.leave(await begin());
      const results = await Promise.all([subject.comeBack(leg), subject.comeBack(leg)]);
      expect(results.map(({ result }) => result).sort()).toEqual(['connected', 'failed']);
    });

    it('in another browser changes nothing, and the right one may still finish', async () => {
      const leg = await subject.leave(await begin());
      expect(await subject.comeBack({ ...leg, cookie: 'foreign' })).toEqual({
        result: 'failed',
        code: 'state_invalid',
      });
      expect(await subject.comeBack({ ...leg, cookie: '' })).toEqual({ result: 'failed', code: 'state_invalid' });
      await unchanged();
      expect(await subject.comeBack(leg)).toMatchObject({ result: 'connected' });
    });

    it('that denies with a made-up state changes nothing', async () => {
      await begin();
      const answer = await subject.comeBack({ state: 'made-up', cookie: 'x' }, { error: 'access_denied' });
      expect(answer).toEqual({ result: 'failed', code: 'state_invalid' });
      await unchanged();
    });

    it('that comes back too late changes nothing', async () => {
      const leg = await subject.leave(await begin());
      subject.clock.advance(10 * 60_000 + 1);
      expect(await subject.comeBack(leg)).toEqual({ result: 'failed', code: 'state_invalid' });
      await unchanged();
    });

    it('for a connection that was deleted in between takes nothing and gives the grant back', async () => {
      const { connection, authorizeUrl } = await subject.use.connect.run(caller, wish(reading));
      const late = await subject.ports.browserLegs.finish(
        { provider: 'fake', permissions: reading, verifier: 'v' },
        { query: { state: 's', code: 'ada@fake.example' } },
      );
      expect(late.type).toBe('granted');
      const leg = await subject.leave(authorizeUrl);
      await subject.use.deleteConnection.run(caller, connection.id);
      expect(await subject.comeBack(leg)).toEqual({ result: 'failed', code: 'state_invalid' });
      expect(await list()).toEqual([]);
    });
  });

  describe('an existing connection', () => {
    it('narrows without consent and widens with the page for it', async () => {
      const id = await subject.connected(caller, writing);
      const narrow = await subject.use.configureConnection.run(caller, id, json({ permissions: reading }), '"c2"');
      expect(narrow.authorizeUrl).toBeUndefined();
      expect((await subject.use.readRecords.one(id)).effective).toEqual(reading);
      const back = await subject.use.configureConnection.run(caller, id, json({ permissions: writing }), undefined);
      expect(back.authorizeUrl).toBeUndefined();

      subject.auth.grantOnly = ['fake.calendar.read'];
      const other = await subject.callerOf('ben@example.com');
      const bens = await subject.connected(other, reading);
      subject.auth.grantOnly = null;
      const wide = await subject.use.configureConnection.run(other, bens, json({ permissions: writing }), undefined);
      expect(await subject.consent(wide.authorizeUrl, { error: 'access_denied' })).toMatchObject({ result: 'denied' });
      expect((await subject.use.readRecords.one(bens)).effective).toEqual(reading);
      const again = await subject.use.configureConnection.run(other, bens, json({ permissions: writing }), '*');
      expect(await subject.consent(again.authorizeUrl)).toMatchObject({ result: 'connected', connectionId: bens });
      expect((await subject.use.readRecords.one(bens)).effective).toEqual(writing);
    });

    it('asks whether the service is allowed, then for the body, and for the version last', async () => {
      const id = await subject.connected(caller);
      const configure = (body: unknown, version: string) =>
        codeOf(subject.use.configureConnection.run(caller, id, json(body), version));
      expect(await configure({ permissions: 'all' }, 'stale')).toBe('invalid_body');
      expect(await configure({ permissions: { calendar: 'read', contacts: 'read' } }, 'stale')).toBe(
        'capability_not_available',
      );
      expect(await configure({ permissions: writing }, 'stale')).toBe('version_conflict');
      subject.policies.set({ service: { default: null, enforced: null, allowed: [] } });
      expect(await configure({ permissions: 'all' }, 'stale')).toBe('service_not_allowed');
    });

    it('keeps its id when it is reconnected', async () => {
      const id = await subject.connected(caller);
      const { authorizeUrl } = await subject.use.reconnect.run(caller, id);
      expect(await subject.consent(authorizeUrl)).toEqual({ result: 'connected', connectionId: id });
    });

    it('refuses another account at the provider and stays as it is', async () => {
      const id = await subject.connected(caller);
      const before = await one();
      const { authorizeUrl } = await subject.use.reconnect.run(caller, id);
      const result = await subject.consent(authorizeUrl, { code: 'somebody@else.example' });
      expect(result).toEqual({ result: 'failed', code: 'different_account', connectionId: id });
      expect(await one()).toEqual(before);
      expect(await subject.use.getAccess.run({ connectionId: id, part: 'calendar' })).toMatchObject({ type: 'access' });
    });

    it('tells of the stretch of time that is all its provider shows', async () => {
      const id = await subject.connected(caller);
      const coverage = { from: '2031-02-04T00:00:00.000Z', to: '2032-06-22T00:00:00.000Z' };
      const times = { at: '2031-05-05T08:00:02.000Z', lastSuccessAt: null, nextAttemptAt: null };
      await subject.use.reportPart.run({ connectionId: id, part: 'calendar', state: 'active', ...times, coverage });
      expect((await one())?.calendar.freshness.coverage).toEqual(coverage);
    });

    it('takes reports in their order and tells of changed states', async () => {
      const id = await subject.connected(caller);
      const at = (second: number) => `2031-05-05T08:00:0${second}.000Z`;
      const report = (second: number, state: 'active' | 'degraded', more = {}) =>
        subject.use.reportPart.run({
          connectionId: id,
          part: 'calendar',
          at: at(second),
          state,
          lastSuccessAt: at(second),
          nextAttemptAt: at(9),
          ...more,
        });
      await report(2, 'active');
      const events = subject.announcer.events.length;
      await report(1, 'degraded');
      await report(3, 'active');
      expect(await one()).toMatchObject({ state: 'active', calendar: { freshness: { stale: false } } });
      expect((await one())?.calendar.freshness.coverage).toBeUndefined();
      expect(subject.announcer.events).toHaveLength(events);
      await report(4, 'degraded', { problem: { code: 'delayed', detail: 'x', blame: 'provider' } });
      expect(await one()).toMatchObject({ state: 'degraded', problem: { code: 'delayed' } });
      const sequences = subject.announcer.events.filter(({ data }) => data.connectionId === id).map((e) => e.sequence);
      expect(sequences).toEqual(sequences.map((_value, index) => index + 1));
    });
  });

  describe('switching the integration off', () => {
    it('suspends: shown as such, no access, no new consent, nothing revoked; on again it resumes', async () => {
      const id = await subject.connected(caller);
      const { authorizeUrl } = await subject.use.reconnect.run(caller, id);
      subject.policies.set({ enabled: false });
      await subject.use.applyPolicy.run(caller.accountId);
      await subject.use.applyPolicy.run(caller.accountId);
      expect(await one()).toMatchObject({ state: 'disabled_by_policy', problem: { code: 'integration_disabled' } });
      expect((await subject.use.readRecords.one(id)).status).toBe('stopped');
      expect(subject.announcer.events.filter(({ data }) => data.state === 'disabled_by_policy')).toHaveLength(1);
      expect(await subject.use.getAccess.run({ connectionId: id, part: 'calendar' })).toMatchObject({
        kind: 'Stopped',
      });
      const broken = { type: 'malformed', reason: 'x' } as const;
      expect(await codeOf(subject.use.connect.run(caller, broken))).toBe('integration_disabled');
      expect(await codeOf(subject.use.reconnect.run(caller, 'con_none'))).toBe('integration_disabled');
      expect(await subject.start(authorizeUrl)).toMatchObject({ type: 'failed', code: 'integration_disabled' });
      expect((await subject.use.listServices.run(caller))[0]).toMatchObject({ offered: false });
      expect(subject.auth.revoked).toEqual([]);

      subject.policies.set({ enabled: true });
      await subject.use.applyPolicy.run(caller.accountId);
      expect(await one()).toMatchObject({ state: 'syncing' });
      expect(await subject.use.getAccess.run({ connectionId: id, part: 'calendar' })).toMatchObject({ type: 'access' });
    });
  });
}
