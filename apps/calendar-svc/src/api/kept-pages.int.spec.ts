import { at, content, single } from '@daybook/testing/fakes';
import { startSyncBench, type SyncBench } from '../testing/sync-bench';
import { KeptPages } from './kept-pages';

describe('pages that are kept', () => {
  let bench: SyncBench;
  let subject: KeptPages;
  let reads = 0;

  beforeEach(async () => {
    bench = await startSyncBench();
    reads = 0;
    const { reader } = bench.reading;
    const counting = Object.create(reader, {
      rows: { value: (range: Parameters<typeof reader.rows>[0]) => ((reads += 1), reader.rows(range)) },
    });
    subject = new KeptPages({ ...bench.reading, reader: counting });
    for (const hour of ['10', '12', '14'])
      bench.mailbox.put(
        single(`e${hour}`, content(`At ${hour}`, at(`2026-11-24T${hour}:00`), at(`2026-11-24T${hour}:30`))),
      );
    await bench.run();
  });
  afterEach(() => bench.close());

  async function titles(query: Record<string, unknown> = {}): Promise<string[]> {
    const page: { items: { title: string }[] } = JSON.parse((await subject.read(bench.caller, query)).toString());
    return page.items.map(({ title }) => title);
  }

  it('are given again without reading meetings, with freshness of their own', async () => {
    expect(await titles()).toEqual(['At 10', 'At 12', 'At 14']);
    const first = (await subject.read(bench.caller, {})).toString();
    expect((await subject.read(bench.caller, {})).toString()).toBe(first);
    expect(reads).toBe(1);
    expect(JSON.parse(first)).toMatchObject({ next: null, freshness: { stale: false } });
  });

  it('show a change with the commit that made it, whichever process did', async () => {
    await titles();
    bench.mailbox.put(single('e12', content('Moved', at('2026-11-24T12:00'), at('2026-11-24T12:45'))));
    await bench.hint();
    await bench.run();
    expect(await titles()).toEqual(['At 10', 'Moved', 'At 14']);
  });

  it('show a change of days that are computed, not stored', async () => {
    const far = { from: '2029-05-01T00:00:00Z', to: '2029-06-01T00:00:00Z' };
    expect(await titles(far)).toEqual([]);
    bench.mailbox.put(single('far', content('Far away', at('2029-05-24T12:00'), at('2029-05-24T12:45'))));
    await bench.hint();
    await bench.run();
    expect(await titles(far)).toEqual(['Far away']);
  });

  it('end with the first meeting that is over', async () => {
    await titles();
    bench.clock.set(Date.UTC(2026, 10, 24, 11));
    expect(await titles()).toEqual(['At 12', 'At 14']);
    expect(await titles()).toEqual(['At 12', 'At 14']);
    expect(reads).toBe(2);
  });

  it('are no page of another question or of a calendar that was hidden', async () => {
    await titles();
    expect(await titles({ limit: '1' })).toEqual(['At 10']);
    const [calendar] = await bench.store.calendarsOf('con_1');
    if (!calendar) throw new Error('there is no calendar');
    await bench.store.select({ calendar, selected: false, ifVersion: null, actorId: 'usr_ada' });
    expect(await titles()).toEqual([]);
  });
});
