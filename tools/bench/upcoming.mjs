/** The upcoming 50 meetings through the gateway against bare `node:http` with the driver, the same queries and bytes. */
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { measureRounds } from '../measure/rounds.mjs';
import { FREE_PORTS, startStack } from '../stack/index.mjs';
import { inTemporaryHome, ownStackEnv } from './parts/bench-home.mjs';
import { startChild } from './parts/child.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { connectUpToCallback, testKit } from './parts/stack-person.mjs';

const LOADS = [
  { clients: 1, requests: 60, limit: 1.6 },
  { clients: 8, requests: 160, limit: 1.25 },
  // What a page costs that is not kept from an earlier request; told for comparison.
  { clients: 1, requests: 60, fresh: true },
  { clients: 8, requests: 160, fresh: true },
];
const ROUNDS = 11;
const part = (name) => fileURLToPath(new URL(`./parts/${name}.mjs`, import.meta.url));

/** A demo person with 2,000 events, all there. */
async function connectedPerson(stack) {
  const kit = await testKit();
  const person = await kit.Person.signIn(stack.addresses.gateway, 'ada@example.com');
  const mailbox = await createMailbox(stack.addresses, 'upcoming@example.com', { near: 2_000 });
  const { id, token } = await connectUpToCallback(kit, person, mailbox.email);
  await token();
  await person.until(id, 'active', 120_000);
  return person;
}

async function startFloor({ stack, person, url, headers }) {
  const dbName = 'daybook_calendar';
  const mongodb = stack.addresses.mongodb;
  const client = await new MongoClient(mongodb).connect();
  try {
    const calendars = await client.db(dbName).collection('calendars').find({ userId: person.id }).toArray();
    const shown = calendars.filter(({ selected }) => selected);
    const answer = await (await fetch(url, { headers })).json();
    if (answer.items.length !== 50) throw new Error(`the page has ${answer.items.length} meetings`);
    const bare = startChild(part('bare-list'));
    const served = await bare.order({
      type: 'serve',
      mongodb,
      dbName,
      userId: person.id,
      calendarIds: shown.map(({ _id }) => _id),
      longestMs: Math.max(...shown.map(({ longestMs }) => longestMs)),
      answer,
    });
    return { bare, url: served.url };
  } finally {
    await client.close();
  }
}

async function measureList(stack) {
  const person = await connectedPerson(stack);
  const url = `${stack.addresses.gateway}/v1/meetings?limit=50`;
  const headers = { authorization: `Bearer ${person.accessToken}` };
  const floor = await startFloor({ stack, person, url, headers });
  const readers = startChild(part('readers'));
  const read = async (order) => (await readers.order({ type: 'read', ...order })).ms;
  try {
    const measurements = [];
    for (const { clients, requests, limit, fresh = false } of LOADS) {
      const result = await measureRounds({
        floor: () => read({ url: floor.url, headers: {}, clients, requests }),
        subject: () => read({ url, headers, clients, requests, fresh }),
        rounds: ROUNDS,
        warmUps: 2,
      });
      measurements.push({
        measure: `${fresh ? 'a page never asked for' : 'upcoming 50'}, ${clients} ${clients === 1 ? 'client' : 'clients'}`,
        ...result,
        unit: 'ms a request',
        ...(limit ? { limit, within: result.ratio <= limit } : {}),
      });
    }
    return measurements;
  } finally {
    await Promise.all([readers.end(), floor.bare.end()]);
  }
}

export const bench = {
  name: 'upcoming',
  summary: 'the upcoming 50 meetings through the gateway against bare http with the driver',
  run: ({ env }) =>
    inTemporaryHome(async (home) => {
      const own = ownStackEnv(env, { RATE_PERSON_PER_MINUTE: '10000000' });
      const stack = await startStack({ home, env: own, ports: FREE_PORTS, quiet: true });
      try {
        return await measureList(stack);
      } finally {
        await stack.stop();
      }
    }),
};
