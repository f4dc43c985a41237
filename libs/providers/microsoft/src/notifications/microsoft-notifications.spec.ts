import { SubscriptionsInTheWay } from '@daybook/provider-port';
import { FakeHttp } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { createMicrosoftNotifications } from './microsoft-notifications';

const HOOK = 'https://daybook.example.com/hooks/microsoft';
const ACCESS = { token: 'at' };
const ORDER = { calendarRemoteId: 'cal=', channelId: 'chn_1', token: 'secret', expiresAt: Date.UTC(2026, 10, 28) };
const GIVEN = { id: 'sub_1', expirationDateTime: '2026-11-28T00:00:00.0000000Z' };

function setUp() {
  const http = new FakeHttp();
  const client = createGraphClient(
    { http, clock: { now: () => 0 }, turns: new FewAtOnce(4) },
    'https://graph.microsoft.com/v1.0',
  );
  return { http, subject: createMicrosoftNotifications(client, HOOK) };
}

const call = (body: unknown, query: Record<string, string> = {}) => ({
  method: 'POST',
  query,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const value = (clientState: unknown, more: object = {}) => ({ subscriptionId: 'sub_1', clientState, ...more });

describe('subscriptions', () => {
  it('are to one calendar, without content, with our word and a second address for what befalls them', async () => {
    const { http, subject } = setUp();
    http.answer({ status: 201, body: GIVEN });
    expect(await subject.subscribe(ACCESS, ORDER)).toEqual({
      channelId: 'chn_1',
      resourceId: 'sub_1',
      expiresAt: ORDER.expiresAt,
    });
    expect(JSON.parse(String(http.lastRequest.body))).toEqual({
      changeType: 'created,updated,deleted',
      notificationUrl: HOOK,
      lifecycleNotificationUrl: HOOK,
      resource: '/me/calendars/cal%3D/events',
      expirationDateTime: '2026-11-28T00:00:00.000Z',
      clientState: 'chn_1.secret',
    });
  });

  it('that stand in the way are named and left alone: only we know who listens to them', async () => {
    const { http, subject } = setUp();
    const old = { id: 'old', resource: '/me/calendars/cal%3D/events', notificationUrl: HOOK, clientState: 'chn_0.x' };
    const others = [
      { ...old, id: 'other', resource: '/me/calendars/other/events' },
      { ...old, id: 'theirs', notificationUrl: 'x' },
    ];
    const wordless = { ...old, id: 'older', clientState: null, expirationDateTime: GIVEN.expirationDateTime };
    http
      .answer({ status: 409, body: { error: { code: 'Conflict' } } })
      .answer({ body: { value: [old, ...others, wordless] } });
    const error = await subject.subscribe(ACCESS, ORDER).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(SubscriptionsInTheWay);
    expect(error).toMatchObject({
      kind: 'Rejected',
      standing: [
        { channelId: 'chn_0', resourceId: 'old' },
        { channelId: '', resourceId: 'older', expiresAt: ORDER.expiresAt },
      ],
    });
    expect(http.requests.map(({ method, url }) => `${method} ${url.slice(32)}`)).toEqual([
      'POST /subscriptions',
      'GET /subscriptions',
    ]);
  });

  it('are refused like anything else where none of ours stands in the way', async () => {
    const { http, subject } = setUp();
    http.answer({ status: 409, body: { error: { code: 'Conflict' } } }).answer({ body: { value: [] } });
    const error = await subject.subscribe(ACCESS, ORDER).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ kind: 'Rejected' });
    expect(error).not.toBeInstanceOf(SubscriptionsInTheWay);
  });

  it('are renewed under their name, and gone is gone', async () => {
    const { http, subject } = setUp();
    http.answer({ body: GIVEN }).answer({ status: 404, body: { error: { code: 'ResourceNotFound' } } });
    const channel = { channelId: 'chn_1', resourceId: 'sub_1', expiresAt: ORDER.expiresAt };
    expect(await subject.renew?.(ACCESS, channel)).toEqual(channel);
    expect(http.lastRequest).toMatchObject({
      method: 'PATCH',
      body: '{"expirationDateTime":"2026-11-28T00:00:00.000Z"}',
    });
    await expect(subject.renew?.(ACCESS, channel)).rejects.toMatchObject({ kind: 'Gone' });
  });
});

describe('calls on our address', () => {
  const { subject } = setUp();

  it('shake hands with the text as it came and nothing but text', () => {
    const text = '<script>alert("Validation: Testing client")</script>';
    expect(subject.read(call('', { validationToken: text }))).toEqual({
      type: 'handshake',
      answer: { status: 200, contentType: 'text/plain', body: text },
    });
    expect(subject.read(call('', { validationToken: 'x'.repeat(5000) })).type).toBe('unreadable');
  });

  it('hint at every channel they name, at what befalls a subscription as well', () => {
    const values = [
      value('chn_1.a.b'),
      value('chn_2.c', { lifecycleEvent: 'missed' }),
      value('chn_3.d', { lifecycleEvent: 'reauthorizationRequired' }),
      value('chn_4.e', { lifecycleEvent: 'subscriptionRemoved' }),
    ];
    expect(subject.read(call({ value: values }))).toEqual({
      type: 'hints',
      hints: [
        { channelId: 'chn_1', token: 'a.b', resourceId: 'sub_1' },
        { channelId: 'chn_2', token: 'c', resourceId: 'sub_1' },
        { channelId: 'chn_3', token: 'd', resourceId: 'sub_1', news: 'renew' },
        { channelId: 'chn_4', token: 'e', resourceId: 'sub_1', news: 'gone' },
      ],
      answer: { status: 202 },
    });
  });

  it.each([
    ['nothing', ''],
    ['no list', { value: 7 }],
    ['an empty list', { value: [] }],
    ['no word of ours', { value: [value(null), value('nodot'), value('.x'), 7] }],
    ['no subscription', { value: [{ clientState: 'chn_1.a' }] }],
    ['far too many', { value: Array.from({ length: 1001 }, () => value('chn_1.a')) }],
  ])('give nothing where they hold %s', (_what, body) => {
    expect(subject.read(call(body)).type).toBe('unreadable');
  });
});
