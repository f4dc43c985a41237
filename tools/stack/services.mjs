/**
 * What each process of the stack gets: the one table of environments. A service inherits the operator's settings except the
 * secrets of others; what is written here wins. Services ignore variables they do not know.
 */
import { join } from 'node:path';
import { inboxPrefix } from './nats-users.mjs';
import { builtApp, root, serviceScript } from './paths.mjs';
import { CLIENTS, HTTPS_OFFSET, LOCAL_CLIENT, portVariables, SIMULATED } from './simulated.mjs';

/** Handed only to the services that name them below. */
const SECRETS = [
  'MASTER_KEY',
  'MASTER_KEY_PREVIOUS',
  'GOOGLE_CLIENT_SECRET',
  'MICROSOFT_CLIENT_SECRET',
  'NATS_PASSWORD',
  'NATS_USER',
  'METRICS_TOKEN',
];

/**
 * Environment of a service's Node. For glibc, nothing elsewhere: what pages took outside of the heap while they were unpacked goes
 * back to the system, instead of staying with each thread that unpacked one.
 */
export const nodeEnv = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' };

/**
 * Flags of a service's Node. Source maps are read with the first stack trace somebody wants: Node's own `--enable-source-maps` keeps
 * those of every loaded file, ours and the packages', from the start, which is 13 MB of a process that syncs. Young garbage is collected while it
 * is small, so that an idle stack stays small; the one that syncs makes much of it in a short time and gets twice the room (it
 * has to be a power of two).
 */
export const nodeFlags = (name) => [
  ...['--require', join(root, 'node_modules', 'source-map-support', 'register.js')],
  `--max-semi-space-size=${name === 'calendar-svc' ? 8 : 4}`,
];

/**
 * @typedef {object} StackFacts
 * @property {ReturnType<typeof import('./settings.mjs').readSettings>} settings
 * @property {Record<'gateway' | 'control' | 'google' | 'microsoft' | 'exchange' | 'authHttp', number>} ports none of them 0
 * @property {{ mongodb: string, nats: string }} servers addresses
 * @property {{ masterKey: string, nats: Record<string, string> }} secrets
 * @property {boolean} demo the database is ours, so demo people may live in it
 */

/** Addresses as other processes reach them. */
export function addressesOf({ settings, ports, servers }) {
  const gateway = settings.publicUrl ?? `http://localhost:${ports.gateway}`;
  return {
    gateway,
    portal: gateway,
    ...(settings.simulate ? { control: `http://localhost:${ports.control}`, ...simulatorAddresses(ports) } : {}),
    mongodb: servers.mongodb,
    nats: servers.nats,
  };
}

const simulatorAddresses = (ports) =>
  Object.fromEntries(SIMULATED.map(({ key }) => [key, `http://localhost:${ports[key]}`]));

const listed = (text = '') => text.split(',').map((entry) => entry.trim());

/** A simulator as this machine reaches it, over http and https. */
const doorsOf = (port) => [port, port + HTTPS_OFFSET].flatMap((door) => [`localhost:${door}`, `127.0.0.1:${door}`]);

/**
 * Exchange servers that people may name: of what is not public, those the operator lists, and the simulated one. That one is also
 * where every mailbox is looked for first, unless the operator says where.
 */
function exchangeOf({ settings: { simulate, env }, ports }) {
  const hosts = [...listed(env.EWS_ALLOWED_HOSTS), ...(simulate ? doorsOf(ports.exchange) : [])];
  const places = [...listed(env.EWS_AUTODISCOVER), ...(simulate ? [`*=http://localhost:${ports.exchange}`] : [])];
  const kept = places.filter(
    (place, index) => !place.startsWith('*') || index === places.findIndex((one) => one.startsWith('*')),
  );
  return given([
    ['EWS_ALLOWED_HOSTS', [...new Set(hosts)].filter(Boolean).join(',')],
    ['EWS_AUTODISCOVER', kept.filter(Boolean).join(',')],
  ]);
}

/** Simulators live on this machine, where the address guard lets nobody through unless told. */
function allowedHosts({ settings, ports }) {
  const given = listed(settings.env.HTTP_ALLOWED_HOSTS);
  const doors = settings.simulate ? SIMULATED.flatMap(({ key }) => doorsOf(ports[key])) : [];
  const named = SIMULATED.flatMap(({ addresses }) => addresses.flatMap((name) => settings.env[name] || []));
  return [...new Set([...given, ...doors, ...named.map((url) => new URL(url).host)].filter(Boolean))].join(',');
}

/** @param {StackFacts} facts */
export function servicePlan(facts) {
  const { settings, ports, servers, secrets, demo } = facts;
  const given = Object.fromEntries(Object.entries(settings.env).filter(([name]) => !SECRETS.includes(name)));
  const addresses = addressesOf(facts);
  const common = {
    ...{ NODE_ENV: 'production', TZ: 'UTC', DAYBOOK_HOME: settings.home, PUBLIC_URL: addresses.gateway },
    ...nodeEnv,
  };
  const broker = (user) =>
    settings.natsUrl
      ? { NATS_URL: servers.nats, ...pick(settings.env, ['NATS_USER', 'NATS_PASSWORD']) }
      : {
          NATS_URL: servers.nats,
          NATS_USER: user,
          NATS_PASSWORD: secrets.nats[user],
          NATS_INBOX_PREFIX: inboxPrefix(user),
        };
  const database = { MONGODB_URI: servers.mongodb, MONGODB_DB_PREFIX: settings.env.MONGODB_DB_PREFIX ?? 'daybook' };
  const { where, secrets: clientSecrets } = providersOf(facts);
  const provider = {
    ...where,
    HTTP_ALLOWED_HOSTS: allowedHosts(facts),
    NODE_EXTRA_CA_CERTS: settings.env.NODE_EXTRA_CA_CERTS ?? join(settings.home, 'ca.pem'),
  };

  const exchange = exchangeOf(facts);

  const environments = {
    ...(settings.simulate
      ? {
          sandbox: {
            SANDBOX_CONTROL_PORT: String(ports.control),
            ...portVariables(ports),
            ...pick(
              where,
              CLIENTS.map(({ id }) => id),
            ),
            ...clientSecrets,
          },
        }
      : {}),
    'admin-svc': { ...database, ...broker('admin-svc') },
    'auth-svc': {
      ...database,
      ...broker('auth-svc'),
      ...provider,
      ...exchange,
      ...clientSecrets,
      MASTER_KEY: secrets.masterKey,
      ...pick(settings.env, ['MASTER_KEY_PREVIOUS']),
      // Services run in UTC; new people live where this machine does.
      DEFAULT_TIME_ZONE: settings.env.DEFAULT_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      AUTH_HTTP_PORT: String(ports.authHttp),
      DAYBOOK_DEMO: demo ? '1' : '0',
    },
    'calendar-svc': { ...database, ...broker('calendar-svc'), ...provider, ...pick(exchange, ['EWS_ALLOWED_HOSTS']) },
    gateway: {
      ...broker('gateway'),
      ...pick(settings.env, ['METRICS_TOKEN']),
      GATEWAY_PORT: String(ports.gateway),
      AUTH_HTTP_URL: `http://127.0.0.1:${ports.authHttp}`,
      PORTAL_DIR: builtApp('portal'),
    },
  };
  return Object.entries(environments).map(([name, own]) => ({
    name,
    script: serviceScript(name),
    env: { ...given, ...common, ...own },
  }));
}

/** Where providers are and how they know this deployment: the simulators, or what the operator set. */
function providersOf({ settings: { simulate, env }, ports }) {
  const simulators = simulate ? simulatorAddresses(ports) : {};
  const known = SIMULATED.map(({ key, client, addresses }) => {
    const doors = addresses.map((name) => [name, simulators[key] ?? env[name]]);
    // Whoever stands in for a provider knows this deployment as the built-in simulators do, unless told otherwise.
    const local = doors.some(([, url]) => url) ? LOCAL_CLIENT : {};
    return {
      where: [...doors, ...(client ? [[client.id, env[client.id] ?? local.id]] : [])],
      secrets: client ? [[client.secret, env[client.secret] ?? local.secret]] : [],
    };
  });
  return { where: given(known.flatMap(({ where }) => where)), secrets: given(known.flatMap(({ secrets }) => secrets)) };
}

const given = (entries) => Object.fromEntries(entries.filter(([, value]) => value));

const pick = (env, names) => Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
