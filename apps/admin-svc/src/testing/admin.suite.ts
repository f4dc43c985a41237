import {
  openPolicy,
  ProblemError,
  type AuditRecord,
  type Caller,
  type PolicyBody,
  type RawBody,
} from '@daybook/contracts';
import type { AuditStore } from '../ports/audit-store';
import type { PolicyStore } from '../ports/policy-store';
import { CheckAuditTrail } from '../use-cases/check-audit-trail';
import { KeepAuditRecord } from '../use-cases/keep-audit-record';
import { ReadPolicy } from '../use-cases/read-policy';
import { SavePolicy } from '../use-cases/save-policy';
import { FakeLivePush } from './fake-stores';

const admin: Caller = { userId: 'usr_1', accountId: 'acc_1', role: 'administrator', client: { kind: 'portal' } };
const json = (value: unknown): RawBody => ({ type: 'json', value });
const off: PolicyBody = { ...openPolicy(), enabled: false };

/** What holds for policies, on whatever the store is made of. */
export function policySuite(make: () => Promise<PolicyStore>): void {
  describe('a policy', () => {
    let subject: SavePolicy;
    let read: ReadPolicy;
    let push: FakeLivePush;

    beforeEach(async () => {
      const store = await make();
      push = new FakeLivePush();
      subject = new SavePolicy(store, push);
      read = new ReadPolicy(store);
    });
    const refusal = async (body: RawBody, ifMatch?: string, caller = admin) => {
      const error: unknown = await subject.run(caller, body, ifMatch).catch((thrown: unknown) => thrown);
      if (!(error instanceof ProblemError)) throw new Error('the policy was saved');
      return error.problem;
    };

    it('is open until somebody decides', async () => {
      expect(await read.forAdministrator(admin)).toEqual({ ...openPolicy(), version: 'p0' });
    });

    it('switches off and on, with a new version each time and word to everybody', async () => {
      expect(await subject.run(admin, json(off), '"p0"')).toMatchObject({ enabled: false, version: 'p1' });
      expect(await read.forService('acc_1')).toMatchObject({ enabled: false });
      expect(await subject.run(admin, json({ ...openPolicy(), version: 'p1' }), undefined)).toMatchObject({
        version: 'p2',
      });
      expect(push.pushed).toEqual(['acc_1 p1', 'acc_1 p2']);
      expect(await read.forService('acc_2')).toMatchObject({ enabled: true, version: 'p0' });
    });

    it('saved without a change keeps its version and tells nobody', async () => {
      const reordered = { ...openPolicy().service, allowed: ['exchange', 'google', 'office365'] };
      expect(await subject.run(admin, json({ ...openPolicy(), service: reordered }), '*')).toMatchObject({
        version: 'p0',
      });
      expect(push.pushed).toEqual([]);
    });

    it('is refused when it is stale, by header or by its own version', async () => {
      await subject.run(admin, json(off), undefined);
      expect(await refusal(json(openPolicy()), 'p0')).toMatchObject({ status: 412, currentVersion: 'p1' });
      expect(await refusal(json({ ...openPolicy(), version: 'p0' }))).toMatchObject({
        status: 412,
        currentVersion: 'p1',
      });
    });

    it('saved by two at once is saved once', async () => {
      const both = await Promise.allSettled([1, 2].map(() => subject.run(admin, json(off), 'p0')));
      const versions = both.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.version] : []));
      expect(versions.every((version) => version === 'p1')).toBe(true);
      expect(await read.forService('acc_1')).toMatchObject({ version: 'p1' });
    });

    it('accepts only open values where nothing takes effect yet, and names the field before the version', async () => {
      const locked = {
        ...openPolicy(),
        permissions: { ...openPolicy().permissions, calendar: { value: 'read', locked: true } },
      };
      const problem = await refusal(json(locked), 'stale');
      expect(problem).toMatchObject({ status: 422, code: 'capability_not_available' });
      expect(problem.fields?.map(({ field }) => field)).toEqual([
        'permissions.calendar.locked',
        'permissions.calendar.value',
      ]);
      expect((await refusal(json({ ...openPolicy(), minimumDesktopVersion: '6.0.0' }))).fields).toHaveLength(1);
    });

    it('takes what takes effect now', async () => {
      const saved = await subject.run(admin, json({ ...openPolicy(), twoWaySync: false, reschedule: 'update' }), 'p0');
      expect(saved).toMatchObject({ twoWaySync: false, reschedule: 'update' });
    });

    it('belongs to administrators, whatever the body is', async () => {
      const member: Caller = { ...admin, role: 'member' };
      expect(await refusal({ type: 'malformed', reason: 'x' }, undefined, member)).toMatchObject({ code: 'forbidden' });
      await expect(read.forAdministrator(member)).rejects.toThrow('forbidden');
      expect(await refusal({ type: 'malformed', reason: 'x' })).toMatchObject({ status: 400 });
      expect(await refusal(json({ enabled: 'yes' }))).toMatchObject({ status: 422, code: 'invalid_body' });
    });
  });
}

export function auditRecord(id: string, accountId = 'acc_1'): AuditRecord {
  return {
    id,
    at: '2031-05-05T08:00:00.000Z',
    accountId,
    actorId: 'usr_1',
    action: 'connection.deleted',
    targetType: 'connection',
    targetId: 'con_1',
    details: { service: 'google', changed: ['b', 'a'], count: 2, none: null },
    correlationId: 'c',
  };
}

/** What holds for the audit trail, on whatever the store is made of. */
export function auditSuite(make: () => Promise<AuditStore>): void {
  describe('the audit trail', () => {
    let store: AuditStore;
    let subject: KeepAuditRecord;
    beforeEach(async () => {
      store = await make();
      subject = new KeepAuditRecord(store);
    });

    it('keeps each record once, in a chain of its account', async () => {
      expect(await subject.run(auditRecord('aud_1'))).toBe('added');
      expect(await subject.run(auditRecord('aud_2'))).toBe('added');
      expect(await subject.run(auditRecord('aud_1'))).toBe('known');
      expect(await subject.run(auditRecord('aud_3', 'acc_2'))).toBe('added');
      expect((await store.read('acc_1', 0, 10)).map(({ record, number }) => [record.id, number])).toEqual([
        ['aud_1', 1],
        ['aud_2', 2],
      ]);
      expect(await new CheckAuditTrail(store).run('acc_1')).toEqual({ intact: true, count: 2 });
      expect(await new CheckAuditTrail(store).run('acc_2')).toEqual({ intact: true, count: 1 });
      expect(await new CheckAuditTrail(store).run('acc_none')).toEqual({ intact: true, count: 0 });
    });

    it('stays one chain when records come at the same time', async () => {
      const ids = Array.from({ length: 8 }, (_value, index) => `aud_${index}`);
      await Promise.all([...ids, ...ids].map((id) => subject.run(auditRecord(id))));
      expect(await new CheckAuditTrail(store).run('acc_1')).toEqual({ intact: true, count: 8 });
    });
  });
}
