import type { PartReport } from '../ports/access-source';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';

describe('the certificate of a server that a person has named', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
  });

  async function reported(): Promise<PartReport | undefined> {
    await subject.hint();
    await subject.run();
    return subject.reports.at(-1);
  }

  it('is told with each run as it was seen, and one that was renewed with the next', async () => {
    const [soon, later] = [Date.UTC(2026, 11, 1), Date.UTC(2027, 11, 1)];
    subject.provider.certificateExpiresAt = soon;
    expect((await reported())?.certificateExpiresAt).toEqual(new Date(soon));
    subject.provider.certificateExpiresAt = later;
    expect((await reported())?.certificateExpiresAt).toEqual(new Date(later));
  });

  it('is told also by a run that fails', async () => {
    subject.provider.certificateExpiresAt = Date.UTC(2026, 11, 1);
    subject.provider.faults.add({ kind: 'switched_off', on: 'changes', times: Infinity });
    expect(await reported()).toMatchObject({ state: 'needs_reconnect', certificateExpiresAt: new Date('2026-12-01') });
  });

  it('is not told where none was seen', async () => {
    expect(await reported()).not.toHaveProperty('certificateExpiresAt');
  });
});
