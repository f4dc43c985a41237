/** For the record: a meeting scheduled until its provider has it and the person is answered, beside a bare chain of the same steps. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FREE_PORTS, startStack } from '../stack/index.mjs';
import { inTemporaryHome, ownStackEnv } from './parts/bench-home.mjs';
import { startChild } from './parts/child.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { percentiles, ratioOf } from './parts/percentiles.mjs';
import { connectUpToCallback, testKit } from './parts/stack-person.mjs';

const EVENTS = 1_000;
const ROUNDS = Number(process.env.BENCH_WRITE_ROUNDS ?? 100);
const WARM_UPS = 10;
const HOUR_MS = 3_600_000;
const bareWrite = fileURLToPath(new URL('./parts/bare-write.mjs', import.meta.url));
/** The provider's call about the write, and the run it leads to, are over then: they are no part of the next one. */
const apart = () => sleep(200 + Math.random() * 130);

async function post(url, headers, body) {
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const ms = performance.now() - started;
  if (response.status !== 201) throw new Error(`${url}: ${response.status} ${text.slice(0, 300)}`);
  return ms;
}

/** The start and end of the next meeting, in UTC. */
function times() {
  let number = 0;
  return () => {
    const start = Date.now() + (number += 1) * HOUR_MS;
    const time = (at) => ({ dateTime: new Date(at).toISOString().slice(0, 19), timeZone: 'UTC' });
    return { start: time(start), end: time(start + HOUR_MS) };
  };
}

async function productOf({ stack, kit }) {
  const person = await kit.Person.signIn(stack.addresses.gateway, 'ada@example.com');
  const mailbox = await createMailbox(stack.addresses, 'write@example.com', { near: EVENTS });
  const { id, token } = await connectUpToCallback(kit, person, mailbox.email, { calendar: 'readWrite' });
  await token();
  await person.until(id, 'active', 120_000);
  const { json } = await person.call('/v1/calendars');
  const calendarId = json.items.find(({ primary, writable }) => primary && writable).id;
  const next = times();
  return () => {
    const headers = { authorization: `Bearer ${person.accessToken}`, 'idempotency-key': randomUUID() };
    return post(`${person.gateway}/v1/meetings`, headers, { topic: 'Measured', calendarId, ...next() });
  };
}

async function bareOf({ stack, child }) {
  const mailbox = await createMailbox(stack.addresses, 'bare@example.com', { near: EVENTS });
  const where = { mongodb: stack.addresses.mongodb, dbName: 'bench_bare_write', token: mailbox.token };
  const events = `${mailbox.base}/calendar/v3/calendars/primary/events`;
  const { url } = await child.order({ type: 'serve', ...where, url: events });
  const next = times();
  return () => post(url, {}, { summary: 'Measured', ...next() });
}

async function measureRounds({ product, bare }) {
  const seen = { before: [], product: [], after: [] };
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    for (const [name, act] of [
      ['before', bare],
      ['product', product],
      ['after', bare],
    ]) {
      await apart();
      const ms = await act();
      if (round >= 0) seen[name].push(ms);
    }
  }
  return seen;
}

function measurements(seen) {
  const [product, bare] = [percentiles(seen.product), percentiles([...seen.before, ...seen.after])];
  const [before, after] = [percentiles(seen.before), percentiles(seen.after)];
  return ['p50', 'p99'].map((name) => ({
    measure: `a meeting scheduled until the provider has it and it is answered, ${name}`,
    ratio: ratioOf(product[name], bare[name]),
    control: ratioOf(before[name], after[name]),
    product: product[name],
    floor: bare[name],
    unit: 'ms',
    writes: ROUNDS,
  }));
}

export const bench = {
  name: 'write',
  summary: 'a meeting scheduled until its provider has it, beside two transactions and a request',
  run: ({ env }) =>
    inTemporaryHome(async (home) => {
      const own = ownStackEnv(env, { RATE_PERSON_PER_MINUTE: '10000000' });
      const stack = await startStack({ home, env: own, ports: FREE_PORTS, quiet: true });
      const child = startChild(bareWrite);
      try {
        const product = await productOf({ stack, kit: await testKit() });
        return measurements(await measureRounds({ product, bare: await bareOf({ stack, child }) }));
      } finally {
        await child.end();
        await stack.stop();
      }
    }),
};
