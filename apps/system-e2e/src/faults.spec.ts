import { changesSchema, connectedSchema, listOf, meetingSchema } from '@daybook/contracts';
import {
  BrowserlessPerson,
  eventually,
  faultsOfEvents,
  LiveStream,
  ourSide,
  Person,
  providersSide,
  readEvents,
  Stack,
  type KeptEvent,
  type ProcessName,
  type Simulator,
} from '@daybook/testing/stack';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { connectMailbox, deleteConnections, newMailbox, SERVICE } from './connected-person';
import { anEvent, live } from './live-changes';
import { ownCalendar } from './own-calendar';
import { StoredMeetings } from './stored-meetings';

/** Leases of a dead process run out after 15 s, polls come every 20 s: a fault is over after both, at the latest. */
const OVER_MS = 60_000;
jest.setTimeout(4 * OVER_MS);

/** Reads the feed of changes until there is no more, and gives the cursor to go on from. */
async function readToTheEnd(person: Person): Promise<string> {
  for (let since = '', more = true; ;) {
    const page: z.infer<typeof changesSchema> = await person.get(
      `/v1/meetings/changes?limit=500${since && `&since=${since}`}`,
      changesSchema,
    );
    ({ next: since, more } = page);
    if (!more) return since;
  }
}

describe('what goes wrong in the machine', () => {
  let stack: Stack;
  let ben: Person;
  let mailbox: Simulator;
  let connectionId = '';

  /** Of this connection: what others left in the stream was purged with them and does not come again. */
  const events = async (): Promise<KeptEvent[]> =>
    (await readEvents(stack.eventsReader, ben.id)).filter(({ body }) => body.data.connectionId === connectionId);
  /** Both sides are the same, and every event came once and in order. */
  const allIsWell = (): Promise<void> =>
    eventually(
      async () => {
        expect(await ourSide(ben)).toEqual(await providersSide(mailbox));
        expect(faultsOfEvents(await events())).toEqual([]);
      },
      { timeoutMs: OVER_MS, everyMs: 500 },
    );

  beforeAll(async () => {
    stack = await Stack.shared();
    ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    mailbox = await newMailbox(stack, 'machine');
    await mailbox.seed(2_000, 7);
  });
  afterAll(async () => {
    await stack.ready();
    await deleteConnections(ben);
  });

  it('survives calendar-svc killed in the middle of a page', async () => {
    const stored = await StoredMeetings.open(stack);
    // The answer with the whole calendar takes a while, so that what came first is known when it is there.
    await mailbox.addFault('slow', { ms: 400, times: 12 });
    const { id, authorizeUrl } = await ben.connect(SERVICE);
    connectionId = id;
    await new BrowserlessPerson().consent(authorizeUrl, { account: mailbox.email });
    const first = await stored.moreThan(id, 0);
    await stored.moreThan(id, first);
    await stack.kill('calendar-svc');
    // Part of the one page of 2,000 is there, and the cursor behind it is not.
    const cut = await stored.count(id);
    expect(cut).toBeGreaterThan(first);
    expect(cut).toBeLessThan(2_000);
    expect(await stored.cursors(id)).toEqual([null]);
    await stored.close();

    await ben.until(id, 'active', OVER_MS);
    await allIsWell();
    const firsts = (await events()).filter(({ body }) => body.sequence === 1);
    expect(firsts.every(({ body }) => body.data.initial === true)).toBe(true);
    expect(firsts).toHaveLength(2_000);
  });

  it.each<ProcessName>(['calendar-svc', 'auth-svc', 'admin-svc', 'gateway', 'sandbox'])(
    'survives %s killed while events change',
    async (name) => {
      const work = live(mailbox).catch(() => undefined);
      await stack.kill(name);
      await work;
      await stack.ready();
      await eventually(() => live(mailbox));
      await allIsWell();
    },
  );

  it('survives a broker that is gone for a while', async () => {
    await stack.stop('nats');
    try {
      await live(mailbox);
      await sleep(3_000);
    } finally {
      await stack.start('nats');
    }
    await stack.ready();
    await live(mailbox);
    await allIsWell();
  });

  it('gives every event of the kept days again when the broker was gone and its volume is lost', async () => {
    const before = await events();
    expect(before.length).toBeGreaterThan(2_000);
    await stack.crash('nats');
    const missed = await mailbox.insert(anEvent('While the broker was gone'));
    await live(mailbox);
    await stack.wipeBroker();
    await live(mailbox);
    await stack.ready();
    const kept = (list: readonly KeptEvent[]) => new Map(list.map(({ messageId, body }) => [messageId, body]));
    await eventually(
      async () => {
        const after = kept(await events());
        const lost = [...kept(before)].filter(([id, body]) => JSON.stringify(after.get(id)) !== JSON.stringify(body));
        expect(lost).toEqual([]);
        expect([...after.values()].filter(({ data }) => data.title === missed.summary)).toHaveLength(1);
      },
      { timeoutMs: OVER_MS, everyMs: 500 },
    );
    await allIsWell();
  });

  it('lets a reader of the live stream come back after the gateway died, and go on with the cursor', async () => {
    const first = await LiveStream.open(ben);
    const cursor = await readToTheEnd(ben);
    await stack.kill('gateway');
    await eventually(() => expect(first.isOver).toBe(true));
    await stack.ready();
    const second = await LiveStream.open(ben);
    const since = performance.now();
    const { summary } = await mailbox.insert(anEvent('Seen live'));
    await second.next('meetings.changed', since, OVER_MS);
    second.close();
    await eventually(async () => {
      const { items } = await ben.get(`/v1/meetings/changes?since=${cursor}`, changesSchema);
      expect(items).toMatchObject([{ type: 'upserted', meeting: { title: summary } }]);
    });
  });

  it('keeps out who has signed out, also by a gateway that has just started or found its broker again', async () => {
    const leaving = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    const ended = { status: 401, json: { code: 'session_ended' } };
    expect((await leaving.call('/v1/auth/sign-out', { method: 'POST' })).status).toBe(204);
    expect(await leaving.call('/v1/me')).toMatchObject(ended);
    await stack.kill('gateway');
    await stack.ready();
    expect(await leaving.call('/v1/me')).toMatchObject(ended);
  });
});

describe('what goes wrong at the provider', () => {
  let stack: Stack;
  let cleo: Person;
  let mailbox: Simulator;
  let connectionId: string;

  /** Of this connection: of what others left, the stream may have only the end. */
  const events = async (): Promise<KeptEvent[]> =>
    (await readEvents(stack.eventsReader, cleo.id)).filter(({ body }) => body.data.connectionId === connectionId);
  const allIsWell = (): Promise<void> =>
    eventually(
      async () => {
        expect(await ourSide(cleo)).toEqual(await providersSide(mailbox));
        expect(faultsOfEvents(await events())).toEqual([]);
      },
      { timeoutMs: OVER_MS, everyMs: 250 },
    );
  const ids = async (): Promise<string[]> => (await cleo.meetings()).map(({ id }) => id).sort();

  beforeAll(async () => {
    stack = await Stack.shared();
    cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    mailbox = await newMailbox(stack, 'provider');
    await mailbox.importIcs(ownCalendar());
    await mailbox.seed(300, 3);
    connectionId = await connectMailbox(cleo, mailbox);
    await allIsWell();
  });
  afterEach(async () => {
    await mailbox.clearFaults();
    await mailbox.setClock(null);
  });
  afterAll(() => deleteConnections(cleo));

  it.each(['throttled', 'quota', 'server_error', 'unavailable', 'cut', 'empty_page', 'cursor_expired'])(
    'goes on after %s',
    async (kind) => {
      const before = (await events()).length;
      await mailbox.insert(anEvent(`Before ${kind}`));
      await mailbox.addFault(kind, { times: 2 });
      await cleo.call(`/v1/connections/${connectionId}/sync`, { method: 'POST' });
      await sleep(300);
      await mailbox.clearFaults();
      await mailbox.insert(anEvent(`After ${kind}`));
      await allIsWell();
      // One event for each of the two, whatever was read twice.
      expect(await events()).toHaveLength(before + 2);
      await cleo.until(connectionId, 'active', OVER_MS);
    },
  );

  it('stays itself while the provider is down for an hour, and catches up', async () => {
    const before = await ids();
    const told = (await events()).length;
    const began = Date.now();
    await mailbox.addFault('unavailable', { forMs: 3_600_000 });
    await mailbox.importIcs(ownCalendar().replaceAll('Company offsite', 'Company onsite'));
    await mailbox.importIcs(
      ownCalendar().replaceAll('Company offsite', 'Made in that hour').replaceAll('UID:', 'UID:new-'),
    );
    await cleo.call(`/v1/connections/${connectionId}/sync`, { method: 'POST' });
    await eventually(async () => {
      const list = await cleo.get('/v1/meetings', listOf(meetingSchema));
      expect(list.freshness).toMatchObject({ stale: true, sources: [{ problem: { blame: 'provider' } }] });
    });
    expect((await cleo.connection(connectionId)).state).not.toBe('needs_reconnect');
    expect(await ids()).toEqual(before);

    await mailbox.setClock(new Date(began + 3_700_000).toISOString());
    await allIsWell();
    expect(await ids()).toEqual(expect.arrayContaining(before));
    // One changed and a whole calendar new in that hour: each item was told of once.
    const since = (await events()).slice(told);
    expect(new Set(since.map(({ body }) => body.subject)).size).toBe(since.length);
    expect(since.map(({ body }) => body.data.title)).toEqual(
      expect.arrayContaining(['Company onsite', 'Made in that hour']),
    );
    await cleo.until(connectionId, 'active', OVER_MS);
  });

  it('ends a listing that never ends, and loses nothing', async () => {
    const before = await ids();
    await mailbox.addFault('cursor_expired', { times: 1 });
    await mailbox.addFault('endless_page');
    await cleo.call(`/v1/connections/${connectionId}/sync`, { method: 'POST' });
    await sleep(2_000);
    const asked = (await mailbox.ledger()).served.length;
    await sleep(1_000);
    // Bounded: it does not spin.
    expect((await mailbox.ledger()).served.length - asked).toBeLessThan(20_000);
    expect(await ids()).toEqual(before);
    await mailbox.clearFaults();
    await allIsWell();
  });

  it('asks to reconnect when the consent was withdrawn, and keeps every id through it', async () => {
    const before = await ids();
    await mailbox.addFault('grant_revoked', { times: 1 });
    await cleo.call(`/v1/connections/${connectionId}/sync`, { method: 'POST' });
    const stopped = await cleo.until(connectionId, 'needs_reconnect', OVER_MS);
    expect(stopped.problem).toMatchObject({ code: 'consent_revoked', blame: 'user' });
    expect(await ids()).toEqual(before);

    const path = `/v1/connections/${connectionId}/reconnect`;
    const { authorizeUrl } = await cleo.expecting(200, connectedSchema, path, { method: 'POST' });
    const landed = await new BrowserlessPerson().consent(authorizeUrl ?? '', { account: mailbox.email });
    expect(landed.url).toContain('result=connected');
    await cleo.until(connectionId, 'active', OVER_MS);
    await allIsWell();
    expect(await ids()).toEqual(before);
  });
});
