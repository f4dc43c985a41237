/** Nobody starts containers in a test run, so the file that describes them is held against the start that is tested. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { services as appNames } from '../../rolldown.config.mjs';
import { RELEASE_VERSION } from '../embedded/nats-release.mjs';
import { passwordVariable } from '../stack/docker-nats.mjs';
import { parseEnvFile } from '../stack/env-file.mjs';
import { inboxPrefix, userNames } from '../stack/nats-users.mjs';
import { root } from '../stack/paths.mjs';
import { servicePlan } from '../stack/services.mjs';
import { readSettings } from '../stack/settings.mjs';

const read = (...path) => readFileSync(join(root, ...path), 'utf8');
const text = read('docker', 'compose.yaml');
const compose = parse(text, { merge: true });
const example = parseEnvFile(read('.env.example'));
const simulators = parseEnvFile(read('docker', 'simulators.env'));
const VARIABLE = /\$\{([A-Z][A-Z0-9_]*)(?::([-?])([^${}]*))?\}/;

/** A value as compose fills it in; an empty setting counts as absent. */
function filled(value, settings) {
  let result = String(value);
  for (let found = VARIABLE.exec(result); found; found = VARIABLE.exec(result)) {
    const [whole, name, how, fallback] = found;
    assert.ok(settings[name] || how !== '?', `${name} has to be there`);
    result = result.replace(whole, () => settings[name] || (fallback ?? ''));
  }
  return result;
}

const secrets = Object.fromEntries(
  ['MASTER_KEY', ...userNames.map(passwordVariable)].map((name) => [name, 'x'.repeat(32)]),
);
const withSimulators = { ...example, ...secrets, ...simulators };
const environmentOf = (name, settings = { ...example, ...secrets }) =>
  Object.fromEntries(
    Object.entries(compose.services[name].environment).map(([key, value]) => [key, filled(value, settings)]),
  );
const settingsOf = (app) =>
  [...read('apps', app, 'src', 'config.ts').matchAll(/^\s+([A-Z][A-Z0-9_]+):/gm)].map((found) => found[1]);

/** What `npm start` hands to each process, at its simplest. */
const plan = Object.fromEntries(
  servicePlan({
    settings: readSettings({ MASTER_KEY_PREVIOUS: 'y', METRICS_TOKEN: 'z' }, root),
    ports: { gateway: 1, control: 2, google: 3, microsoft: 5, exchange: 6, authHttp: 4 },
    servers: { mongodb: 'mongodb://m', nats: 'nats://n' },
    secrets: { masterKey: 'k', nats: Object.fromEntries(userNames.map((user) => [user, 'p'])) },
    demo: false,
  }).map(({ name, env }) => [name, env]),
);

/** Settings a container has no use for, each with its reason. */
const NOT_HANDED_OVER = {
  // Demo people live only in an embedded database.
  DAYBOOK_DEMO: ['auth-svc'],
  // A folder of the machine; containers have none. Recordings are made by `npm run sandbox`.
  SANDBOX_RECORD_DIR: ['sandbox'],
};
/** Set by the image, or of use only beside other processes of the same machine. */
const OF_THE_IMAGE = ['NODE_ENV', 'TZ', 'MALLOC_ARENA_MAX', 'MALLOC_TRIM_THRESHOLD_'];
const OF_ONE_MACHINE = ['DAYBOOK_HOME', 'NODE_EXTRA_CA_CERTS', 'DAYBOOK_DEMO', 'PUBLIC_URL'];
const SECRETS = [
  'MASTER_KEY',
  'MASTER_KEY_PREVIOUS',
  'GOOGLE_CLIENT_SECRET',
  'MICROSOFT_CLIENT_SECRET',
  'NATS_PASSWORD',
  'METRICS_TOKEN',
];

describe('docker/compose.yaml', () => {
  it('describes the services of the start, database and broker, and nothing else', () => {
    assert.deepEqual(Object.keys(compose.services).sort(), [...appNames, 'mongo', 'mongo-set', 'nats'].sort());
    assert.deepEqual(Object.keys(plan).sort(), [...appNames].sort());
    for (const app of appNames) assert.equal(environmentOf(app).APP, app);
  });

  it('asks for nothing that .env.example does not list', () => {
    const asked = [...text.replaceAll(/^\s*#.*$/gm, '').matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].map((found) => found[1]);
    assert.ok(asked.length > 30);
    assert.deepEqual(
      [...new Set(asked)].filter((name) => !(name in example)),
      [],
    );
    assert.deepEqual(
      Object.keys(simulators).filter((name) => !(name in example)),
      [],
    );
  });

  it('has the images of the versions that the start fetches', () => {
    const line = (version) => version.replace(/^v/, '').split('.').slice(0, 2).join('.');
    const mongo = /VERSION = '([\d.]+)'/.exec(read('tools', 'embedded', 'vendor-mongod.mjs'))[1];
    assert.equal(compose.services.mongo.image, `mongo:${line(mongo)}`);
    assert.equal(compose.services['mongo-set'].image, compose.services.mongo.image);
    assert.equal(compose.services.nats.image, `nats:${line(RELEASE_VERSION)}-alpine`);
  });

  it('knows every user of the broker, each with a password of its own', () => {
    const names = userNames.map(passwordVariable);
    assert.deepEqual(Object.keys(compose.services.nats.environment), names);
    for (const name of names) {
      const environment = environmentOf('nats', { ...secrets, [name]: 'only-this' });
      assert.equal(environment[name], '"only-this"');
    }
  });

  for (const app of appNames) {
    it(`hands ${app} every setting it reads, and none it does not`, () => {
      const reads = settingsOf(app);
      const given = Object.keys(compose.services[app].environment);
      const missing = reads.filter((name) => !given.includes(name) && !NOT_HANDED_OVER[name]?.includes(app));
      assert.deepEqual(missing, []);
      const strangers = given.filter((name) => !reads.includes(name) && !['APP', 'NATS_INBOX_PREFIX'].includes(name));
      assert.deepEqual(strangers, []);
    });

    it(`gives ${app} what the start gives it, and no secret more`, () => {
      const environment = environmentOf(app, withSimulators);
      const apart = [...OF_THE_IMAGE, ...OF_ONE_MACHINE, 'MASTER_KEY_PREVIOUS', 'METRICS_TOKEN'];
      const handed = Object.keys(plan[app]).filter((name) => !apart.includes(name));
      // The simulator's own address is the one setting that a provider's client can do without.
      const optional = ['HTTP_ALLOWED_HOSTS', 'DEFAULT_TIME_ZONE'];
      assert.deepEqual(
        handed.filter((name) => !environment[name] && !optional.includes(name)),
        [],
      );
      const known = SECRETS.filter((name) => compose.services[app].environment[name] !== undefined);
      assert.deepEqual(
        known,
        SECRETS.filter((name) => plan[app][name] !== undefined),
      );
      if (userNames.includes(app)) assert.equal(environment.NATS_INBOX_PREFIX, inboxPrefix(app));
    });
  }

  it('publishes the gateway and, on this machine only, the simulators, under the ports they have inside', () => {
    const simulators = {
      SANDBOX_CONTROL_PORT: '2',
      SANDBOX_GOOGLE_PORT: '3',
      SANDBOX_MICROSOFT_PORT: '4',
      SANDBOX_EXCHANGE_PORT: '5',
    };
    const settings = { ...withSimulators, GATEWAY_PORT: '1', ...simulators };
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, filled(port, settings)]),
    );
    assert.deepEqual(published, [
      ['gateway', '1:1'],
      ['sandbox', '127.0.0.1:2:2'],
      ['sandbox', '127.0.0.1:3:3'],
      ['sandbox', '127.0.0.1:4:4'],
      ['sandbox', '127.0.0.1:5:5'],
    ]);
    assert.equal(environmentOf('gateway', settings).GATEWAY_PORT, '1');
    const inside = environmentOf('sandbox', settings);
    for (const [name, port] of Object.entries(simulators)) assert.equal(inside[name], port);
    assert.equal(environmentOf('gateway', { ...secrets, GATEWAY_PORT: '1' }).PUBLIC_URL, 'http://localhost:1');
  });

  it('gives browsers and containers the same addresses when providers are simulated', () => {
    const aliases = (name) => compose.services[name].networks.default.aliases;
    const open = new URL(withSimulators.PUBLIC_URL);
    const google = new URL(withSimulators.GOOGLE_BASE_URL);
    const microsoft = new URL(withSimulators.MICROSOFT_GRAPH_URL);
    for (const { hostname } of [open, google, microsoft]) assert.match(hostname, /\.localhost$/);
    assert.deepEqual(
      [aliases('gateway'), aliases('sandbox')],
      [[open.hostname], [google.hostname, microsoft.hostname, 'exchange.localhost']],
    );
    assert.equal(open.port, environmentOf('gateway', withSimulators).GATEWAY_PORT);
    assert.equal(google.port, environmentOf('sandbox', withSimulators).SANDBOX_GOOGLE_PORT);
    assert.equal(microsoft.port, environmentOf('sandbox', withSimulators).SANDBOX_MICROSOFT_PORT);
    const everywhere = (name, apps) => new Set(apps.map((app) => environmentOf(app, withSimulators)[name]));
    assert.deepEqual([...everywhere('PUBLIC_URL', ['sandbox', 'auth-svc', 'calendar-svc', 'gateway'])], [open.origin]);
    assert.deepEqual([...everywhere('GOOGLE_BASE_URL', ['auth-svc', 'calendar-svc'])], [google.origin]);
    for (const name of ['MICROSOFT_LOGIN_URL', 'MICROSOFT_GRAPH_URL']) {
      assert.deepEqual([...everywhere(name, ['auth-svc', 'calendar-svc'])], [microsoft.origin]);
    }
    for (const provider of ['GOOGLE', 'MICROSOFT']) {
      assert.equal(everywhere(`${provider}_CLIENT_ID`, ['sandbox', 'auth-svc', 'calendar-svc']).size, 1);
      assert.equal(everywhere(`${provider}_CLIENT_SECRET`, ['sandbox', 'auth-svc']).size, 1);
    }
  });
});
