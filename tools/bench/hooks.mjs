/**
 * A thousand calls of a provider a second, for many calendars and in bursts for one: how late the answers come, that none of them
 * says success before what it tells of is stored, and how few runs a burst leads to.
 */
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { FREE_PORTS, startStack } from '../stack/index.mjs';
import { inTemporaryHome, ownStackEnv } from './parts/bench-home.mjs';
import { startChild } from './parts/child.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { processorMs, processorMsEach } from './parts/processor-time.mjs';
import { connectUpToCallback, testKit } from './parts/stack-person.mjs';

const PER_SECOND = 1_000;
const SECONDS = Number(process.env.BENCH_HOOK_SECONDS ?? 30);
/** Each has one connection to a service. */
const PEOPLE = ['ada@example.com', 'ben@example.com', 'cleo@example.com'];
const CALENDARS = 20;
const EVENTS = 200;
const PROBE_EVERY_MS = 250;
const LONGEST_MS = 2_900;
/** So many calls of a burst, at least, come to one run. */
const CALLS_A_RUN = 10;
const caller = fileURLToPath(new URL('./parts/hook-caller.mjs', import.meta.url));

async function connectMailboxes({ stack, kit }) {
  for (const email of PEOPLE) {
    const person = await kit.Person.signIn(stack.addresses.gateway, email);
    const mailbox = await createMailbox(stack.addresses, `hooks-${email}`, { near: EVENTS });
    for (let calendar = 1; calendar < CALENDARS; calendar += 1) {
      await mailbox.api('POST', '/calendars', { summary: `Calendar ${calendar}` });
    }
    const { id, token } = await connectUpToCallback(kit, person, mailbox.email);
    await token();
    await person.until(id, 'active', 120_000);
  }
}

/**
 * The channels as their provider knows them. A channel's token is kept as its hash only, so each gets another one: what it takes
 * to compare it is the same.
 */
async function channelsOf(calendars, kit) {
  const hashOf = (token) => createHash('sha256').update(token).digest('hex');
  const open = { 'channel.resourceId': { $type: 'string' } };
  await kit.eventually(
    async () => {
      const found = await calendars.countDocuments(open);
      if (found < PEOPLE.length * CALENDARS) throw new Error(`${found} calendars have a channel`);
    },
    { timeoutMs: 120_000 },
  );
  const channels = [];
  for (const { _id: calendarId, channel } of await calendars.find(open).sort({ _id: 1 }).toArray()) {
    const token = randomBytes(24).toString('base64url');
    await calendars.updateOne({ _id: calendarId }, { $set: { 'channel.tokenHash': hashOf(token) } });
    channels.push({ calendarId, channelId: channel.channelId, resourceId: channel.resourceId, token });
  }
  return channels;
}

const majority = { readConcern: { level: 'majority' } };
const requestedOf = async (calendars, _id) => (await calendars.findOne({ _id }, majority)).requested;

const settled = (calendars, kit) =>
  kit.eventually(
    async () => {
      const left = await calendars.countDocuments({ $expr: { $gt: ['$requested', '$served'] } });
      if (left > 0) throw new Error(`${left} calendars were told and not read`);
    },
    { timeoutMs: 120_000 },
  );

/** Counts ended runs by calendar. */
function countRuns(calendars) {
  const runs = new Map();
  const ended = { operationType: 'update', 'updateDescription.updatedFields.served': { $exists: true } };
  const stream = calendars.watch([{ $match: ended }]);
  stream.on('change', ({ documentKey }) => runs.set(documentKey._id, (runs.get(documentKey._id) ?? 0) + 1));
  return { runs, close: () => stream.close() };
}

/** Tells of a calendar that nobody else tells of, and looks right after the answer whether it is stored. */
function startProbes({ url, calendars, channel, process: child }) {
  const found = { probes: 0, tooEarly: 0 };
  let going = true;
  const work = async () => {
    while (going) {
      const before = await requestedOf(calendars, channel.calendarId);
      const { status } = await child.order({ type: 'single', url, channel });
      if (status >= 200 && status < 300) {
        found.probes += 1;
        if ((await requestedOf(calendars, channel.calendarId)) <= before) found.tooEarly += 1;
      }
      await sleep(PROBE_EVERY_MS);
    }
  };
  const done = work();
  return async () => {
    going = false;
    await done;
    return found;
  };
}

async function measureHooks({ stack, kit, calendars }) {
  await connectMailboxes({ stack, kit });
  const [probed, ...channels] = await channelsOf(calendars, kit);
  await settled(calendars, kit);
  const url = `${stack.addresses.gateway}/hooks/google`;
  const [calling, probing] = [startChild(caller), startChild(caller)];
  const counter = countRuns(calendars);
  try {
    const used = await processorMs(stack.processes);
    const before = await Promise.all(channels.map(({ calendarId }) => requestedOf(calendars, calendarId)));
    const endProbes = startProbes({ url, calendars, channel: probed, process: probing });
    const answers = await calling.order({ type: 'call', url, channels, perSecond: PER_SECOND, seconds: SECONDS });
    const after = await Promise.all(channels.map(({ calendarId }) => requestedOf(calendars, calendarId)));
    const probes = await endProbes();
    await settled(calendars, kit);
    // One write may stand for several calls that came together: what has to be there is that the calendar was told of.
    const notStored = channels.filter(
      (_, index) => answers.accepted[index] > 0 && after[index] <= before[index],
    ).length;
    const runs = channels.reduce((sum, { calendarId }) => sum + (counter.runs.get(calendarId) ?? 0), 0);
    const cpuMsACall = processorMsEach(used, await processorMs(stack.processes), answers.sent);
    return { answers: { ...answers, cpuMsACall }, probes, notStored, runs };
  } finally {
    await counter.close();
    await Promise.all([calling.end(), probing.end()]);
  }
}

function measurements({ answers, probes, notStored, runs }) {
  const { accepted, ...told } = answers;
  const successes = accepted.reduce((sum, count) => sum + count, 0);
  const callsARun = Math.round((successes / Math.max(1, runs)) * 10) / 10;
  return [
    {
      measure: `${PER_SECOND.toLocaleString('en')} calls a second for ${SECONDS} s, from when each was due to its answer`,
      ...told,
      unit: 'ms',
      limit: `${LONGEST_MS} ms, also the slowest; every one a success`,
      within: told.longest <= LONGEST_MS && successes === told.sent,
    },
    {
      measure: 'successes before what they tell of is stored',
      ...probes,
      calendarsToldAndNotStored: notStored,
      calendars: accepted.length,
      limit: 0,
      within: probes.probes > 0 && probes.tooEarly === 0 && notStored === 0,
    },
    {
      measure: 'calls that come to one run',
      callsARun,
      runs,
      limit: `at least ${CALLS_A_RUN}`,
      within: callsARun >= CALLS_A_RUN,
    },
  ];
}

export const bench = {
  name: 'hooks',
  summary:
    'a thousand calls of a provider a second: how late they are answered, what is stored, how few runs they lead to',
  run: ({ env }) =>
    inTemporaryHome(async (home) => {
      // All calls come from one address here; twice their rate is allowed without a setting, and named so that it stays so.
      const own = ownStackEnv(env, {
        RATE_PERSON_PER_MINUTE: '10000000',
        RATE_HOOKS_PER_MINUTE: String(2 * 60 * PER_SECOND),
      });
      const stack = await startStack({ home, env: own, ports: FREE_PORTS, quiet: true });
      const client = await new MongoClient(stack.addresses.mongodb).connect();
      try {
        const calendars = client.db(`${env.MONGODB_DB_PREFIX ?? 'daybook'}_calendar`).collection('calendars');
        return measurements(await measureHooks({ stack, kit: await testKit(), calendars }));
      } finally {
        await client.close();
        await stack.stop();
      }
    }),
};
