import { at, content, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';

const MOST_ITEMS = 40;

describe('a connection whose access is refused for good', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database(), pageSize: 5 });
    for (let n = 0; n < MOST_ITEMS; n += 1)
      subject.mailbox.put(single(`e${n}`, content(`Event ${n}`, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
  });

  const reconnect = async (): Promise<void> => {
    const now = await subject.store.connection('con_1');
    if (!now) throw new Error('there is no connection');
    subject.provider.faults.clear();
    const { revision, decisions = 0 } = now;
    await subject.store.followConnection({ ...now, revision: revision + 1, decisions: decisions + 1 });
  };
  const asked = () => subject.provider.requests.length;
  const idsOf = async (): Promise<string[]> =>
    (await subject.collections.meetings.find({}).toArray()).map(({ _id }) => _id);

  it.each([
    ['consent_revoked', { state: 'needs_reconnect', problem: { code: 'consent_revoked', blame: 'user' } }],
    ['switched_off', { state: 'needs_reconnect', problem: { code: 'switched_off', blame: 'admin' } }],
  ] as const)('stops in the middle of its first sync and asks nothing more: %s', async (kind, told) => {
    // Nothing that is asked after the refusal counts as unharmed.
    subject.provider.faults.add({ kind, on: 'changes', after: 5, times: Infinity });
    await subject.run();
    const before = asked();
    expect(subject.provider.requests.filter((name) => name === 'changes')).toHaveLength(6);
    expect(subject.reports.at(-1)).toMatchObject(told);
    expect(subject.revocations).toHaveLength(kind === 'consent_revoked' ? 1 : 0);
    await subject.runWhileDue();
    subject.clock.advance(3_600_000);
    await subject.runWhileDue();
    expect(asked()).toBe(before);
    const kept = await idsOf();
    expect(kept.length).toBeGreaterThan(0);
    await reconnect();
    await subject.runWhileDue();
    expect(await idsOf()).toEqual(expect.arrayContaining(kept));
    expect(await subject.collections.meetings.countDocuments()).toBe(MOST_ITEMS);
    expect(subject.reports.at(-1)).toMatchObject({ state: 'active' });
  });

  it('says with whose sign-in the service works instead, where it does', async () => {
    subject.provider.faults.add({ kind: 'switched_off', times: Infinity });
    await subject.run();
    expect(subject.reports.at(-1)?.problem).toMatchObject({
      detail: 'Your organisation switched this off. Reconnect with Fake.',
    });
  });

  it('stops also where nobody can be told of it', async () => {
    subject.access.revoked = async () => Promise.reject(new Error('nobody answers'));
    subject.provider.faults.add({ kind: 'consent_revoked', times: Infinity });
    await subject.run();
    const before = asked();
    await subject.runWhileDue();
    expect(asked()).toBe(before);
    expect(subject.reports.at(-1)).toMatchObject({ state: 'needs_reconnect' });
  });

  it('is asked for a password where it was made with one', async () => {
    Object.assign(subject.provider.auth, { form: {} });
    subject.provider.faults.add({ kind: 'consent_revoked', times: Infinity });
    await subject.run();
    expect(subject.reports.at(-1)).toMatchObject({ state: 'needs_reconnect', problem: { code: 'password_refused' } });
  });

  it.each(['unavailable', 'cut', 'throttled'] as const)('is not what an outage is taken for: %s', async (kind) => {
    await subject.run();
    await subject.hint();
    subject.provider.faults.add({ kind, on: 'changes', times: 3 });
    for (let round = 0; round < 3; round += 1) {
      await subject.run();
      subject.clock.advance(600_000);
    }
    expect(subject.reports.map(({ state }) => state)).not.toContain('needs_reconnect');
    expect(subject.revocations).toEqual([]);
  });

  it('shows its access to no provider that it was not given for', async () => {
    const { get } = subject.access;
    subject.access.get = async (id) => ({ ...(await get(id)), method: 'ews' });
    await subject.run();
    expect(subject.provider.requests).toEqual([]);
    expect(subject.reports.at(-1)?.state).not.toBe('needs_reconnect');
  });
});
