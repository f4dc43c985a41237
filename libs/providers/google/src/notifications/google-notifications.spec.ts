import { FakeClock, FakeHttp } from '@daybook/testing/fakes';
import { createGoogleClient } from '../transport/google-client';
import { createGoogleNotifications } from './google-notifications';

const access = { token: 'at' };

function setUp() {
  const http = new FakeHttp();
  const client = createGoogleClient(http, new FakeClock(), 'https://www.googleapis.com/calendar/v3');
  return { http, subject: createGoogleNotifications(client, 'https://daybook.example.com/hooks/google') };
}

const REQUEST = { calendarRemoteId: 'a b@x.org', channelId: 'ch-1', token: 'tok', expiresAt: 1_800_000_000_000 };
const call = (headers: Record<string, string>, method = 'POST') => ({
  method,
  query: {},
  headers,
  body: Buffer.alloc(0),
});
const HEADERS = {
  'x-goog-channel-id': 'ch-1',
  'x-goog-channel-token': 'tok',
  'x-goog-resource-id': 'res',
  'x-goog-resource-state': 'exists',
  'x-goog-message-number': '7',
};

describe('push channels of Google', () => {
  it('opens a channel and takes the life Google gives it', async () => {
    const { http, subject } = setUp();
    http.answer({ body: { kind: 'api#channel', id: 'ch-1', resourceId: 'res', expiration: '1700000000000' } });
    const subscription = await subject.subscribe(access, REQUEST);
    expect(subscription).toEqual({ channelId: 'ch-1', resourceId: 'res', expiresAt: 1_700_000_000_000 });
    expect(http.lastRequest.url).toBe('https://www.googleapis.com/calendar/v3/calendars/a%20b%40x.org/events/watch');
    expect(JSON.parse(String(http.lastRequest.body))).toEqual({
      id: 'ch-1',
      type: 'web_hook',
      address: 'https://daybook.example.com/hooks/google',
      token: 'tok',
      expiration: '1800000000000',
    });
  });

  it('stops a channel, and one that is gone already as well', async () => {
    const { http, subject } = setUp();
    const subscription = { channelId: 'ch-1', resourceId: 'res', expiresAt: 0 };
    http.answer({ status: 204 }).answer({ status: 404 }).answer({ status: 503 });
    await subject.unsubscribe(access, subscription);
    await subject.unsubscribe(access, subscription);
    await expect(subject.unsubscribe(access, subscription)).rejects.toMatchObject({ kind: 'Unavailable' });
  });

  it.each(['sync', 'exists', 'not_exists'])('reads a call of state %s as a hint', (state) => {
    expect(setUp().subject.read(call({ ...HEADERS, 'x-goog-resource-state': state }))).toEqual({
      type: 'hints',
      hints: [{ channelId: 'ch-1', token: 'tok', resourceId: 'res' }],
      answer: { status: 204 },
    });
  });

  it.each([
    ['no headers', call({})],
    ['another method', call(HEADERS, 'GET')],
    ['an unknown state', call({ ...HEADERS, 'x-goog-resource-state': 'burning' })],
    ['a channel id nobody gave', call({ ...HEADERS, 'x-goog-channel-id': 'x'.repeat(65) })],
    ['a huge token', call({ ...HEADERS, 'x-goog-channel-token': 'x'.repeat(257) })],
  ])('finds a call with %s unreadable and never throws', (_name, request) => {
    expect(setUp().subject.read(request)).toEqual({ type: 'unreadable', answer: { status: 404 } });
  });
});
