/**
 * The whole product on one machine, as a value: `npm start` holds one, system tests and measurements hold others, with
 * ports and a home of their own. Starting order matters to nobody inside: services wait for their servers.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ManagedProcess } from '../processes/managed-process.mjs';
import { createReport } from '../processes/report.mjs';
import { waitFor } from '../processes/wait-for.mjs';
import { buildChanged } from './build.mjs';
import { lockHome } from './home-lock.mjs';
import { masterKey, natsPasswords, openHome, writeWhole } from './home.mjs';
import { root } from './paths.mjs';
import { addressesOf, nodeFlags, servicePlan } from './services.mjs';
import { readSettings } from './settings.mjs';
import { portVariables } from './simulated.mjs';
import { choosePorts } from './stack-ports.mjs';
import { watchDeaths } from './watch-deaths.mjs';
import { findServers, serverAddresses, startServers } from './stack-servers.mjs';

const READY_MS = 120_000;

/**
 * @param {object} [options]
 * @param {string} [options.home] DAYBOOK_HOME
 * @param {{ gateway?: number, control?: number, google?: number, microsoft?: number, exchange?: number }} [options.ports] 0 takes a free one
 * @param {Record<string, string | undefined>} [options.env] settings; nothing else is read
 * @param {boolean} [options.quiet] say nothing on the console, except what went wrong
 * @param {boolean} [options.build] false when the caller has built already
 * @returns {Promise<Stack>}
 *
 * @typedef {object} Stack
 * @property {Record<string, string>} addresses gateway, portal, control, google, microsoft, exchange, mongodb, nats
 * @property {object} run what `run.json` holds
 * @property {Record<string, ManagedProcess>} processes by name; `kill(signal)` is followed by a restart as in production,
 *   `stop()` keeps it down until `start()`; `restart()`; `pid`
 * @property {string} home
 * @property {boolean} demo demo people live in the database
 * @property {string | undefined} invitation the first administrator's one-time link, for an empty database without demo people
 * @property {() => Promise<void>} ready resolves when the gateway says so again, after something was killed
 * @property {() => Promise<void>} wipeBroker the broker's volume is gone and the broker is back
 * @property {() => Promise<void>} stop ends all it started, services first
 */
export async function startStack({
  home,
  ports = {},
  env = process.env,
  quiet = false,
  build = true,
  report = createReport({ quiet }),
} = {}) {
  const settings = readSettings({ ...env, ...(home ? { DAYBOOK_HOME: home } : {}), ...portSettings(ports) }, root);
  await openHome(settings.home);
  const unlock = await lockHome(settings.home);
  const running = [];
  const runFile = join(settings.home, 'run.json');
  const stop = async () => {
    await rm(runFile, { force: true });
    // Services end together, then their servers: a request in flight still finds its database.
    const servers = running.filter(({ name }) => name === 'mongod' || name === 'nats');
    await Promise.all(running.filter((one) => !servers.includes(one)).map((one) => one.stop()));
    await Promise.all(servers.map((one) => one.stop()));
    await unlock();
  };
  try {
    const chosen = await choosePorts(settings);
    const secrets = {
      masterKey: await masterKey(settings.home, settings.env.MASTER_KEY),
      nats: await natsPasswords(settings.home),
    };
    const servers = serverAddresses({ settings, ports: chosen });
    const facts = { settings, ports: chosen, servers, secrets, demo: !settings.mongodbUri };
    const names = servicePlan(facts).map(({ name }) => name);
    if (build) await buildChanged({ services: names, report });
    const programs = await findServers({ settings, report });
    const { onDied, hopeless } = watchDeaths({ home: settings.home, report });
    const onStarted = (one) => running.push(one);
    const serving = startServers({ settings, ports: chosen, programs, passwords: secrets.nats, onStarted, onDied });
    const [wipeBroker] = await allOrNothing([serving, startServices({ facts, running, onDied })]);
    const gatewayReady = () => untilReady(`http://127.0.0.1:${chosen.gateway}/health/ready`);
    await Promise.race([gatewayReady(), hopeless(running)]);
    const run = runRecord(facts);
    await writeWhole(runFile, `${JSON.stringify(run, null, 2)}\n`);
    return {
      addresses: addressesOf(facts),
      run,
      processes: Object.fromEntries(running.map((one) => [one.name, one])),
      home: settings.home,
      demo: facts.demo,
      invitation: await invitationOf(running),
      ready: gatewayReady,
      wipeBroker: wipeBroker ?? (() => Promise.reject(new Error('the broker is not ours'))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function portSettings({ gateway, control, ...simulators }) {
  const named = { GATEWAY_PORT: gateway, SANDBOX_CONTROL_PORT: control };
  const given = Object.entries(named).flatMap(([name, port]) => (port === undefined ? [] : [[name, String(port)]]));
  return { ...Object.fromEntries(given), ...portVariables(simulators) };
}

/** Like Promise.all, but waits for the others before it rejects: what they start has to be ended too. */
async function allOrNothing(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return results.map(({ value }) => value);
}

/** All at once, except that at the very first start the simulators go ahead: they make the certificate others trust. */
async function startServices({ facts, running, onDied }) {
  const { home } = facts.settings;
  const processes = servicePlan(facts).map(
    ({ name, script, env }) =>
      new ManagedProcess({
        name,
        command: process.execPath,
        args: [...nodeFlags(name), script],
        cwd: root,
        env,
        logFile: join(home, 'logs', `${name}.log`),
        onDied,
        ...(name === 'sandbox' ? { ready: () => untilListening(facts.ports.control) } : {}),
      }),
  );
  const first = existsSync(join(home, 'ca.pem')) ? [] : processes.filter(({ name }) => name === 'sandbox');
  for (const one of processes) running.push(one);
  for (const one of first) await one.start();
  await Promise.all(processes.filter((one) => !first.includes(one)).map((one) => one.start()));
}

/** Without demo people auth-svc prints the one-time link of the first administrator: undefined when there is one already. */
async function invitationOf(running) {
  const output = await running.find(({ name }) => name === 'auth-svc')?.output();
  return /^First administrator: .*$/m.exec(output ?? '')?.[0];
}

/** `run.json`: addresses, and under `nats` the credentials of a read-only consumer of events. */
function runRecord(facts) {
  const addresses = addressesOf(facts);
  const reader = facts.settings.natsUrl ? {} : { user: 'events-reader', password: facts.secrets.nats['events-reader'] };
  return { ...addresses, nats: { url: addresses.nats, ...reader }, pid: process.pid };
}

const untilListening = (port) =>
  waitFor(
    () =>
      new Promise((resolve, reject) => {
        const socket = connect({ port, host: '127.0.0.1' });
        socket.once('error', reject);
        socket.once('connect', () => {
          socket.destroy();
          resolve(true);
        });
      }),
    { timeoutMs: 30_000, what: 'the simulator' },
  );

async function untilReady(url) {
  const probe = async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text.slice(0, 500));
    return true;
  };
  await waitFor(probe, { timeoutMs: READY_MS, everyMs: 100, what: 'Daybook' });
}
