/** How soon the next 14 days can be read after a person has consented, in a short and in a long calendar, on the whole stack. */
import { Agent, get } from 'node:http';
import { MongoClient } from 'mongodb';
import { median, summarise } from '../../measure/pairs.mjs';
import { residentMegabytes } from '../../measure/resident-memory.mjs';
import { FREE_PORTS, startStack } from '../../stack/index.mjs';
import { inTemporaryHome, ownStackEnv } from './bench-home.mjs';
import { openEventSource } from './event-source.mjs';
import { createMailbox } from './mailbox.mjs';
import { connectByConsent, connectByForm, disconnect, testKit } from './stack-person.mjs';

const LATENCY_MS = 100;
const ROUNDS = 9;
const ALLOWANCE_MS = 50;
const SPAN_MS = 14 * 86_400_000;

const agent = new Agent({ keepAlive: true });
const readJson = (url, token) =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString('utf8'))));
      response.on('error', reject);
    }).on('error', reject);
  });

const span = () => {
  const now = Date.now();
  return { from: new Date(now).toISOString(), to: new Date(now + SPAN_MS).toISOString() };
};

const google = ({ from, to }, singleEvents) =>
  `/calendars/primary/events?${new URLSearchParams({ maxResults: '2500', singleEvents, timeMin: from, timeMax: to })}`;
const graph = ({ from, to }) =>
  `/me/calendarView?${new URLSearchParams({ startDateTime: from, endDateTime: to, $top: '500' })}`;

const byGet =
  (...paths) =>
  async ({ apiBase, token }) => {
    for (const path of paths) await readJson(apiBase + path(span()), token);
  };

/**
 * What a bare client asks for in two round trips of the same kind, and how much there is to come. Where a person is taken to the
 * provider's pages, they wait from its answer on, elsewhere from the moment the form is sent.
 */
const ASKED = {
  google: {
    connect: connectByConsent,
    bare: byGet(
      () => '/users/me/calendarList?maxResults=250&prettyPrint=false',
      (days) => google(days, 'false'),
    ),
    all: async (mailbox) => (await mailbox.api('GET', google(span(), 'true'))).items.length,
    from: "auth-svc's answer to the provider's redirect",
    isLimited: true,
  },
  office365: {
    connect: connectByConsent,
    bare: byGet(() => '/me/calendars?$top=100', graph),
    all: async (mailbox) => (await mailbox.api('GET', graph(span()))).value.length,
    from: "auth-svc's answer to the provider's redirect",
    isLimited: true,
  },
  exchange: {
    connect: connectByForm,
    bare: (mailbox) => mailbox.readWithin(span()),
    all: (mailbox) => mailbox.countWithin(span()),
    from: 'the form with the password sent, the sign-in among it',
    isLimited: false,
  },
};

/** Two bare round trips: the list of calendars, then the events of the next 14 days; or which they are, then those. */
async function twoRoundTrips(mailbox) {
  const started = performance.now();
  await ASKED[mailbox.service].bare(mailbox);
  return performance.now() - started;
}

const isHint = (block) => block.includes('event: meetings.changed');

/**
 * Milliseconds from where a person begins to wait until every meeting of the next 14 days is in the list, read as the portal
 * does: whenever the stream says that there is something new.
 */
async function consentAndRead({ kit, person, stack, source, mailbox, expected }) {
  const lastStep = await ASKED[mailbox.service].connect(kit, person, mailbox);
  const { from, to } = span();
  const url = `${stack.addresses.gateway}/v1/meetings?${new URLSearchParams({ limit: '500', from, to })}`;
  let told = source.next(isHint);
  const { id, started } = await lastStep();
  for (;;) {
    await told;
    // What comes while this is read is told again.
    told = source.next(isHint);
    told.catch(() => undefined);
    const { items } = await readJson(url, person.accessToken);
    if (items.length >= expected) break;
    if (performance.now() - started > 30_000) throw new Error(`only ${items.length} of ${expected} after 30 s`);
  }
  const ms = performance.now() - started;
  return { ms, id: await id };
}

/** Until the services have nothing left to do for the connection before: its events are with the broker. */
async function quiet({ eventually }, outbox) {
  await eventually(
    async () => {
      const waiting = await outbox.countDocuments({ publishedAt: null });
      if (waiting > 0) throw new Error(`${waiting} events are waiting`);
    },
    { timeoutMs: 120_000, everyMs: 100 },
  );
}

async function measureSoon({ kit, stack, person, source, outbox, provider, say }) {
  const filled = (email, events) => createMailbox(stack.addresses, email, events, provider);
  const sizes = [
    { name: '1,000', mailbox: await filled('short@example.com', { near: 1_000 }), over: [] },
    { name: '100,000', mailbox: await filled('long@example.com', { near: 1_000, far: 99_000 }), over: [] },
  ];
  for (const size of sizes) {
    Object.assign(size, { expected: await ASKED[size.mailbox.service].all(size.mailbox), ms: [], bare: [] });
  }
  for (let round = 0; round < ROUNDS + 1; round += 1) {
    for (const { mailbox, expected, ms, bare, over } of round % 2 ? sizes.toReversed() : sizes) {
      await quiet(kit, outbox);
      const before = await twoRoundTrips(mailbox);
      const { ms: took, id } = await consentAndRead({ kit, person, stack, source, mailbox, expected });
      await disconnect(kit, person, id);
      await quiet(kit, outbox);
      const after = await twoRoundTrips(mailbox);
      if (round === 0) continue;
      const floor = (before + after) / 2;
      ms.push(took);
      bare.push(before / after);
      over.push(took - floor);
      say(`  ${mailbox.email}: ${Math.round(took)} ms, two round trips ${Math.round(floor)} ms`);
    }
  }
  return sizes;
}

async function memoryOfService({ kit, stack, person, provider, say }) {
  const mailbox = await createMailbox(stack.addresses, 'memory@example.com', { near: 20_000 }, provider);
  const lastStep = await ASKED[mailbox.service].connect(kit, person, mailbox);
  const { id, started } = await lastStep();
  const made = await id;
  let peak = 0;
  await kit.eventually(
    async () => {
      peak = Math.max(peak, await residentMegabytes(stack.processes['calendar-svc'].pid));
      const { state } = await person.connection(made);
      if (state !== 'active') throw new Error(`the connection is ${state}`);
    },
    { timeoutMs: 180_000, everyMs: 50 },
  );
  say(`  20,000 events in ${Math.round(performance.now() - started)} ms`);
  return peak;
}

const whole = (values) => [Math.round(Math.min(...values)), Math.round(Math.max(...values))];

function tellSize({ name, mailbox, ms, bare, over }) {
  const beyond = median(over);
  const { from, isLimited } = ASKED[mailbox.service];
  return {
    measure: `next 14 days of ${name} events, from ${from}`,
    ms: Math.round(median(ms)),
    beyondTwoRoundTrips: Math.round(beyond),
    spread: whole(over),
    control: summarise(bare),
    pairs: ms.length,
    unit: 'ms',
    ...(isLimited ? { limit: `two round trips + ${ALLOWANCE_MS} ms`, within: beyond <= ALLOWANCE_MS } : {}),
  };
}

/** @param {{ provider: 'google' | 'microsoft' | 'exchange' }} given */
export const measureNextDays = ({ env, say, provider }) =>
  inTemporaryHome(async (home) => {
    const own = ownStackEnv(env, { SANDBOX_LATENCY_MS: String(LATENCY_MS) });
    const stack = await startStack({ home, env: own, ports: FREE_PORTS, quiet: true });
    const client = await new MongoClient(stack.addresses.mongodb).connect();
    try {
      const outbox = client.db('daybook_calendar').collection('outbox');
      const kit = await testKit();
      const person = await kit.Person.signIn(stack.addresses.gateway, 'ada@example.com');
      const headers = { authorization: `Bearer ${person.accessToken}` };
      const source = await openEventSource(`${stack.addresses.gateway}/v1/stream`, headers);
      const around = { kit, stack, person, source, outbox, provider, say };
      // First, while the process is as small as after a start.
      const peak = await memoryOfService(around);
      for (const { id } of await person.connections()) await disconnect(kit, person, id);
      const sizes = await measureSoon(around);
      source.close();
      const ratio = summarise(sizes[1].ms.map((ms, round) => ms / sizes[0].ms[round]));
      return [
        ...sizes.map(tellSize),
        { measure: 'the same with 100,000 as with 1,000', ...ratio, pairs: ROUNDS },
        {
          measure: 'calendar-svc resident during a first sync of 20,000',
          megabytes: Math.round(peak),
          limit: '250 MB',
          within: peak < 250,
        },
      ];
    } finally {
      agent.destroy();
      await client.close();
      await stack.stop();
    }
  });
