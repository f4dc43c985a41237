/** What `npm start` reads from the environment, checked before anything is started: all faults at once. */
import { resolve } from 'node:path';
import { CLIENTS, isSimulated, SIMULATED } from './simulated.mjs';

/** The settings do not fit; the message lists every fault. */
export class SettingsFault extends Error {
  constructor(faults) {
    super(['The settings do not fit:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'SettingsFault';
  }
}

const PORTS = {
  gateway: ['GATEWAY_PORT', 8080],
  control: ['SANDBOX_CONTROL_PORT', 8100],
  ...Object.fromEntries(SIMULATED.map(({ key, port, fallback }) => [key, [port, fallback]])),
};
const ADDRESSES = {
  PUBLIC_URL: /^https?:$/,
  MONGODB_URI: /^mongodb(\+srv)?:$/,
  NATS_URL: /^(nats|tls|wss?):$/,
  ...Object.fromEntries(SIMULATED.flatMap(({ addresses }) => addresses.map((name) => [name, /^https?:$/]))),
};

/**
 * @param {Record<string, string | undefined>} env the environment with `.env` already in it
 * @param {string} root the project's folder; relative paths start there
 * @returns {{ home: string, ports: Record<'gateway' | 'control' | 'google' | 'microsoft' | 'exchange', number>, publicUrl: string | undefined,
 *   mongodbUri: string | undefined, natsUrl: string | undefined, simulate: boolean, env: Record<string, string | undefined> }}
 * @throws {SettingsFault}
 */
export function readSettings(env, root) {
  const faults = [];
  const ports = {};
  for (const [name, [variable, fallback]] of Object.entries(PORTS)) {
    const text = env[variable] ?? String(fallback);
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(port <= 65_535)) faults.push(`${variable} is not a port: a whole number from 0 (any free one) to 65535`);
    ports[name] = port;
  }
  for (const [variable, protocols] of Object.entries(ADDRESSES)) {
    const text = env[variable];
    // A replica set's address names several hosts, which a URL cannot: only the scheme is checked here.
    const scheme = text && /^([a-z+]+:)\/\/\S+$/.exec(text)?.[1];
    if (text && !(scheme && protocols.test(scheme))) faults.push(`${variable} is not an address of the right kind`);
  }
  for (const { id, secret } of CLIENTS) {
    if (Boolean(env[id]) !== Boolean(env[secret])) {
      faults.push(`${id} and ${secret} belong together: set both or none`);
    }
  }
  const taken = Object.entries(ports).filter(([, port]) => port > 0);
  for (const [name, port] of taken) {
    const twin = taken.find(([other, same]) => other > name && same === port);
    if (twin) faults.push(`${PORTS[name][0]} and ${PORTS[twin[0]][0]} are both ${port}`);
  }
  if (faults.length > 0) throw new SettingsFault(faults);
  return {
    home: resolve(root, env.DAYBOOK_HOME ?? '.daybook'),
    ports,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    mongodbUri: env.MONGODB_URI,
    natsUrl: env.NATS_URL,
    simulate: isSimulated(env),
    env,
  };
}
