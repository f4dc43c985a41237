import { sha256Hex } from '@daybook/platform/crypto';
import type { ChangeHint, HookRequest } from '@daybook/provider-port';
import { FakeProvider } from '@daybook/testing/fakes';
import type { ChannelRecord } from '../ports/records';
import { receiveHook, type HookedCalendar, type HookSurroundings } from './receive-hook';

const channel = (channelId: string, token: string): ChannelRecord => ({
  channelId,
  tokenHash: sha256Hex(token),
  resourceId: `fake-${channelId}`,
  expiresAt: new Date(0),
});

describe('receiveHook', () => {
  let calendar: HookedCalendar;
  let requested: string[];
  let woken: string[];
  let heard: string[];
  const provider = new FakeProvider();
  const store = {
    channels: (): ChannelRecord[] => [...(calendar.channel ? [calendar.channel] : []), ...calendar.oldChannels],
  };
  const around = (): HookSurroundings => ({
    store: {
      calendarOfChannel: async (id) => (store.channels().some(({ channelId }) => channelId === id) ? calendar : null),
      requestSync: async (id) => requested.push(id) > 0,
      hearOfChannel: async (id, channelId, news) => void heard.push([...requested, id, channelId, news].join()),
    },
    providerByKey: (key) => (key === 'fake' ? provider : null),
    wake: (id) => void woken.push(id),
  });
  const call = (channelId: string, token: string): HookRequest => ({
    method: 'POST',
    query: {},
    headers: { 'x-fake-channel': channelId, 'x-fake-token': token },
    body: Buffer.alloc(0),
  });

  beforeEach(() => {
    calendar = { _id: 'cal_1', connectionId: 'con_1', channel: channel('now', 'right'), oldChannels: [] };
    requested = [];
    woken = [];
    heard = [];
  });

  it('makes the calendar of a proven call due and wakes a worker', async () => {
    expect(await receiveHook('fake', call('now', 'right'), around())).toEqual({ status: 204 });
    expect([requested, woken]).toEqual([['cal_1'], ['con_1']]);
  });

  it.each([
    ['a wrong token on a real channel', call('now', 'wrong')],
    ['an empty token', call('now', '')],
    ['the hash of the token in its place', call('now', sha256Hex('right'))],
    ['a channel nobody knows', call('other', 'right')],
  ])('does nothing on %s, and answers as if it had', async (_, request) => {
    expect(await receiveHook('fake', request, around())).toEqual({ status: 204 });
    expect([requested, woken]).toEqual([[], []]);
  });

  it('does nothing when the call is about another resource than the channel', async () => {
    calendar.channel = { ...channel('now', 'right'), resourceId: 'another' };
    await receiveHook('fake', call('now', 'right'), around());
    expect([requested, woken]).toEqual([[], []]);
  });

  it('takes the first call of a channel whose answer has not come yet', async () => {
    calendar.channel = { ...channel('now', 'right'), resourceId: null };
    await receiveHook('fake', call('now', 'right'), around());
    expect(requested).toEqual(['cal_1']);
  });

  it('takes a call of the channel that is being replaced by its own token only', async () => {
    calendar.oldChannels = [channel('before', 'earlier')];
    await receiveHook('fake', call('before', 'right'), around());
    expect(requested).toEqual([]);
    await receiveHook('fake', call('before', 'earlier'), around());
    expect(requested).toEqual(['cal_1']);
  });

  it('hears what befalls a proven channel before the run that looks after it is asked for', async () => {
    const gone = (token: string): HookRequest => {
      const request = call('now', token);
      return { ...request, headers: { ...request.headers, 'x-fake-news': 'gone' } };
    };
    await receiveHook('fake', gone('wrong'), around());
    expect(heard).toEqual([]);
    await receiveHook('fake', gone('right'), around());
    expect([heard, requested, woken]).toEqual([['cal_1,now,gone'], ['cal_1'], ['con_1']]);
    await receiveHook('fake', call('now', 'right'), around());
    expect(heard).toHaveLength(1);
  });

  it('takes a call of hundreds of notifications once for each channel, and all channels together', async () => {
    const hintOf = (channelId: string): ChangeHint => ({ channelId, token: 't', resourceId: `fake-${channelId}` });
    const hints = Array.from({ length: 300 }, (_none, index) => hintOf(`chn_${index % 3}`));
    const busy = new FakeProvider();
    busy.notifications.read = () => ({ type: 'hints', hints, answer: { status: 202 } });
    let lookedUp = 0;
    let everyOneAsked = (): void => undefined;
    const together = new Promise<void>((resolve) => (everyOneAsked = resolve));
    const answer = await receiveHook('fake', call('now', 'right'), {
      ...around(),
      providerByKey: () => busy,
      store: {
        ...around().store,
        calendarOfChannel: async (id) => {
          lookedUp += 1;
          return { _id: `cal_of_${id}`, connectionId: 'con_1', channel: channel(id, 't'), oldChannels: [] };
        },
        requestSync: async (id) => {
          if (requested.push(id) === 3) everyOneAsked();
          await together;
          return true;
        },
      },
    });
    expect([answer, lookedUp]).toEqual([{ status: 202 }, 3]);
    expect(requested.sort()).toEqual(['cal_of_chn_0', 'cal_of_chn_1', 'cal_of_chn_2']);
  });

  it('passes on what a provider says of a call it cannot read, and knows no provider but its own', async () => {
    const unreadable = { ...call('now', 'right'), headers: {} };
    expect(await receiveHook('fake', unreadable, around())).toEqual({ status: 404 });
    expect(await receiveHook('nobody', call('now', 'right'), around())).toBeNull();
    expect(requested).toEqual([]);
  });
});
