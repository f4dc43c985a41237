import { item, meeting, type QueueScene } from './write-queue-scene';

export function createCases(on: () => QueueScene): void {
  it('gives a new meeting as a create without a target, under one key', async () => {
    await on().bench.schedule(meeting('A'));
    const first = await on().taken();
    const nothing = { target: null, agreed: null, sent: null, version: null, attempts: 0 };
    expect(first).toMatchObject({ operation: 'create', intended: { title: 'A' }, ...nothing });
    expect(first.key).toMatch(/^[0-9a-v]{20,60}$/);
    expect((await on().taken()).key).toBe(first.key);
  });

  it('keeps what went out, whatever is edited after it', async () => {
    const id = await on().bench.schedule(meeting('A'));
    const write = await on().taken();
    expect(await on().queue.sending(write, meeting('A'))).toBe('noted');
    await on().bench.edit(id, { title: 'B' });
    expect(await on().taken()).toMatchObject({ operation: 'create', sent: { title: 'A' }, intended: { title: 'B' } });
  });

  it('forgets a meeting that is removed before anything went out', async () => {
    const id = await on().bench.schedule(meeting('A'));
    const write = await on().taken();
    await on().bench.remove(id);
    expect(await on().due()).toBeNull();
    expect(await on().queue.sending(write, meeting('A'))).toBe('overtaken');
  });

  it('removes a meeting that may have been made, by its key', async () => {
    const id = await on().bench.schedule(meeting('A'));
    const { key, ...write } = await on().taken();
    await on().queue.sending({ key, ...write }, meeting('A'));
    await on().bench.remove(id);
    expect(await on().taken()).toMatchObject({ operation: 'remove', key, target: null, sent: { title: 'A' } });
    expect(await on().titleOf(id)).toBeNull();
  });

  it('is through with an answer, in the words of the provider', async () => {
    const id = await on().bench.schedule(meeting('A'));
    expect(await on().answered(item('A (1)', 'v1'))).toBe('done');
    expect(await on().titleOf(id)).toBe('A (1)');
    expect(await on().due()).toBeNull();
  });

  it('undoes a create that is refused, and says why', async () => {
    const id = await on().bench.schedule(meeting('A'));
    await on().queue.refuse(await on().taken(), 'calendar_gone');
    expect(await on().due()).toBeNull();
    expect(await on().bench.refusals(id)).toEqual(['calendar_gone']);
  });
}

export function updateCases(on: () => QueueScene): void {
  it('gives an edit with what was agreed and the version of it', async () => {
    await on().bench.edit(await on().agreed(), { title: 'B' });
    const target = { type: 'item', remoteId: 'r' };
    const based = { agreed: { title: 'A' }, sent: null, version: 'v1', target };
    expect(await on().taken()).toMatchObject({ operation: 'update', intended: { title: 'B' }, ...based });
  });

  it('leaves an edit that joined while the request was under way, on the new version', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B' });
    const write = await on().taken();
    await on().queue.sending(write, meeting('B'));
    await on().bench.edit(id, { title: 'C' });
    const settled = await on().queue.settle({ ...write, sent: meeting('B') }, item('B', 'v2'), 'answered');
    expect(settled).toBe('left');
    const based = { agreed: { title: 'B' }, sent: null, version: 'v2', attempts: 0 };
    expect(await on().taken()).toMatchObject({ operation: 'update', intended: { title: 'C' }, ...based });
  });

  it('lets the provider have a field that both changed, and keeps ours to be shown', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B', location: 'L' });
    expect(await on().queue.settle(await on().taken(), item('T', 'v2'), 'found')).toBe('left');
    expect(await on().bench.shown(id)).toMatchObject({ title: 'T', location: 'L' });
    expect(await on().bench.lostFields(id)).toEqual(['title']);
  });

  it('measures an answer by what it answers, not by what was noted last', async () => {
    const id = await on().bench.schedule(meeting('A'));
    await on().queue.sending(await on().taken(), meeting('A'));
    await on().bench.edit(id, { title: 'B' });
    const again = await on().taken();
    await on().queue.sending(again, meeting('B'));
    expect(await on().queue.settle(again, item('A', 'v1'), 'answered')).toBe('left');
    expect(await on().taken()).toMatchObject({ operation: 'update', agreed: { title: 'A' }, intended: { title: 'B' } });
  });

  it('takes back what waits, and has nothing to write where nothing went out', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B' });
    await on().bench.undo(id);
    expect([await on().due(), await on().titleOf(id)]).toEqual([null, 'A']);
  });

  it('writes back what was agreed where the provider may have the edit already', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B' });
    await on().queue.sending(await on().taken(), meeting('B'));
    await on().bench.undo(id);
    expect(await on().queue.settle(await on().taken(), item('B', 'v2'), 'found')).toBe('left');
    expect(await on().taken()).toMatchObject({ operation: 'update', agreed: { title: 'B' }, intended: { title: 'A' } });
  });

  it('puts back what was agreed where an edit is refused, with all that joined it', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B' });
    const write = await on().taken();
    await on().bench.edit(id, { title: 'C' });
    await on().queue.refuse(write, 'provider_refused');
    expect([await on().due(), await on().titleOf(id)]).toEqual([null, 'A']);
    expect(await on().bench.refusals(id)).toEqual(['provider_refused']);
  });

  it('lets the removal of the provider win over an edit', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B' });
    await on().queue.gone(await on().taken());
    expect([await on().due(), await on().titleOf(id)]).toEqual([null, null]);
  });
}
