import { sha256Hex } from '@daybook/platform/crypto';
import type { HookRequest } from '@daybook/provider-port';
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
  const provider = new FakeProvider();
  const store = {
    channels: (): ChannelRecord[] => [...(calendar.channel ? [calendar.channel] : []), ...calendar.oldChannels],
  };
  const around = (): HookSurroundings => ({
    store: {
      calendarOfChannel: async (id) => (store.channels().some(({ channelId }) => channelId === id) ? calendar : null),
      requestSync: async (id) => requested.push(id) > 0,
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

  it('passes on what a provider says of a call it cannot read, and knows no provider but its own', async () => {
    const unreadable = { ...call('now', 'right'), headers: {} };
    expect(await receiveHook('fake', unreadable, around())).toEqual({ status: 404 });
    expect(await receiveHook('nobody', call('now', 'right'), around())).toBeNull();
    expect(requested).toEqual([]);
  });
});
