import { ProviderError, type ProviderErrorKind } from '@daybook/provider-port';
import { FakeWriteQueue } from './testing/fake-write-queue';
import { failing, meeting, WriteBench } from './testing/write-bench';
import { runWrites } from './write-back';

describe('runWrites, where a write fails,', () => {
  let subject: WriteBench;
  beforeEach(() => {
    subject = new WriteBench();
  });

  it.each<[ProviderErrorKind, string]>([
    ['Rejected', 'provider_refused'],
    ['PermissionMissing', 'permission_missing'],
    ['Gone', 'calendar_gone'],
  ])('undoes a create after %s and says %s', async (kind, why) => {
    const id = subject.records.schedule(meeting('A'));
    await subject.run({ create: failing(kind) });
    expect(subject.records.told).toMatchObject([{ type: 'refused', id, why }]);
    expect(subject.records.all.size).toBe(0);
  });

  it.each<[ProviderErrorKind, string]>([
    ['Rejected', 'provider_refused'],
    ['PermissionMissing', 'permission_missing'],
  ])('puts back what was agreed before an update after %s', async (kind, why) => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B' });
    await subject.run({ update: failing(kind) });
    expect(subject.records.told).toMatchObject([{ type: 'refused', id, why }]);
    expect(subject.records.all.get(id)).toMatchObject({ intended: { title: 'A' }, pending: null });
  });

  it('says in its own words why something was not even sent', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { description: 'New' });
    const rejected = new ProviderError('Rejected', { detail: 'x', because: 'join_part_kept' });
    await subject.run({ update: () => Promise.reject(rejected) });
    expect(subject.records.told).toMatchObject([{ type: 'refused', id, why: 'join_part_kept' }]);
  });

  it.each<ProviderErrorKind>(['Unknown', 'Unreadable', 'CursorExpired'])(
    'tries three times after %s, further and further apart, then gives up',
    async (kind) => {
      subject.records.schedule(meeting('A'));
      const fails = { create: failing(kind) };
      await subject.run(fails);
      expect(subject.waiting()).toMatchObject([{ attempts: 1, notBefore: 1_000 }]);
      await subject.run(fails);
      expect(subject.waiting()).toMatchObject([{ attempts: 1 }]);
      subject.now = 1_000;
      await subject.run(fails);
      expect(subject.waiting()).toMatchObject([{ attempts: 2, notBefore: 3_000 }]);
      subject.now = 3_000;
      await subject.run(fails);
      expect(subject.records.told).toMatchObject([{ type: 'refused', why: 'provider_fault' }]);
    },
  );

  it('counts on where a look comes between, and puts back what was agreed after the third try', async () => {
    const id = await subject.scheduled();
    subject.records.edit(id, { title: 'B' });
    for (const now of [0, 1_000, 3_000]) {
      subject.now = now;
      await subject.run({ update: failing('Unknown') });
    }
    expect(subject.records.told).toMatchObject([{ type: 'refused', id, why: 'provider_fault' }]);
    expect(subject.records.all.get(id)).toMatchObject({ intended: { title: 'A' }, pending: null });
  });

  describe('and has failed twice', () => {
    let id: string;
    beforeEach(async () => {
      id = subject.records.schedule(meeting('A'));
      for (const now of [0, 1_000]) {
        subject.now = now;
        await subject.run({ create: failing('Unknown') });
      }
      subject.now = 3_000;
    });

    it('is looked for once more before it is given up', async () => {
      const port = subject.writes();
      const create: typeof port.create = async (request) => {
        await port.create(request);
        return failing('Unknown')();
      };
      await subject.run({ create });
      expect([subject.titles(), subject.waiting(), subject.records.told]).toEqual([['A'], [], []]);
    });

    it('is not sent again where that look stays without an answer', async () => {
      const { made: look } = subject.writes();
      let looks = 0;
      const made: typeof look = (request) => ((looks += 1) > 1 ? failing('Unavailable')() : look(request));
      await expect(subject.run({ create: failing('Unknown'), made })).rejects.toMatchObject({ kind: 'Unavailable' });
      const create = jest.fn(failing('Unknown'));
      await subject.run({ create });
      expect(create).not.toHaveBeenCalled();
      expect(subject.records.told).toMatchObject([{ type: 'refused', id, why: 'provider_fault' }]);
    });
  });

  it('goes on with other items while one waits', async () => {
    subject.records.schedule(meeting('A'));
    subject.records.schedule(meeting('B'));
    const port = subject.writes();
    await subject.run({
      create: (request) => (request.draft.title === 'A' ? failing('Unknown')() : port.create(request)),
    });
    expect([subject.titles(), subject.waiting()]).toMatchObject([['B'], [{ attempts: 1 }]]);
  });

  it.each<ProviderErrorKind>([
    'AccessExpired',
    'ConsentRevoked',
    'AdminApprovalNeeded',
    'NoMailbox',
    'UntrustedServer',
    'SwitchedOff',
    'Throttled',
    'Unavailable',
  ])('hands %s to whoever knows the connection, and the write stays', async (kind) => {
    subject.records.schedule(meeting('A'));
    await expect(subject.run({ create: failing(kind) })).rejects.toMatchObject({ kind });
    expect([subject.waiting(), subject.records.told]).toMatchObject([[{ operation: 'create', attempts: 0 }], []]);
  });

  it('goes on with the others where one stays without an answer, and says so at the end', async () => {
    for (const title of ['A', 'B', 'C']) subject.records.schedule(meeting(title));
    const port = subject.writes();
    const asked: string[] = [];
    const create: typeof port.create = (request) => {
      asked.push(request.draft.title);
      return request.draft.title === 'A' ? failing('Unavailable')() : port.create(request);
    };
    await expect(subject.run({ create })).rejects.toMatchObject({ kind: 'Unavailable' });
    expect([asked, subject.titles()]).toEqual([
      ['A', 'B', 'C'],
      ['B', 'C'],
    ]);
    expect(subject.waiting()).toMatchObject([{ operation: 'create', attempts: 0, notBefore: 0 }]);
  });

  it.each([
    ['two in a row stay without an answer', 2, () => failing('Unavailable')()],
    [
      'the provider says when to come again',
      1,
      () => Promise.reject(new ProviderError('Unavailable', { detail: 'x', retryAfterMs: 1_000 })),
    ],
  ])('asks for no more where %s', async (_why, times, answer) => {
    for (const title of ['A', 'B', 'C']) subject.records.schedule(meeting(title));
    const create = jest.fn(answer);
    await expect(subject.run({ create })).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(create).toHaveBeenCalledTimes(times);
    expect(subject.waiting()).toHaveLength(3);
  });

  it('takes a fault of an adapter for one of the provider, and one of the queue for none', async () => {
    subject.records.schedule(meeting('A'));
    await subject.run({ create: async () => Promise.reject(new TypeError('x')) });
    expect(subject.waiting()).toMatchObject([{ attempts: 1 }]);
    const queue = new FakeWriteQueue(subject.records);
    queue.sending = async () => Promise.reject(new RangeError('lease lost'));
    subject.now = 1_000;
    await expect(subject.run({}, queue)).rejects.toThrow('lease lost');
    expect(subject.waiting()).toMatchObject([{ attempts: 1 }]);
  });

  it('stops between two writes when it is asked to', async () => {
    subject.records.schedule(meeting('A'));
    subject.records.schedule(meeting('B'));
    let looks = 0;
    const stopped = (): boolean => (looks += 1) > 1;
    const queue = new FakeWriteQueue(subject.records);
    expect(await runWrites({ writes: subject.writes(), queue, now: () => 0, random: () => 0, stopped })).toBe(
      'stopped',
    );
    expect(subject.titles()).toEqual(['A']);
  });
});
