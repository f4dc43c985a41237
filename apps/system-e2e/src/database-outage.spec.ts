import { problemSchema } from '@daybook/contracts';
import {
  eventually,
  faultsOfEvents,
  httpCall,
  ourSide,
  Person,
  providersSide,
  readEvents,
  Stack,
  type HttpOrder,
  type KeptEvent,
  type ProcessName,
  type Simulator,
} from '@daybook/testing/stack';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokenOfChannel } from './channel-token';
import { connectMailbox, deleteConnections, newMailbox } from './connected-person';
import { live } from './live-changes';
import { StoredMeetings } from './stored-meetings';

const GONE_MS = 30_000;
/** Back-off and the next poll are over by then, at the latest. */
const OVER_MS = 60_000;
jest.setTimeout(GONE_MS + 4 * OVER_MS);

const SERVICES: readonly ProcessName[] = ['gateway', 'auth-svc', 'admin-svc', 'calendar-svc', 'sandbox'];
/** Every answer comes in this time or the call is given up: a request that hangs is a fault. */
const ANSWER_MS = 20_000;
const SEEDED = 1_500;

/** What needs the database, asked by somebody who is signed in. */
const requests: readonly (readonly [path: string, order?: HttpOrder])[] = [
  ['/v1/me'],
  ['/v1/connections'],
  ['/v1/calendars'],
  ['/v1/meetings'],
  ['/v1/meetings/changes'],
  ['/v1/me', { method: 'PATCH', json: { language: 'de' } }],
  ['/v1/auth/sign-in', { method: 'POST', json: { email: 'ben@example.com', password: 'daybook' } }],
];

describe('a database that is gone for half a minute in the middle of a sync', () => {
  let stack: Stack;
  let ben: Person;
  let mailbox: Simulator;
  let connectionId: string;
  let stored: StoredMeetings;
  let hook: HttpOrder;

  const pids = () => SERVICES.map((name) => [name, stack.pid(name)]);
  const events = async (): Promise<KeptEvent[]> =>
    (await readEvents(stack.eventsReader, ben.id)).filter(({ body }) => body.data.connectionId === connectionId);
  const sendHook = () => httpCall(`${stack.addresses.gateway}/hooks/google`, { ...hook, timeoutMs: ANSWER_MS });

  beforeAll(async () => {
    stack = await Stack.shared();
    ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    mailbox = await newMailbox(stack, 'outage');
    await mailbox.seed(100, 5);
    connectionId = await connectMailbox(ben, mailbox);
    stored = await StoredMeetings.open(stack);
    const { channelId, resourceId } = await eventually(() => stored.channel(connectionId));
    const headers = {
      'x-goog-channel-id': channelId,
      'x-goog-channel-token': await tokenOfChannel(stack.home, channelId),
      'x-goog-resource-id': resourceId ?? '',
      'x-goog-resource-state': 'exists',
      'x-goog-message-number': '7',
    };
    hook = { method: 'POST', headers };
  });
  afterAll(async () => {
    await stored.close();
    await stack.ready();
    await deleteConnections(ben);
  });

  /** What everybody is told meanwhile. */
  async function everythingSaysSo(): Promise<void> {
    const answers = requests.map(async ([path, order]) => {
      const { status, json } = await ben.call(path, { ...order, timeoutMs: ANSWER_MS });
      expect([`${path} 503`, `${path} 504`]).toContain(`${path} ${status}`);
      expect(problemSchema.parse(json)).toMatchObject({
        status,
        blame: 'us',
        correlationId: expect.stringMatching(/./),
      });
    });
    await Promise.all(answers);
    // A provider must not believe that its notification was kept.
    expect((await sendHook()).status).toBeGreaterThanOrEqual(500);
    const gateway = stack.addresses.gateway;
    const ready = await httpCall(`${gateway}/health/ready`, { timeoutMs: ANSWER_MS });
    const { code, fields = [] } = problemSchema.parse(ready.json);
    expect({ status: ready.status, code }).toEqual({ status: 503, code: 'service_unavailable' });
    expect(fields.map(({ field }) => field).sort()).toEqual(['admin', 'auth', 'calendar']);
    expect((await httpCall(`${gateway}/health/live`, { timeoutMs: ANSWER_MS })).status).toBe(200);
  }

  it('says so to everybody, and afterwards nothing is lost or doubled and no service was started again', async () => {
    await stack.ready();
    const before = { pids: pids(), stored: await stored.count(connectionId), me: (await ben.call('/v1/me')).json };
    expect((await sendHook()).status).toBeLessThan(300);
    await mailbox.seed(SEEDED, 6);
    await ben.call(`/v1/connections/${connectionId}/sync`, { method: 'POST' });
    const cut = await stored.moreThan(connectionId, before.stored);

    await stack.crash('mongod');
    const gone = sleep(GONE_MS);
    try {
      expect(cut).toBeLessThan(before.stored + SEEDED);
      await live(mailbox);
      await everythingSaysSo();
      await live(mailbox);
      await everythingSaysSo();
      await gone;
    } finally {
      await gone;
      await stack.start('mongod');
    }
    await stack.ready();
    await live(mailbox);
    await eventually(
      async () => {
        expect(await ourSide(ben)).toEqual(await providersSide(mailbox));
        expect(faultsOfEvents(await events())).toEqual([]);
      },
      { timeoutMs: OVER_MS, everyMs: 500 },
    );
    await ben.until(connectionId, 'active', OVER_MS);
    // Each item that is there was told of as made, once.
    const made = (await events()).filter(({ natsSubject }) => natsSubject === 'evt.calendar.meeting.created.v1');
    const told = made.map(({ body }) => body.subject);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toEqual(expect.arrayContaining(await stored.singlesAndSeries(connectionId)));
    expect((await ben.call('/v1/me')).json).toEqual(before.me);
    await stack.ready();
    expect(pids()).toEqual(before.pids);
  });
});
