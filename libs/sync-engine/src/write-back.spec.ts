import type { CalendarWrites } from '@daybook/provider-port';
import { FakeWriteQueue } from './testing/fake-write-queue';
import { meeting, WriteBench } from './testing/write-bench';

describe('runWrites', () => {
  let subject: WriteBench;
  beforeEach(() => {
    subject = new WriteBench();
  });

  it('creates what is new, once, without a look', async () => {
    subject.records.schedule(meeting('A'));
    expect(await subject.run()).toBe('done');
    expect([subject.titles(), subject.asked(), subject.waiting()]).toEqual([['A'], ['create'], []]);
  });

  it('looks before it creates again after a missing answer', async () => {
    subject.records.schedule(meeting('A'));
    subject.fault('timeout_after_write');
    await expect(subject.run()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(subject.waiting()).toMatchObject([{ operation: 'create', sent: { title: 'A' } }]);
    await subject.run();
    expect([subject.titles(), subject.asked(), subject.waiting()]).toEqual([['A'], ['create', 'made'], []]);
  });

  it('creates with all that was edited meanwhile where nothing had arrived', async () => {
    const id = subject.records.schedule(meeting('A'));
    subject.fault('timeout_before_write');
    await expect(subject.run()).rejects.toMatchObject({ kind: 'Unavailable' });
    subject.records.edit(id, { title: 'B' });
    await subject.run();
    expect([subject.titles(), subject.asked()]).toEqual([['B'], ['create', 'made', 'create']]);
  });

  it('writes a later edit even where the look missed what an earlier request had made', async () => {
    const id = subject.records.schedule(meeting('A'));
    subject.fault('timeout_after_write');
    await expect(subject.run()).rejects.toMatchObject({ kind: 'Unavailable' });
    subject.records.edit(id, { title: 'B' });
    await subject.run({ made: async () => null });
    expect([subject.titles(), subject.asked(), subject.records.told]).toEqual([
      ['B'],
      ['create', 'create', 'update'],
      [],
    ]);
  });

  it('updates only what differs, on the version it is for', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B', location: 'L' });
    const sent: unknown[] = [];
    const port = subject.writes();
    await subject.run({ update: async (request) => (sent.push(request), port.update(request)) });
    expect(sent).toMatchObject([{ fields: ['title', 'location'], ifVersion: 'v1', target: { type: 'item' } }]);
    expect(subject.titles()).toEqual(['B']);
  });

  it('looks before it updates again after a missing answer', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B' });
    subject.fault('timeout_after_write');
    await expect(subject.run()).rejects.toMatchObject({ kind: 'Unavailable' });
    await subject.run();
    expect([subject.titles(), subject.asked(), subject.waiting(), subject.records.told]).toEqual([
      ['B'],
      ['update', 'read'],
      [],
      [],
    ]);
  });

  it('merges with what the provider changed since and writes the rest', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { location: 'L' });
    subject.retitle('T');
    await subject.run();
    expect(subject.asked()).toEqual(['update', 'read', 'update']);
    expect(subject.records.all.get(id)).toMatchObject({ intended: { title: 'T', location: 'L' }, pending: null });
    expect(subject.records.told).toEqual([]);
  });

  it('lets the provider have a field that both changed, and tells', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B' });
    subject.retitle('T');
    await subject.run();
    expect([subject.titles(), subject.asked()]).toEqual([['T'], ['update', 'read']]);
    expect(subject.records.told).toMatchObject([{ type: 'overridden', field: 'title', ours: { title: 'B' } }]);
  });

  it('lets the removal of the provider win over an edit', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B' });
    subject.removeThere();
    await subject.run();
    expect(subject.records.told).toMatchObject([{ type: 'gone', id }]);
    expect(subject.records.all.size).toBe(0);
  });

  it('takes an edit that joins while the request is under way into a request of its own', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B' });
    const port = subject.writes();
    const edits = ['C'];
    const update: CalendarWrites['update'] = async (request) => {
      const title = edits.pop();
      if (title !== undefined) subject.records.edit(id, { title });
      return port.update(request);
    };
    await subject.run({ update });
    expect([subject.titles(), subject.asked(), subject.records.told]).toEqual([['C'], ['update', 'update'], []]);
  });

  it('sends nothing that was taken back after it was taken up', async () => {
    const id = subject.records.schedule(meeting('A'));
    const queue = new FakeWriteQueue(subject.records);
    const next = queue.next.bind(queue);
    queue.next = async (due) => {
      const write = await next(due);
      subject.records.remove(id);
      return write;
    };
    await subject.run({}, queue);
    expect([subject.titles(), subject.asked()]).toEqual([[], []]);
  });

  it('leaves an item for later that is changed at the provider all the time', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B' });
    subject.fault('conflict', Infinity);
    expect(await subject.run()).toBe('done');
    expect(subject.asked()).toHaveLength(10);
    expect(subject.waiting()).toMatchObject([{ attempts: 0, notBefore: 16_000 }]);
    subject.provider.faults.clear();
    subject.now = 16_000;
    await subject.run();
    expect([subject.titles(), subject.waiting()]).toEqual([['B'], []]);
  });

  it('removes what is there, on the version it is for', async () => {
    const id = await subject.scheduled();
    subject.records.remove(id);
    await subject.run();
    expect([subject.titles(), subject.asked(), subject.records.all.size]).toEqual([[], ['remove'], 0]);
  });

  it('removes also what was changed at the provider meanwhile, on the version just seen', async () => {
    const id = await subject.scheduled();
    subject.records.remove(id);
    subject.retitle('T');
    await subject.run();
    expect([subject.titles(), subject.asked(), subject.records.told]).toEqual([[], ['remove', 'read', 'remove'], []]);
  });

  it('takes what is gone already for removed', async () => {
    const id = await subject.scheduled();
    subject.records.remove(id);
    subject.removeThere();
    await subject.run();
    expect([subject.asked(), subject.records.told, subject.records.all.size]).toEqual([['remove'], [], 0]);
  });

  it('removes what a create without an answer has made', async () => {
    const id = subject.records.schedule(meeting('A'));
    subject.fault('timeout_after_write');
    await expect(subject.run()).rejects.toMatchObject({ kind: 'Unavailable' });
    subject.records.remove(id);
    await subject.run();
    expect([subject.titles(), subject.asked(), subject.records.all.size]).toEqual([
      [],
      ['create', 'made', 'remove'],
      0,
    ]);
  });

  it('looks at an occurrence of unknown version before it writes it', async () => {
    subject.records.edit(subject.occurrence(), { title: 'O' });
    await subject.run();
    expect([subject.titles(), subject.asked()]).toEqual([
      ['S', 'O'],
      ['read', 'update'],
    ]);
  });

  it('merges an occurrence whose series has changed at the provider', async () => {
    const id = subject.occurrence();
    subject.records.edit(id, { location: 'L' });
    subject.retitle('T');
    await subject.run();
    expect(subject.mailbox.items()).toMatchObject([{}, { kind: 'exception', content: { title: 'T', location: 'L' } }]);
  });

  it('takes an occurrence out of its series', async () => {
    subject.records.remove(subject.occurrence());
    await subject.run();
    expect(subject.mailbox.items()).toMatchObject([{ kind: 'series' }, { kind: 'cancelled' }]);
  });

  it('sends nothing where both sides agree already', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B' });
    const record = subject.records.all.get(id);
    if (record) subject.records.all.set(id, { ...record, intended: record.agreed });
    await subject.run();
    expect([subject.asked(), subject.waiting()]).toEqual([[], []]);
  });
});
