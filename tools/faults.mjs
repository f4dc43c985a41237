/**
 * `npm run faults`: a whole stack, somebody who writes, somebody who reads, and harm done by chance; the same harm in the same
 * order for the same `--seed N`. After `--minutes N` it is left in peace, and both sides have to be equal. Prints what was
 * acknowledged, lost and doubled and the longest unavailability; exit 1 on any loss or double.
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

const PERSON = 'ada@example.com';
const WRITE_EVERY_MS = 150;

const report = createReport();
endWithNpm(() => process.exit(1));
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '3' } },
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
  const { id, authorizeUrl } = await person.connect('google');
  await new kit.BrowserlessPerson().consent(authorizeUrl, { account: mailbox.email });
  await person.until(id, 'active', 60_000);
  return { person, mailbox, connectionId: id };
}

async function doHarm({ stack, mailbox, random, untilMs }) {
  const { experiments } = await import('./faults/experiments.mjs');
  while (performance.now() < untilMs) {
    await sleep(random.between(1_000, 6_000));
    const { name, run } = random.pick(experiments);
    const details = await run({ stack, mailbox, random });
    report.say(`  ${name}${details ? `: ${details}` : ''}`);
  }
}

async function experiment({ kit, stack, seed, minutes }) {
  const { seeded } = await import('./faults/random.mjs');
  const { startWriter } = await import('./faults/writer.mjs');
  const { startReader } = await import('./faults/reader.mjs');
  const { compareSides, judgeEvents } = await import('./faults/verdict.mjs');
  const { person, mailbox, connectionId } = await connected({ kit, stack });
  const signIn = () => kit.Person.signIn(stack.addresses.gateway, PERSON);
  // The writer has a stream of numbers of its own: how far it gets depends on the machine, the harm must not.
  const writer = startWriter({ mailbox, random: seeded(seed + 1), everyMs: WRITE_EVERY_MS });
  const reader = startReader({ signIn });
  const untilMs = performance.now() + minutes * 60_000;
  await doHarm({ stack, mailbox, random: seeded(seed), untilMs });
  await writer.stop();
  await mailbox.clearFaults();
  await stack.ready();
  await reader.stop();
  report.say('  in peace now, comparing both sides …');
  const again = await signIn();
  const sides = await compareSides({ theirs: () => kit.providersSide(mailbox), ours: () => kit.ourSide(again) });
  if (sides.lost.length + sides.extra.length > 0) {
    const { state, calendar, problem } = await again.connection(connectionId);
    report.warn(`  the connection at the end: ${JSON.stringify({ state, calendar, problem })}`);
  }
  const events = judgeEvents(await settledEvents({ kit, stack, userId: person.id }));
  return { acked: writer.acked(), sides, events, longestMs: reader.longestMs() };
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
let failed = true;
try {
  const [seed, minutes] = [wholeNumber('seed'), wholeNumber('minutes')];
  await prepareModules({ root, report });
  const { startStack } = await import('./stack/start-stack.mjs');
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
    ports: { gateway: 0, control: 0, google: 0 },
    env: withoutEmpty(env),
    report: silent,
  });
  const { acked, sides, events, longestMs } = await experiment({ kit, stack, seed, minutes });
  const lost = sides.lost.length + events.lost;
  const doubled = sides.extra.length + events.doubled;
  for (const row of sides.lost.slice(0, 20)) report.warn(`  lost: ${row}`);
  for (const row of sides.extra.slice(0, 20)) report.warn(`  not at the provider: ${row}`);
  const seconds = (longestMs / 1000).toFixed(1);
  report.say(`acked ${acked}, lost ${lost}, doubled ${doubled}, longest unavailability ${seconds} s`);
  failed = lost + doubled > 0;
} catch (error) {
  report.warn(error.stack ?? String(error));
}
await stack?.stop();
if (home && !failed) await rm(home, { recursive: true, force: true });
else if (home) report.warn(`Logs and data are kept in ${home}`);
process.exit(failed ? 1 : 0);

function withoutEmpty(env) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
