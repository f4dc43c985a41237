import { at, content, single } from '@daybook/testing/fakes';
import type { HookRequest } from '@daybook/provider-port';
import { POLL_MS, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { receiveHook } from './receive-hook';

const DAY_MS = 86_400_000;

describe('the channel of a calendar', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    put('first');
    await subject.runWhileDue();
    subject.provider.notifications.calls.length = 0;
  });

  const put = (name: string): void => {
    subject.mailbox.put(single(name, content(name, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
  };
  const titles = async (): Promise<(string | null)[]> => (await subject.list()).map(({ title }) => title).sort();
  const channels = (): readonly string[] => subject.provider.notifications.subscribed;
  const deliver = (call: HookRequest) =>
    receiveHook('fake', call, { store: subject.store, providerByKey: subject.providerFor, wake: () => undefined });
  const nextCall = (): HookRequest => {
    const call = subject.provider.notifications.calls.shift();
    if (!call) throw new Error('no call came');
    return call;
  };

  it('is opened after the first sync, and its calls bring changes long before the next poll', async () => {
    expect(channels()).toHaveLength(1);
    put('second');
    await deliver(nextCall());
    await subject.runWhileDue();
    expect(await titles()).toEqual(['first', 'second']);
  });

  it('starts no run by a forged call, however long one waits: the provider is asked nothing', async () => {
    put('second');
    const real = nextCall();
    const before = subject.provider.requests.length;
    const forged: HookRequest[] = [
      { ...real, headers: { ...real.headers, 'x-fake-token': 'guess' } },
      { ...real, headers: { ...real.headers, 'x-fake-channel': 'chn_other' } },
    ];
    for (const call of forged) await deliver(call);
    subject.clock.advance(POLL_MS - 1_000);
    expect(await subject.runWhileDue()).toBe(0);
    expect(subject.provider.requests.length).toBe(before);
    await deliver(real);
    await subject.runWhileDue();
    expect(subject.provider.requests.length).toBeGreaterThan(before);
  });

  it('is replaced before it ends, without a moment in which neither calls, and the old one is stopped', async () => {
    const [old] = channels();
    put('second');
    const callOfOld = nextCall();
    let uncovered = 0;
    for (let hour = 0; hour < 24 * 8; hour += 1) {
      subject.clock.advance(DAY_MS / 24);
      await subject.runWhileDue();
      const calendar = (await subject.store.calendarsOf('con_1'))[0];
      if ((calendar?.channel?.expiresAt.getTime() ?? 0) <= subject.clock.now()) uncovered += 1;
    }
    expect(uncovered).toBe(0);
    expect(channels()).toHaveLength(1);
    expect(channels()[0]).not.toBe(old);
    expect((await subject.store.calendarsOf('con_1'))[0]?.oldChannels).toEqual([]);
    await deliver(callOfOld);
    expect(await subject.runWhileDue()).toBe(0);
  }, 120_000);

  it('is renewed under its name where the provider can, and opened anew where it is gone', async () => {
    const { notifications } = subject.provider;
    notifications.renew = notifications.lengthen;
    const [first] = channels();
    for (let day = 0; day < 15; day += 1) {
      subject.clock.advance(DAY_MS);
      await subject.runWhileDue();
    }
    expect(channels()).toEqual([first]);
    const [calendar] = await subject.store.calendarsOf('con_1');
    expect(calendar?.channel?.expiresAt.getTime()).toBeGreaterThan(subject.clock.now());
    await notifications.unsubscribe(subject.provider.access('ada@example.com'), {
      channelId: first ?? '',
      resourceId: '',
      expiresAt: 0,
    });
    for (let day = 0; day < 8; day += 1) {
      subject.clock.advance(DAY_MS);
      await subject.runWhileDue();
    }
    expect(channels()).toHaveLength(1);
    expect(channels()).not.toContain(first);
  }, 60_000);

  it('is given up on for a while where the provider refuses it, and polling goes on', async () => {
    subject.provider.notifications.refuses = 'Rejected';
    subject.mailbox.addCalendar({ remoteId: 'second' });
    subject.clock.advance(POLL_MS);
    await subject.runWhileDue();
    expect(channels()).toHaveLength(1);
    expect(subject.reports.at(-1)?.state).toBe('active');
    subject.mailbox.put(single('polled', content('polled', at('2026-11-25T10:00'), at('2026-11-25T11:00'))), 'second');
    subject.clock.advance(POLL_MS);
    await subject.runWhileDue();
    expect(await titles()).toEqual(['first', 'polled']);
    subject.provider.notifications.refuses = null;
    subject.clock.advance(900_000);
    await subject.runWhileDue();
    expect(channels()).toHaveLength(2);
  });
});

describe('a connection that is switched off', () => {
  const database = withTestDatabase();

  it('causes no call of the provider for longer than a poll, whoever hints, and misses nothing when it is on again', async () => {
    const subject = await startSyncBench({ database: database() });
    const put = (name: string): void => {
      subject.mailbox.put(single(name, content(name, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    };
    put('kept');
    put('removed');
    await subject.runWhileDue();
    const known = await subject.store.connection('con_1');
    if (!known) throw new Error('there is no connection');
    await subject.store.followConnection({ ...known, status: 'stopped', revision: known.revision + 1 });
    const before = [subject.provider.requests.length, subject.provider.notifications.subscribed.length];

    put('added');
    subject.mailbox.remove('removed');
    const around = { store: subject.store, providerByKey: subject.providerFor, wake: () => undefined };
    for (const call of subject.provider.notifications.calls) await receiveHook('fake', call, around);
    for (let poll = 0; poll < 5; poll += 1) {
      subject.clock.advance(POLL_MS);
      expect(await subject.runWhileDue()).toBe(0);
      await subject.run();
    }
    expect([subject.provider.requests.length, subject.provider.notifications.subscribed.length]).toEqual(before);
    expect((await subject.list()).map(({ title }) => title).sort()).toEqual(['kept', 'removed']);

    await subject.store.followConnection({ ...known, status: 'live', revision: known.revision + 2 });
    await subject.runWhileDue();
    expect((await subject.list()).map(({ title }) => title).sort()).toEqual(['added', 'kept']);
    expect(await subject.collections.outbox.distinct('subject')).toContain('evt.calendar.meeting.cancelled.v1');
  });
});
