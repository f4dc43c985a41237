import { draftOfItem } from '../merge-meeting';
import { item, meeting, type QueueScene } from './write-queue-scene';

export function removeCases(on: () => QueueScene): void {
  it('gives a removal with the version it is for', async () => {
    const id = await on().agreed();
    await on().bench.remove(id);
    expect(await on().taken()).toMatchObject({ operation: 'remove', intended: null, version: 'v1' });
    expect(await on().titleOf(id)).toBeNull();
  });

  it('notes no removal that was taken back since it was given out', async () => {
    const id = await on().agreed();
    await on().bench.remove(id);
    const write = await on().taken();
    await on().bench.undo(id);
    expect(await on().queue.sending(write, 'removal')).toBe('overtaken');
    expect([await on().due(), await on().titleOf(id)]).toEqual([null, 'A']);
  });

  it('is through when the item is gone', async () => {
    const id = await on().agreed();
    await on().bench.remove(id);
    const write = await on().taken();
    await on().queue.sending(write, 'removal');
    await on().queue.gone(write);
    expect([await on().due(), await on().titleOf(id)]).toEqual([null, null]);
  });

  it('shows a meeting again whose removal is refused', async () => {
    const id = await on().agreed();
    await on().bench.remove(id);
    await on().queue.refuse(await on().taken(), 'permission_missing');
    expect([await on().due(), await on().titleOf(id)]).toEqual([null, 'A']);
  });
}

export function deltaCases(on: () => QueueScene): void {
  it('merges what a delta run brings with what waits', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { location: 'L' });
    await on().bench.bring(item('T', 'v2'));
    expect(await on().bench.shown(id)).toMatchObject({ title: 'T', location: 'L' });
    expect(await on().taken()).toMatchObject({ version: 'v2', agreed: { title: 'T', location: '' } });
  });

  it('is through when a delta run brings what was sent', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B' });
    await on().queue.sending(await on().taken(), meeting('B'));
    await on().bench.bring(item('B', 'v2'));
    expect([await on().due(), await on().bench.lostFields(id)]).toEqual([null, []]);
  });

  it('knows a meeting of ours by its marker before its create was answered', async () => {
    const id = await on().bench.schedule(meeting('A'));
    const write = await on().taken();
    await on().queue.sending(write, meeting('A'));
    const theirs = { ...item('A', 'v1'), marker: write.marker };
    expect(await on().bench.bring(theirs)).toBe(id);
    expect(await on().due()).toBeNull();
  });

  it('keeps a removal that waits when the item changes meanwhile, on the new version', async () => {
    const id = await on().agreed();
    await on().bench.remove(id);
    await on().bench.bring(item('T', 'v2'));
    expect(await on().taken()).toMatchObject({ operation: 'remove', version: 'v2' });
    expect(await on().titleOf(id)).toBeNull();
  });

  it('ends what waits when the provider has removed the item', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B' });
    await on().bench.takeAway('r');
    expect([await on().due(), await on().titleOf(id)]).toEqual([null, null]);
  });

  it('writes an item that was not scheduled here as well', async () => {
    const theirs = item('T', 'v7');
    const id = await on().bench.bring(theirs);
    await on().bench.edit(id, { title: 'B' });
    const write = await on().taken();
    expect(write).toMatchObject({ operation: 'update', version: 'v7', target: { type: 'item', remoteId: 'r' } });
    expect(write.agreed).toMatchObject({ title: draftOfItem(theirs)?.title });
  });
}

export function orderCases(on: () => QueueScene): void {
  it('gives what waits longest first', async () => {
    await on().bench.schedule(meeting('first'));
    const second = await on().bench.schedule(meeting('second'));
    await on().bench.edit(second, { location: 'L' });
    expect((await on().taken()).intended?.title).toBe('first');
  });

  it('goes on with what is behind a postponed write, and counts its attempts', async () => {
    await on().bench.schedule(meeting('first'));
    await on().bench.schedule(meeting('second'));
    const write = await on().taken();
    const until = on().bench.now() + 60_000;
    await on().queue.postpone(write, until, 2);
    const behind = await on().taken();
    expect(behind.intended?.title).toBe('second');
    await on().queue.refuse(behind, 'provider_fault');
    expect(await on().due()).toBeNull();
    expect(await on().queue.next(until)).toMatchObject({ id: write.id, attempts: 2 });
  });

  it('counts on the attempts of what a look leaves of a write', async () => {
    await on().bench.edit(await on().agreed(), { title: 'B' });
    const write = await on().taken();
    await on().queue.sending(write, meeting('B'));
    await on().queue.postpone(write, on().bench.now(), 2);
    const { sent } = await on().taken();
    expect(await on().queue.settle({ ...write, sent }, item('A', 'v2'), 'found')).toBe('left');
    expect(await on().taken()).toMatchObject({ version: 'v2', sent: null, attempts: 2 });
  });

  it('keeps a write in the queue for which an edit joined that differs', async () => {
    const id = await on().agreed();
    await on().bench.edit(id, { title: 'B' });
    await on().queue.through(await on().taken());
    expect(await on().taken()).toMatchObject({ intended: { title: 'B' } });
  });
}
