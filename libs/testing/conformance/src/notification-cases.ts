import type { ChangeNotificationPort, HookRequest } from '@daybook/provider-port';
import type { ConformanceSubject } from './conformance-subject';

const CHANNEL = 'daybook-channel-1';
const TOKEN = 'a-token-of-ours';

/** Subscriptions and what calls on the hook address mean, of a provider that calls one. */
export function notificationCases(subject: () => ConformanceSubject): void {
  const port = (): ChangeNotificationPort | undefined => subject().provider.notifications;
  const request = () => ({
    calendarRemoteId: subject().mailbox.calendarRemoteId,
    channelId: CHANNEL,
    token: TOKEN,
    expiresAt: Date.now() + 3_600_000,
  });

  it('hints at a change with our channel and our token, and stops when told', async () => {
    const notifications = port();
    if (!notifications) return;
    const access = await subject().access();
    const subscription = await notifications.subscribe(access, request());
    expect(subscription).toMatchObject({ channelId: CHANNEL, resourceId: expect.stringMatching(/.+/) });
    await subject().mailbox.add({ title: 'Ping', start: { date: '2026-11-25' }, end: { date: '2026-11-26' } });
    const reading = notifications.read(await subject().nextHook());
    expect(reading).toMatchObject({
      type: 'hints',
      hints: [{ channelId: CHANNEL, token: TOKEN, resourceId: subscription.resourceId }],
    });
    expect(reading.answer.status).toBeLessThan(300);
    await notifications.unsubscribe(access, subscription);
    await notifications.unsubscribe(access, subscription);
  });

  it('refuses a channel id that is in use', async () => {
    const notifications = port();
    if (!notifications) return;
    const access = await subject().access();
    await notifications.subscribe(access, request());
    await expect(notifications.subscribe(access, request())).rejects.toMatchObject({ kind: 'Rejected' });
  });

  it('answers calls it cannot read and never throws', () => {
    const notifications = port();
    if (!notifications) return;
    const nonsense: readonly HookRequest[] = [
      { method: 'GET', query: {}, headers: {}, body: Buffer.alloc(0) },
      { method: 'POST', query: { a: 'b' }, headers: { 'content-type': 'text/html' }, body: Buffer.from('<x>') },
      { method: 'POST', query: {}, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"value":7}') },
      { method: 'DELETE', query: {}, headers: {}, body: Buffer.from([0xff, 0x00]) },
    ];
    for (const call of nonsense) {
      const reading = notifications.read(call);
      expect(reading.type).toBe('unreadable');
      expect(reading.answer.status).toBeGreaterThanOrEqual(400);
    }
  });
}
