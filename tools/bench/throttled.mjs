/**
 * What Graph demands of its clients, on the whole stack: no more than four requests at once for a mailbox, however much is asked
 * for, and after a refusal the wait that it named, but hardly more.
 */
import { createServer, request as ask } from 'node:http';
import { FREE_PORTS, startStack } from '../stack/index.mjs';
import { inTemporaryHome, ownStackEnv, withSimulator } from './parts/bench-home.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { connectUpToCallback, testKit } from './parts/stack-person.mjs';

const MOST_AT_ONCE = 4;
const LIMIT = 1.1;
const REFUSALS = 3;
const RETRY_AFTER_MS = 10_000;
const ROUNDS = 3;
const WRITES = 16;
/** Added to each answer, so that requests overlap. */
const LATENCY_MS = 60;
const DAY_MS = 86_400_000;

/** A door in front of Graph that counts the requests under way and notes when the first refusal went out. */
async function openDoor(target) {
  const seen = { underWay: 0, most: 0, refusedAt: null };
  const server = createServer((incoming, outgoing) => {
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    outgoing.once('close', () => (seen.underWay -= 1));
    const { method, headers, url } = incoming;
    const passed = ask(new URL(url, target), { method, headers }, (answer) => {
      if (answer.statusCode === 429) seen.refusedAt ??= performance.now();
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    passed.once('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, seen, close };
}

async function manyWrites({ person, seen, calendarId }) {
  const day = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10);
  const time = (clock) => ({ dateTime: `${day}T${clock}:00`, timeZone: 'Europe/Berlin' });
  const times = { start: time('09:00'), end: time('10:00') };
  const answers = await Promise.all(
    Array.from({ length: WRITES }, (_none, index) =>
      person.call('/v1/meetings', { method: 'POST', json: { topic: `Written ${index}`, ...times, calendarId } }),
    ),
  );
  const accepted = answers.filter(({ status }) => status === 201).length;
  const refused = answers.find(({ status }) => status !== 201);
  if (refused) throw new Error(`only ${accepted} of ${WRITES} were accepted: ${refused.text}`);
  return seen.most;
}

/** Milliseconds from the first refusal until a change is there, of those the refusals demand. */
async function throttledRun({ kit, person, seen, control, mailbox, id, round }) {
  seen.refusedAt = null;
  const order = { provider: 'microsoft', email: mailbox.email, kind: 'throttled', times: REFUSALS, ms: RETRY_AFTER_MS };
  const title = `Throttled ${round}`;
  await mailbox.rename(await mailbox.someEvent(), title);
  const faults = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) };
  await fetch(`${control}/faults`, faults);
  await person.call(`/v1/connections/${id}/sync`, { method: 'POST' });
  const arrived = async () => {
    const found = await person.meetings({ q: title });
    if (found.length === 0) throw new Error('not there yet');
    return performance.now();
  };
  const at = await kit.eventually(arrived, { timeoutMs: 10 * REFUSALS * RETRY_AFTER_MS, everyMs: 20 });
  if (seen.refusedAt === null) throw new Error('nothing was refused');
  return (at - seen.refusedAt) / (REFUSALS * RETRY_AFTER_MS);
}

async function measure({ kit, stack, door, control, addresses, say }) {
  const mailbox = await createMailbox(addresses, 'throttled@example.com', { near: 500 }, 'microsoft');
  const person = await kit.Person.signIn(stack.addresses.gateway, 'ada@example.com');
  const { id, token } = await connectUpToCallback(kit, person, mailbox.email, {
    service: 'office365',
    calendar: 'readWrite',
  });
  await token();
  await person.until(id, 'active');
  const { json } = await person.call('/v1/calendars');
  const calendarId = json.items.find(({ primary }) => primary).id;
  const most = await manyWrites({ person, seen: door.seen, calendarId });
  const ratios = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ratios.push(await throttledRun({ kit, person, seen: door.seen, control, mailbox, id, round }));
    say(`  ${ratios.at(-1).toFixed(3)} of what ${REFUSALS} refusals demand`);
  }
  const worst = Math.max(...ratios);
  return [
    {
      measure: `requests at once for a mailbox while ${WRITES} meetings are written`,
      most,
      limit: MOST_AT_ONCE,
      within: most <= MOST_AT_ONCE,
    },
    {
      measure: `a run that is refused ${REFUSALS} times, of the time the refusals demand`,
      worst: Math.round(worst * 1000) / 1000,
      limit: LIMIT,
      within: worst <= LIMIT,
    },
  ];
}

export const bench = {
  name: 'throttled',
  summary: 'requests at once for an Office 365 mailbox, and how long refused runs take',
  run: ({ env, say }) =>
    inTemporaryHome((home) =>
      withSimulator({ home, latencyMs: LATENCY_MS }, async (addresses) => {
        const door = await openDoor(addresses.microsoft);
        const provider = { MICROSOFT_LOGIN_URL: addresses.microsoft, MICROSOFT_GRAPH_URL: door.url };
        const stack = await startStack({ home, env: ownStackEnv(env, provider), ports: FREE_PORTS, quiet: true });
        try {
          return await measure({ kit: await testKit(), stack, door, control: addresses.control, addresses, say });
        } finally {
          await stack.stop();
          door.close();
        }
      }),
    ),
};
