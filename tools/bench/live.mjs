/**
 * How soon a change at the provider is known to a client that waits: from the provider's answer to the event on its stream, beside
 * a bare chain of the same hops; and until the changed meeting has been read by cursor.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { FREE_PORTS, startStack } from '../stack/index.mjs';
import { startBareChain } from './parts/bare-chain.mjs';
import { inTemporaryHome, ownStackEnv } from './parts/bench-home.mjs';
import { openEventSource } from './parts/event-source.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { percentiles, ratioOf } from './parts/percentiles.mjs';
import { connectUpToCallback, testKit } from './parts/stack-person.mjs';

const EVENTS = 2_000;
const ROUNDS = Number(process.env.BENCH_LIVE_ROUNDS ?? 150);
const WARM_UPS = 10;
const LIMITS = { p50: 1.5, p99: 2 };
const READ_LIMIT_MS = 2_000;
/** Changes of one person that come closer are told together: more apart, and not in step with anything that looks once a second. */
const apart = () => sleep(270 + Math.random() * 130);

async function readJson(url, accessToken) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

async function cursorNow({ gateway, accessToken }) {
  for (let page = { next: null, more: true }; ;) {
    const since = page.next ? `&since=${page.next}` : '';
    page = await readJson(`${gateway}/v1/meetings/changes?limit=500${since}`, accessToken);
    if (!page.more) return page.next;
  }
}

const isHint = (block) => block.includes('event: meetings.changed');

/** Changes one event; gives how long its stream took to tell, from the provider's answer on. */
function changing({ mailbox, eventId, source }) {
  let count = 0;
  return async () => {
    await apart();
    count += 1;
    const title = `Round ${count}`;
    const told = source.next(isHint);
    // The hint may overtake the answer; a chain that has told then took no time at all.
    await mailbox.rename(eventId, title);
    const changed = performance.now();
    return { title, changed, ms: Math.max(0, (await told) - changed) };
  };
}

async function connectedPerson({ stack, kit }) {
  const person = await kit.Person.signIn(stack.addresses.gateway, 'ada@example.com');
  const mailbox = await createMailbox(stack.addresses, 'live@example.com', { near: EVENTS });
  const { id, token } = await connectUpToCallback(kit, person, mailbox.email);
  await token();
  await person.until(id, 'active', 120_000);
  const headers = { authorization: `Bearer ${person.accessToken}` };
  const source = await openEventSource(`${person.gateway}/v1/stream`, headers);
  // Channels are opened after the first sync: only then is anything told.
  await sleep(3_000);
  return { person, change: changing({ mailbox, eventId: await mailbox.someEvent(), source }), source };
}

async function bareChain(stack) {
  const mailbox = await createMailbox(stack.addresses, 'bare@example.com', { near: EVENTS });
  const chain = await startBareChain({ stack, mailbox });
  const source = await openEventSource(chain.url);
  const end = async () => {
    source.close();
    await chain.end();
  };
  return { change: changing({ mailbox, eventId: await mailbox.someEvent(), source }), end };
}

/** Each round: bare, product, bare; what the two bare ones differ by is what the machine adds. */
async function measureRounds({ product, bare, person }) {
  const seen = { before: [], product: [], after: [], read: [] };
  let cursor = await cursorNow(person);
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    const before = await bare.change();
    const { title, changed, ms } = await product.change();
    const page = await readJson(`${person.gateway}/v1/meetings/changes?since=${cursor}`, person.accessToken);
    const read = performance.now() - changed;
    if (!page.items.some(({ meeting }) => meeting?.title === title))
      throw new Error('the change was told and not there');
    cursor = page.next;
    const after = await bare.change();
    if (round < 0) continue;
    seen.before.push(before.ms);
    seen.product.push(ms);
    seen.after.push(after.ms);
    seen.read.push(read);
  }
  return seen;
}

function measurements(seen) {
  const [product, bare] = [percentiles(seen.product), percentiles([...seen.before, ...seen.after])];
  const [before, after] = [percentiles(seen.before), percentiles(seen.after)];
  const read = percentiles(seen.read);
  const ratios = Object.entries(LIMITS).map(([name, limit]) => {
    const ratio = ratioOf(product[name], bare[name]);
    return {
      measure: `a change at the provider until the stream tells it, ${name}`,
      ratio,
      control: ratioOf(before[name], after[name]),
      product: product[name],
      floor: bare[name],
      unit: 'ms',
      changes: ROUNDS,
      limit,
      within: ratio <= limit,
    };
  });
  return [
    ...ratios,
    {
      measure: `one of ${EVENTS.toLocaleString('en')} events changed at the provider until it was read by cursor`,
      ms: read.p50,
      longest: read.longest,
      changes: ROUNDS,
      limit: `${READ_LIMIT_MS} ms, also the slowest`,
      within: read.longest <= READ_LIMIT_MS,
    },
  ];
}

export const bench = {
  name: 'live',
  summary: 'a change at the provider until a waiting client knows it, beside a bare chain of the same hops',
  run: ({ env }) =>
    inTemporaryHome(async (home) => {
      const own = ownStackEnv(env, { RATE_PERSON_PER_MINUTE: '10000000' });
      const stack = await startStack({ home, env: own, ports: FREE_PORTS, quiet: true });
      try {
        const product = await connectedPerson({ stack, kit: await testKit() });
        const bare = await bareChain(stack);
        const seen = await measureRounds({ product, bare, person: product.person });
        product.source.close();
        await bare.end();
        return measurements(seen);
      } finally {
        await stack.stop();
      }
    }),
};
