import { at, content, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { writingPerson, type WritingPerson } from '../testing/writing-person';

describe('a write that the provider never answers', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let ada: WritingPerson;

  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    ada = await writingPerson(subject);
    subject.provider.faults.add({ kind: 'timeout_before_write', times: 50 });
    expect((await ada.schedule()).meeting.pending).toMatchObject({ operation: 'create' });
  });

  it('does not keep what changed there from being read', async () => {
    subject.clock.advance(600_000);
    subject.mailbox.put(single('theirs', content('Theirs', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    await subject.hint();
    await subject.run();
    expect(await ada.titles()).toEqual(['Design review', 'Theirs']);
    const connection = await subject.store.connection('con_1');
    expect(connection).toMatchObject({ problem: { code: 'provider_unavailable' } });
    expect((connection?.notBefore?.getTime() ?? 0) - subject.clock.now()).toBeLessThanOrEqual(30_000);
  });

  it('goes through as soon as it is answered, once', async () => {
    subject.provider.faults.clear();
    await ada.settle();
    expect((await ada.rows()).map(({ title, pending }) => [title, pending])).toEqual([['Design review', null]]);
    expect(subject.mailbox.items()).toHaveLength(1);
    expect(await subject.store.connection('con_1')).toMatchObject({ problem: null, failures: 0 });
  });
});
