/**
 * `npm run faults`: a whole stack, people who schedule, edit and delete through the gateway, others who change the same calendar
 * at the provider, somebody who reads, and harm done by chance; the same harm in the same order for the same `--seed N`. After
 * `--minutes N` it is left in peace, both sides have to be equal, and every write that was acknowledged has to be in effect once
 * or told of as refused or overridden. Prints what was acknowledged, lost and doubled and the longest unavailability; exit 1 on
 * any loss or double. `--only TEXT` does only harm whose name contains it. `--histories N` instead lives through N generated
 * histories, those of `npm test` from that seed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { prepareModules } from './embedded/modules.mjs';
import { endWithNpm } from './processes/end-with-npm.mjs';
import { createReport } from './processes/report.mjs';
import { root } from './stack/paths.mjs';

const DAY_MS = 86_400_000;
const PERSON = 'ada@example.com';
const WRITE_EVERY_MS = 150;
const PLAN_EVERY_MS = 150;
const MEDDLE_EVERY_MS = 900;
const ONE_BY_ONE = 0.7;
/** Who schedule: each works on meetings of its own, one request at a time, so that what each said has an order. */
const PLANNERS = ['Ours A', 'Ours B', 'Ours C'];

const report = createReport();
endWithNpm(() => process.exit(1));
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    histories: { type: 'string', default: '' },
  },
});

function wholeNumber(name) {
  const value = Number(values[name]);
  if (!(value > 0) || (name === 'seed' && !Number.isInteger(value)))
    throw new Error(`--${name} is not a number above 0`);
  return value;
}

/** The helpers of the system tests, bundled as the services are. */
async function testKit() {
  const { rolldown } = await import('rolldown');
  const { serviceBundle } = await import('../rolldown.config.mjs');
  const { output, ...input } = serviceBundle('gateway');
  const file = join(root, 'dist', 'faults', 'kit.cjs');
  const bundle = await rolldown({ ...input, input: join(root, 'libs/testing/stack/src/index.ts'), logLevel: 'warn' });
  await bundle.write({ ...output, file });
  await bundle.close();
  return createRequire(import.meta.url)(file);
}

async function connected({ kit, stack }) {
  const person = await kit.Person.signIn(stack.addresses.gateway, PERSON);
  const mailbox = await new kit.Simulator(stack.addresses, 'faults@example.com').create();
  const { id, authorizeUrl } = await person.connect('google', 'readWrite');
  await new kit.BrowserlessPerson().consent(authorizeUrl, { account: mailbox.email });
  await person.until(id, 'active', 60_000);
  const { json } = await person.call('/v1/calendars');
  const calendarId = json.items.find(({ primary, writable }) => primary && writable).id;
  return { person, mailbox, connectionId: id, calendarId };
}

async function doHarm({ kit, stack, mailbox, db, random, untilMs }) {
  const { experiments, untilReady } = await import('./faults/experiments.mjs');
  const { deckOf } = await import('./faults/deck.mjs');
  const deck = deckOf(
    experiments.filter(({ name }) => name.includes(values.only)),
    random,
  );
  const done = new Set();
  while (performance.now() < untilMs) {
    // Mostly one harm after the other, so that people get on with their work in between; sometimes harm upon harm.
    if (random.next() < ONE_BY_ONE) await untilReady(stack);
    await sleep(random.between(500, 4_000));
    const { name, run } = deck.draw();
    // The provider may be down from what came before: harm that begins with an order to it waits for it.
    await kit.eventually(() => mailbox.ledger(), { timeoutMs: 60_000 });
    const details = await run({ stack, mailbox, db, random });
    done.add(name);
    report.say(`  ${name}${details ? `: ${details}` : ''}`);
  }
  report.say(`  ${done.size} of ${experiments.length} kinds of harm`);
}

/** Everybody who writes; each has a stream of numbers of its own: how far one gets depends on the machine, the harm must not. */
async function startWriters({ mailbox, calendarId, signIn, seed }) {
  const { seeded } = await import('./faults/random.mjs');
  const { startWriter } = await import('./faults/writer.mjs');
  const { startMeddler } = await import('./faults/meddler.mjs');
  const { startPlanner } = await import('./faults/planner.mjs');
  const writer = startWriter({ mailbox, random: seeded(seed + 1), everyMs: WRITE_EVERY_MS });
  const meddler = startMeddler({ mailbox, random: seeded(seed + 2), everyMs: MEDDLE_EVERY_MS });
  const planners = PLANNERS.map((name, index) =>
    startPlanner({ signIn, calendarId, random: seeded(seed + 3 + index), everyMs: PLAN_EVERY_MS, name }),
  );
  return { writer, meddler, planners, all: [writer, meddler, ...planners] };
}

/** What waits to be written is no part of our side yet; what lies in no calendar has no other side. */
async function oursAtProvider({ kit, person }) {
  const now = Date.now();
  const span = { from: new Date(now - 60 * DAY_MS).toISOString(), to: new Date(now + 300 * DAY_MS).toISOString() };
  return (await person.meetings(span))
    .filter(({ calendar }) => calendar !== null)
    .map(({ title, start, end, pending }) => {
      const waits = pending ? ` (${pending.operation} waits)` : '';
      return `${kit.comparable(start)} ${kit.comparable(end)} ${title ?? ''}${waits}`;
    })
    .sort();
}

async function owedNow({ kit, stack, person, mailbox, planners, meddler }) {
  const { judgeOwed } = await import('./faults/owed.mjs');
  const { isWhole, markerOf } = await import('./faults/meddler.mjs');
  const told = new Map();
  for (const { body } of await kit.readEvents(stack.run.nats, person.id)) {
    told.set(body.subject, (told.get(body.subject) ?? new Set()).add(body.data.title));
  }
  const there = (await mailbox.events())
    .filter(isWhole)
    .map((event) => ({ marker: markerOf(event), title: event.summary ?? '' }));
  const show = async (id) => {
    const { status, json } = await person.call(`/v1/meetings/${id}`);
    if (status !== 200 && status !== 404) throw new Error(`GET /v1/meetings/${id}: ${status}`);
    return status === 200 ? json : null;
  };
  const planned = planners.flatMap((planner) => planner.planned);
  return judgeOwed({ planned, meddled: meddler.meddled, there, told, show });
}

async function inPeace({ kit, stack, mailbox, connectionId, person, planners, meddler }) {
  report.say('  in peace now, comparing both sides …');
  const sides = await compared({
    theirs: () => kit.providersSide(mailbox),
    ours: () => oursAtProvider({ kit, person }),
    owed: () => owedNow({ kit, stack, person, mailbox, planners, meddler }),
  });
  if (sides.lost.length + sides.extra.length > 0) {
    const { state, calendar, problem } = await person.connection(connectionId);
    report.warn(`  the connection at the end: ${JSON.stringify({ state, calendar, problem })}`);
  }
  return sides;
}

async function compared(sides) {
  const { compareSides } = await import('./faults/verdict.mjs');
  return compareSides(sides);
}

async function experiment({ kit, stack, db, seed, minutes }) {
  const { seeded } = await import('./faults/random.mjs');
  const { startReader } = await import('./faults/reader.mjs');
  const { judgeEvents } = await import('./faults/verdict.mjs');
  const { person, mailbox, connectionId, calendarId } = await connected({ kit, stack });
  const signIn = () => kit.Person.signIn(stack.addresses.gateway, PERSON);
  const { writer, meddler, planners, all } = await startWriters({ mailbox, calendarId, signIn, seed });
  const reader = startReader({ signIn });
  const untilMs = performance.now() + minutes * 60_000;
  await doHarm({ kit, stack, mailbox, db, random: seeded(seed), untilMs });
  await kit.eventually(() => mailbox.clearFaults(), { timeoutMs: 60_000 });
  await mailbox.setClock(null);
  await stack.ready();
  await Promise.all(all.map((one) => one.stop()));
  await reader.stop();
  const again = await signIn();
  const sides = await inPeace({ kit, stack, mailbox, connectionId, person: again, planners, meddler });
  const events = judgeEvents(await settledEvents({ kit, stack, userId: person.id }));
  const answers = sumOf(planners.map((planner) => planner.counts()));
  const refusals = JSON.stringify(sumOf(planners.map((planner) => planner.refusals())));
  report.say(
    `  acknowledged: ${writer.acked()} new and changed at the provider, ${meddler.acked()} changes there of what was scheduled` +
      ` here, ${answers.done} done and ${answers.waits} waiting from here; ${answers.refused} refused ${refusals}, ${answers.unknown} unanswered`,
  );
  const acked = writer.acked() + meddler.acked() + answers.done + answers.waits;
  return { acked, sides, events, longestMs: reader.longestMs() };
}

function sumOf(counts) {
  const sum = {};
  for (const count of counts) for (const [name, value] of Object.entries(count)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** The relay may still be at work: reads until the stream has stopped growing. */
async function settledEvents({ kit, stack, userId }) {
  let before = -1;
  for (;;) {
    const events = await kit.readEvents(stack.run.nats, userId);
    if (events.length === before) return events;
    before = events.length;
    await sleep(3_000);
  }
}

let home = null;
let stack = null;
let client = null;
let failed = true;
try {
  const [seed, minutes] = [wholeNumber('seed'), wholeNumber('minutes')];
  await prepareModules({ root, report });
  if (values.histories) {
    const { runHistories } = await import('./faults/histories.mjs');
    process.exit(await runHistories({ count: wholeNumber('histories'), seed }));
  }
  const { FREE_PORTS, startStack } = await import('./stack/index.mjs');
  const kit = await testKit();
  home = await mkdtemp(join(tmpdir(), 'daybook-faults-'));
  report.say(`Seed ${seed}, ${minutes} minutes`);
  // The writer deletes on and on: after an outage that would look like the mass deletion which waits for a person.
  const limits = { RATE_PERSON_PER_MINUTE: '1000000', REMOVAL_GUARD_SHARE: '100', REMOVAL_GUARD_NAMED: '1000000' };
  const env = { ...process.env, MONGODB_URI: '', NATS_URL: '', ...limits };
  // Deaths are what this is about: the stack itself stays silent.
  const silent = createReport({ write: () => {} });
  stack = await startStack({
    home,
    ports: FREE_PORTS,
    env: withoutEmpty(env),
    report: silent,
  });
  const { MongoClient } = await import('mongodb');
  client = new MongoClient(stack.addresses.mongodb, { serverSelectionTimeoutMS: 2_000 });
  const db = client.db(`${process.env.MONGODB_DB_PREFIX ?? 'daybook'}_calendar`);
  const { acked, sides, events, longestMs } = await experiment({ kit, stack, db, seed, minutes });
  const lost = sides.lost.length + events.lost;
  const doubled = sides.extra.length + events.doubled;
  for (const row of sides.lost.slice(0, 20)) report.warn(`  lost: ${row}`);
  for (const row of sides.extra.slice(0, 20)) report.warn(`  doubled, or not at the provider: ${row}`);
  const seconds = (longestMs / 1000).toFixed(1);
  report.say(`acked ${acked}, lost ${lost}, doubled ${doubled}, longest unavailability ${seconds} s`);
  failed = lost + doubled > 0;
} catch (error) {
  report.warn(error.stack ?? String(error));
}
await client?.close();
await stack?.stop();
if (home && !failed) await rm(home, { recursive: true, force: true });
else if (home) report.warn(`Logs and data are kept in ${home}`);
process.exit(failed ? 1 : 0);

function withoutEmpty(env) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
