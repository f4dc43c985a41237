import type { Caller } from '@daybook/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { IdempotentWrites } from '../api/idempotent-writes';
import { codeOf, json, reading, writing, type AuthHarness } from './auth-harness';
import { WatchedAnswers } from './fake-kept-answers';
import { ADA, everythingTold, formWish, problemOf, RIGHT } from './form-wishes';

const MINUTE = 60_000;

/** What holds for connecting with a form, on whatever the stores are made of. */
export function formSuite(make: () => Promise<AuthHarness>): void {
  describe('connecting with a form', () => {
    let subject: AuthHarness;
    let caller: Caller;
    const good = formWish({ email: ADA, password: RIGHT });
    const wrong = formWish({ email: ADA, password: 'wrong-password' });
    const connect = (body = good, use = subject.use, tellAs?: string) => use.connect.run(caller, body, { tellAs });
    const list = () => subject.use.readConnections.list(caller);
    const shown = () => subject.forms.auth.shown.length;

    beforeEach(async () => {
      subject = await make();
      subject.forms.areOffered = true;
      subject.forms.auth.open(ADA, RIGHT, { subject: 'mailbox-1', aliases: ['Ada.L@corp.example'] });
      caller = await subject.callerOf();
    });

    it('is done with the answer: linked, granted as asked, with its secret, and told to everybody', async () => {
      const { connection, authorizeUrl } = await connect();
      expect(authorizeUrl).toBeUndefined();
      expect(await subject.use.readConnections.one(caller, connection.id)).toMatchObject({
        service: 'exchange',
        method: 'ews',
        account: ADA,
        state: 'syncing',
        permissions: { wanted: reading, granted: reading, missing: [] },
        server: { username: ADA, version: 'Fake2016', certificateChecksSkipped: false },
      });
      expect(await subject.use.readRecords.one(connection.id)).toMatchObject({
        method: 'ews',
        status: 'live',
        addresses: ['ada@example.com', ADA, 'ada.l@corp.example'],
      });
      expect(subject.announcer.events.map(({ sequence, data }) => [sequence, data.state])).toEqual([[1, 'syncing']]);
      expect(subject.announcer.audits.map(({ action }) => action)).toContain('connection.authorised');
      expect(await subject.use.getAccess.run({ connectionId: connection.id, part: 'calendar' })).toMatchObject({
        type: 'access',
        method: 'ews',
      });
    });

    it('that fails says which step, why and what helps, pushes each step, and leaves nothing behind', async () => {
      const problem = await problemOf(connect(wrong, subject.use, 'name-1'));
      const last = { step: 'sign_in', outcome: 'failed', code: 'password_refused', host: 'mail.fake.example' };
      expect(problem).toMatchObject({ status: 422, code: 'sign_in_failed' });
      const steps = [problem['steps']].flat();
      expect(steps.map((step) => Object(step).step)).toEqual(['find_at_domain', 'address', 'tls', 'sign_in']);
      expect(steps.at(-1)).toMatchObject({ ...last, detail: problem['detail'], fix: expect.any(String) });
      expect(subject.push.steps).toEqual(steps.map((item) => ({ name: 'name-1', item })));
      expect(await list()).toEqual([]);
      expect(subject.announcer.events).toEqual([]);
      expect(shown()).toBe(1);
    });

    it('pushes nothing where nobody listens', async () => {
      await connect();
      expect(subject.push.steps).toEqual([]);
    });

    it('needs to know whose mailbox it is, and takes what is described only', async () => {
      const problem = await problemOf(connect(formWish({ password: RIGHT })));
      expect(problem).toMatchObject({ code: 'invalid_body', fields: [{ field: 'ews.email', code: 'needed' }] });
      const without = json({ service: 'exchange', method: 'ews', permissions: reading });
      expect(await problemOf(connect(without))).toMatchObject({ fields: [{ field: 'ews', code: 'needed' }] });
      expect(await codeOf(connect(formWish({ email: ADA, password: '' })))).toBe('invalid_body');
      expect(await codeOf(connect(formWish({ email: ADA, password: RIGHT, extra: 1 })))).toBe('invalid_body');
      expect(shown()).toBe(0);
    });

    it('passes the doors before the password goes anywhere', async () => {
      subject.policies.set({ service: { default: null, enforced: null, allowed: ['google'] } });
      expect(await codeOf(connect())).toBe('service_not_allowed');
      subject.policies.set({ enabled: false });
      expect(await codeOf(connect())).toBe('integration_disabled');
      expect(shown()).toBe(0);
    });

    it('is refused while one is live, before the password goes anywhere', async () => {
      await connect();
      expect(await codeOf(connect())).toBe('connection_exists');
      expect(shown()).toBe(1);
    });

    it('asked for twice at once makes one connection, and the other one is refused', async () => {
      const other = subject.anotherInstance();
      const both = await Promise.allSettled([connect(), connect(good, other)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = both.flatMap((one) => (one.status === 'rejected' ? [Object(one.reason).problem.code] : []));
      expect(refused).toEqual(['connection_exists']);
      expect(await list()).toHaveLength(1);
      expect(shown()).toBe(1);
    });

    it('takes over what was begun on pages of a provider and not finished', async () => {
      const begun = await subject.use.connect.run(caller, json({ service: 'office365', permissions: writing }));
      const { connection } = await connect(formWish({ email: ADA, password: RIGHT }, { service: 'office365' }));
      expect(connection).toMatchObject({ id: begun.connection.id, method: 'ews', provider: 'fake-server' });
      expect(await subject.use.readConnections.one(caller, connection.id)).toMatchObject({
        permissions: { wanted: reading, granted: reading },
      });
      expect(await subject.start(begun.authorizeUrl)).toMatchObject({ code: 'ticket_invalid' });
      subject.clock.advance(60 * MINUTE);
      await subject.use.removeUnfinished.run();
      expect(await list()).toHaveLength(1);
    });

    it('that fails leaves what was begun on pages as it was', async () => {
      await subject.use.connect.run(caller, json({ service: 'office365', permissions: writing }));
      const before = await list();
      await problemOf(connect(formWish({ email: ADA, password: 'wrong' }, { service: 'office365' })));
      expect(await list()).toEqual(before);
    });

    it('says no after five wrong passwords for an account in ten minutes, to this person only', async () => {
      for (let turn = 0; turn < 5; turn += 1) expect(await codeOf(connect(wrong))).toBe('sign_in_failed');
      expect(await problemOf(connect(good))).toMatchObject({ status: 429, code: 'rate_limited', retryAfter: 600 });
      expect(shown()).toBe(5);
      const ben = await subject.callerOf('ben@example.com');
      expect((await subject.use.connect.run(ben, good)).connection.phase).toBe('connected');
      subject.clock.advance(10 * MINUTE + 1);
      expect((await connect()).connection.phase).toBe('connected');
    });

    it('counts wrong passwords of one service whatever the account is called, and of one account whatever the service', async () => {
      const as = (username: string) => formWish({ username, email: ADA, password: 'wrong' });
      for (const name of ['ada', 'CORP\\ada', 'ADA@corp.example', 'ada@corp', 'Ada.L'])
        expect(await codeOf(connect(as(name)))).toBe('sign_in_failed');
      expect(await codeOf(connect(as('corp.example\\ada')))).toBe('rate_limited');
      expect(shown()).toBe(5);
      const office = (email: string) => formWish({ email, password: 'wrong' }, { service: 'office365' });
      for (let turn = 0; turn < 4; turn += 1) expect(await codeOf(connect(office(ADA)))).toBe('sign_in_failed');
      expect(await codeOf(connect(office(ADA)))).toBe('rate_limited');
      expect(await codeOf(connect(office('eve@corp.example')))).toBe('sign_in_failed');
      expect(shown()).toBe(10);
    });

    it('lets nobody try out what is behind addresses, and counts that apart from wrong passwords', async () => {
      subject.policies.set({ exchange: { allowedHosts: ['mail.other.example'], allowUntrustedCertificates: false } });
      for (let turn = 0; turn < 60; turn += 1) expect(await codeOf(connect())).toBe('sign_in_failed');
      expect(await codeOf(connect())).toBe('rate_limited');
      subject.clock.advance(10 * MINUTE + 1);
      for (let turn = 0; turn < 6; turn += 1) expect(await codeOf(connect())).toBe('sign_in_failed');
      subject.policies.set({ exchange: { allowedHosts: [], allowUntrustedCertificates: false } });
      expect((await connect()).connection.phase).toBe('connected');
    });

    it('does not count what went well', async () => {
      for (let turn = 0; turn < 7; turn += 1) {
        const { connection } = await connect();
        await subject.use.deleteConnection.run(caller, connection.id);
      }
      expect(shown()).toBe(7);
    });

    it('is not tried by more than a few at once in one process', async () => {
      let letGo: () => void = () => undefined;
      const over = new Promise<void>((resolve) => (letGo = resolve));
      subject.forms.auth.meanwhile = () => over;
      const callers = Array.from({ length: 9 }, (_value, index) => ({ ...caller, userId: `usr_${index}` }));
      const tries = callers.map((one) => subject.use.connect.run(one, good));
      const last = await Promise.race(tries.map(async (one) => codeOf(one).catch(() => 'connected')));
      expect(last).toBe('service_unavailable');
      letGo();
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    });

    it('follows what an administrator says to servers', async () => {
      subject.policies.set({ exchange: { allowedHosts: ['mail.other.example'], allowUntrustedCertificates: false } });
      expect(await problemOf(connect())).toMatchObject({ steps: [{}, { step: 'address', code: 'host_not_allowed' }] });
      const skipping = formWish({ email: ADA, password: RIGHT, skipCertificateChecks: true });
      subject.policies.set({ exchange: { allowedHosts: [], allowUntrustedCertificates: false } });
      expect(await problemOf(connect(skipping))).toMatchObject({ steps: [{}, { code: 'untrusted_not_allowed' }] });
      expect(shown()).toBe(0);
      subject.policies.set({ exchange: { allowedHosts: [], allowUntrustedCertificates: true } });
      const { connection } = await connect(skipping);
      expect((await list())[0]?.server).toMatchObject({ certificateChecksSkipped: true });
      const noted = subject.announcer.audits.filter(({ targetId }) => targetId === connection.id);
      expect(noted.map(({ action }) => action)).toEqual([
        'connection.authorised',
        'connection.certificate_checks_skipped',
      ]);
      const warned = subject.logs.filter((line) => line.includes('"level":"warn"'));
      expect(warned.join()).toContain(connection.id);
    });

    it('to which nothing is granted leaves nothing behind', async () => {
      subject.forms.auth.grantOnly = [];
      expect(await codeOf(connect())).toBe('sign_in_failed');
      expect(await list()).toEqual([]);
    });

    it('that a bug breaks off tells nothing of what was typed', async () => {
      subject.forms.auth.meanwhile = () => Promise.reject(new TypeError(`cannot read ${RIGHT}`));
      const outcome: unknown = await connect().catch((error: unknown) => error);
      expect(String(outcome)).toBe('Error: a sign-in with a form broke off: TypeError');
      expect(await list()).toEqual([]);
    });

    it('killed before its end leaves nothing, and may be done again', async () => {
      const keptAnswers = new WatchedAnswers(subject.ports.keptAnswers);
      const dying = new IdempotentWrites(subject.anotherInstance({ keptAnswers }));
      keptAnswers.dies = true;
      await expect(dying.connect({ caller, body: good, idempotencyKey: 'k1' })).rejects.toThrow('killed');
      expect(await list()).toEqual([]);
      const { connection } = await connect();
      expect(await list()).toMatchObject([{ id: connection.id, state: 'syncing' }]);
    });

    describe('with an Idempotency-Key', () => {
      const report = (connectionId: string) => {
        const at = new Date(subject.clock.now() + 1).toISOString();
        const times = { at, lastSuccessAt: at, nextAttemptAt: null };
        return subject.use.reportPart.run({ connectionId, part: 'calendar', state: 'active', ...times });
      };

      it('happens once, keeps no password that can be read, and answers active where it is by then', async () => {
        const keptAnswers = new WatchedAnswers(subject.ports.keptAnswers);
        const writes = new IdempotentWrites(subject.anotherInstance({ keptAnswers }));
        const input = { caller, body: good, idempotencyKey: 'k1' };
        const answering = writes.connect(input);
        for (let turn = 0; turn < 100 && (await list()).length === 0; turn += 1) await sleep(5);
        const [begun] = await list();
        await report(begun?.id ?? '');
        const first = await answering;
        expect(first.connection).toMatchObject({ id: begun?.id, state: 'active' });
        expect(await writes.connect(input)).toMatchObject({ connection: { id: begun?.id } });
        expect(shown()).toBe(1);
        expect(JSON.stringify(keptAnswers.kept)).not.toContain(RIGHT);
        expect(await codeOf(writes.connect({ ...input, body: wrong }))).toBe('idempotency_mismatch');
        expect(shown()).toBe(1);
      });

      it('answers as it is where nothing was reported in time', async () => {
        const { connection } = await new IdempotentWrites(subject.use).connect({ caller, body: good });
        expect(connection.state).toBe('syncing');
      });
    });

    it('shows the password in nothing that is told, whatever becomes of it', async () => {
      await problemOf(connect(wrong, subject.use, 'name-1'));
      await connect(good, subject.use, 'name-2');
      expect(everythingTold(subject)).not.toMatch(/wrong-password|right-password/);
    });
  });
}
