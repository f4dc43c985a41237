import { at, content, FAKE_CLAIMS, single, type FakeFault } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';

describe('a connection whose provider wants its person to sign in again', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    await subject.run();
    subject.mailbox.put(single('new', content('New', at('2026-12-01T12:00'), at('2026-12-01T13:00'))));
    await subject.hint();
  });

  it.each<[string, Pick<FakeFault, 'on'>]>([
    ['at its first request', {}],
    ['while a calendar is read', { on: 'changes' }],
  ])('says so, and hands on what is wanted with the token it was said of (%s)', async (_when, where) => {
    subject.provider.faults.add({ kind: 'sign_in_needed', times: 2, ...where });
    await subject.run();
    expect(subject.revocations).toEqual([
      { connectionId: 'con_1', rejected: expect.stringMatching(/.+/), claims: FAKE_CLAIMS },
    ]);
    expect(subject.reports.at(-1)).toMatchObject({ state: 'needs_reconnect', problem: { code: 'sign_in_needed' } });
    expect(await subject.list()).toEqual([]);
  });

  it('tells it also of access that was renewed a moment ago', async () => {
    subject.provider.faults.add({ kind: 'access_expired' });
    subject.provider.faults.add({ kind: 'sign_in_needed' });
    await subject.run();
    expect(subject.revocations).toMatchObject([{ claims: FAKE_CLAIMS }]);
    expect(subject.reports.at(-1)?.state).toBe('needs_reconnect');
  });
});
