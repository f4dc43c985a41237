import { at, content, single } from '@daybook/testing/fakes';
import {
  type HookRequest,
  ProviderError,
  type ProviderErrorDetails,
  type ProviderErrorKind,
} from '@daybook/provider-port';
import type { CalendarRecord } from '../ports/records';
import { ADDRESS, POLL_MS, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { receiveHook } from './receive-hook';
import { retireConnection } from './retire-connection';

const DAY_MS = 86_400_000;

describe('what befalls a channel', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    subject.provider.notifications.renew = subject.provider.notifications.lengthen;
    await subject.runWhileDue();
    subject.clock.advance(DAY_MS);
    await subject.runWhileDue();
  });

  const calendar = async (): Promise<CalendarRecord> => {
    const [first] = await subject.store.calendarsOf('con_1');
    if (!first) throw new Error('there is no calendar');
    return first;
  };
  const end = (channelId: string): Promise<void> =>
    subject.provider.notifications.unsubscribe(subject.provider.access(ADDRESS), {
      channelId,
      resourceId: '',
      expiresAt: 0,
    });
  const nextCall = (): HookRequest => {
    subject.mailbox.put(single('new', content('new', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    const call = subject.provider.notifications.calls.shift();
    if (!call) throw new Error('no call came');
    return call;
  };
  const tell = async (call: HookRequest, news: string): Promise<void> => {
    const told = { ...call, headers: { ...call.headers, 'x-fake-news': news } };
    const around = { store: subject.store, providerByKey: subject.providerFor, wake: () => undefined };
    await receiveHook('fake', told, around);
    await subject.runWhileDue();
  };

  it('is renewed by the run that such a call wakes, days before its time', async () => {
    const before = await calendar();
    await tell(nextCall(), 'renew');
    const { channel } = await calendar();
    expect(channel?.channelId).toBe(before.channel?.channelId);
    expect(channel?.expiresAt.getTime()).toBe(subject.clock.now() + subject.provider.notifications.longestLifeMs);
  });

  it('is opened anew where it is gone, once however often that is said, and calls again', async () => {
    const [old = ''] = subject.provider.notifications.subscribed;
    const call = nextCall();
    await end(old);
    await tell(call, 'gone');
    const after = await calendar();
    expect(subject.provider.notifications.subscribed).toEqual([after.channel?.channelId]);
    expect(after.channel?.channelId).not.toBe(old);
    subject.clock.advance(POLL_MS);
    await tell(call, 'gone');
    expect((await calendar()).channel).toEqual(after.channel);
    expect((await calendar()).channelDueAt).toEqual(after.channelDueAt);
    expect(nextCall().headers['x-fake-channel']).toBe(after.channel?.channelId);
  });

  it('is opened anew also where that is heard while it is being renewed', async () => {
    const [old = ''] = subject.provider.notifications.subscribed;
    const { notifications } = subject.provider;
    const call = nextCall();
    notifications.renew = async (access, subscription) => {
      const given = await notifications.lengthen(access, subscription);
      await end(old);
      notifications.renew = notifications.lengthen;
      await subject.store.hearOfChannel((await calendar())._id, old, 'gone');
      return given;
    };
    await tell(call, 'renew');
    expect(notifications.subscribed).toEqual([(await calendar()).channel?.channelId]);
  });
});

describe('a provider that does not take a channel now', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let asked: number;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    asked = 0;
  });

  const failing =
    (kind: ProviderErrorKind, more: Partial<ProviderErrorDetails> = {}) =>
    async (): Promise<never> => {
      asked += 1;
      throw new ProviderError(kind, { detail: 'fake channel', ...more });
    };
  const put = (name: string): void => {
    subject.mailbox.put(single(name, content(name, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
  };
  const connection = () => subject.store.connection('con_1');

  it('is not asked to renew one by every run, only now and then', async () => {
    await subject.runWhileDue();
    subject.provider.notifications.renew = failing('Unavailable');
    subject.clock.advance(6.5 * DAY_MS);
    await subject.runWhileDue();
    for (let hint = 0; hint < 3; hint += 1) {
      await subject.hint();
      await subject.run();
    }
    expect(asked).toBe(1);
    subject.clock.advance(900_000);
    await subject.runWhileDue();
    expect(asked).toBe(2);
    expect(subject.reports.at(-1)?.state).toBe('active');
  });

  it('is left alone for as long as it says, and what was read before that stays', async () => {
    put('first');
    subject.mailbox.addCalendar({ remoteId: 'second' });
    subject.provider.notifications.subscribe = failing('Throttled', { retryAfterMs: 70_000 });
    await subject.run();
    expect(asked).toBe(1);
    expect((await connection())?.notBefore?.getTime()).toBe(subject.clock.now() + 70_000);
    expect((await subject.list()).map(({ title }) => title)).toEqual(['first']);
    subject.clock.advance(69_000);
    expect(await subject.runWhileDue()).toBe(0);
    subject.clock.advance(1_000);
    await subject.run();
    // The other calendar's turn: the first one's comes later.
    expect(asked).toBe(2);
  });

  it('that wants the person to sign in is understood so', async () => {
    subject.provider.notifications.subscribe = failing('ConsentRevoked', { claims: '{"access_token":{}}' });
    await subject.run();
    expect(subject.revocations).toMatchObject([{ connectionId: 'con_1', claims: '{"access_token":{}}' }]);
    expect(await connection()).toMatchObject({ problem: { code: 'sign_in_needed' } });
  });
});

describe('a provider that gives one channel to the same changes', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    const { notifications } = subject.provider;
    notifications.onlyOne = true;
    notifications.renew = notifications.lengthen;
  });

  const subscribed = (): readonly string[] => subject.provider.notifications.subscribed;
  const channelOf = async (connectionId: string): Promise<string | undefined> =>
    (await subject.store.calendarsOf(connectionId))[0]?.channel?.channelId;
  const titles = async (userId: string): Promise<(string | null)[]> =>
    (await subject.list({}, { ...subject.caller, userId })).map(({ title }) => title).sort();
  const leave = (): Promise<unknown> =>
    subject.provider.notifications.subscribe(subject.provider.access(ADDRESS), {
      calendarRemoteId: 'primary',
      channelId: 'chn_forgotten',
      token: 'x',
      expiresAt: subject.clock.now() + DAY_MS,
    });

  it('leaves it to the connection that has it; another one to the same mailbox goes on polling', async () => {
    await subject.runWhileDue();
    const first = await channelOf('con_1');
    await subject.addPerson({ _id: 'con_2', userId: 'usr_bob', accountId: 'acc_2' }, ADDRESS);
    await subject.run({ connectionId: 'con_2' });
    expect(subscribed()).toEqual([first]);
    expect(await channelOf('con_2')).toBeUndefined();
    expect(subject.logs).toContainEqual(
      expect.objectContaining({ message: 'push not available', why: expect.stringContaining('in the way') }),
    );
    subject.mailbox.put(single('new', content('new', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    subject.clock.advance(POLL_MS);
    await subject.run({ connectionId: 'con_2' });
    expect(await titles('usr_bob')).toEqual(['new']);
    expect(await subject.store.connection('con_2')).toMatchObject({ failures: 0, problem: null });
  });

  it('gives it to the other one when the first is gone', async () => {
    await subject.runWhileDue();
    await subject.addPerson({ _id: 'con_2', userId: 'usr_bob', accountId: 'acc_2' }, ADDRESS);
    await subject.run({ connectionId: 'con_2' });
    await retireConnection('con_1', subject);
    subject.clock.advance(900_000);
    await subject.run({ connectionId: 'con_2' });
    expect(subscribed()).toEqual([await channelOf('con_2')]);
  });

  it('has one ended that nobody listens to, also an older one of the calendar itself', async () => {
    await leave();
    await subject.runWhileDue();
    const [first = ''] = subscribed();
    expect([first]).toEqual([await channelOf('con_1')]);
    await subject.collections.calendars.updateMany(
      { 'channel.channelId': first },
      { $set: { 'channel.resourceId': null, channelDueAt: new Date(subject.clock.now()) } },
    );
    await subject.runWhileDue();
    expect(subscribed()).toEqual([await channelOf('con_1')]);
    expect(subscribed()).not.toContain(first);
  });

  it('finds whose it is by either name', async () => {
    await subject.runWhileDue();
    const [calendar] = await subject.store.calendarsOf('con_1');
    const [own = '', none] = [await channelOf('con_1'), { channelId: '', resourceId: 'other', expiresAt: 0 }];
    const asked = (id: string, more: object) => subject.store.othersGoBy(id, [none, { ...none, ...more }]);
    expect(await asked('cal_other', { channelId: own })).toBe(true);
    expect(await asked('cal_other', { resourceId: `fake-${own}` })).toBe(true);
    expect(await asked('cal_other', {})).toBe(false);
    expect(await asked(calendar?._id ?? '', { channelId: own, resourceId: `fake-${own}` })).toBe(false);
  });
});
