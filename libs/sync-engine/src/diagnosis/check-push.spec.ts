import { FakeProvider } from '@daybook/testing/fakes';
import { checkPush } from './check-push';

const ADDRESS = 'ada@example.com';
const CHANNEL = { calendarRemoteId: 'primary', channelId: 'check', token: 'word', expiresAt: Date.UTC(2030, 0, 1) };

describe('the check of push', () => {
  it('opens a channel and stops it, and says so where none is given', async () => {
    const provider = new FakeProvider();
    const access = provider.access(ADDRESS);
    expect(await checkPush(provider.notifications, access, CHANNEL)).toEqual({ outcome: 'passed' });
    expect(provider.notifications.subscribed).toEqual([]);
    provider.notifications.refuses = 'Rejected';
    expect(await checkPush(provider.notifications, access, CHANNEL)).toMatchObject({ code: 'push_refused' });
  });

  it('leaves the channel alone that calls for these changes already, and takes it for the answer', async () => {
    const provider = new FakeProvider();
    const access = provider.access(ADDRESS);
    provider.notifications.onlyOne = true;
    await provider.notifications.subscribe(access, { ...CHANNEL, channelId: 'live' });
    expect(await checkPush(provider.notifications, access, CHANNEL)).toEqual({ outcome: 'passed' });
    expect(provider.notifications.subscribed).toEqual(['live']);
  });
});
