import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { nodeFlags, servicePlan } from './services.mjs';
import { readSettings } from './settings.mjs';

const planOf = (env) =>
  Object.fromEntries(
    servicePlan({
      settings: readSettings(env, '/project'),
      ports: { gateway: 1, control: 2, google: 3, microsoft: 4, exchange: 8103, authHttp: 5 },
      servers: { mongodb: 'mongodb://m', nats: 'nats://n' },
      secrets: { masterKey: 'k', nats: {} },
      demo: false,
    }).map(({ name, env }) => [name, env]),
  );
const exchangeOf = (env) => {
  const { 'auth-svc': auth, 'calendar-svc': calendar } = planOf(env);
  assert.equal(auth.EWS_ALLOWED_HOSTS, calendar.EWS_ALLOWED_HOSTS);
  return [auth.EWS_ALLOWED_HOSTS, auth.EWS_AUTODISCOVER];
};

describe('Exchange servers that people may name', () => {
  const SIMULATED = 'localhost:8103,127.0.0.1:8103,localhost:8203,127.0.0.1:8203';

  it('are the simulated one alone, which is where mailboxes are looked for', () => {
    assert.deepEqual(exchangeOf({}), [SIMULATED, '*=http://localhost:8103']);
  });

  it('are besides those that the operator lists, who may say where mailboxes are', () => {
    const own = { EWS_ALLOWED_HOSTS: 'mail.internal:443', EWS_AUTODISCOVER: 'corp.example=https://mail.internal' };
    assert.deepEqual(exchangeOf(own), [
      `mail.internal:443,${SIMULATED}`,
      'corp.example=https://mail.internal,*=http://localhost:8103',
    ]);
    assert.equal(exchangeOf({ EWS_AUTODISCOVER: '*=https://mail.internal' })[1], '*=https://mail.internal');
  });

  it('are only public ones beside a provider that is real', () => {
    const real = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' };
    assert.deepEqual(exchangeOf(real), [undefined, undefined]);
  });
});

describe('a service that fails', () => {
  it('names the lines of our sources, not those of its bundle', async (test) => {
    const folder = await mkdtemp(join(tmpdir(), 'daybook-maps-'));
    test.after(() => rm(folder, { recursive: true }));
    const map = { version: 3, sources: ['orders.ts'], names: [], mappings: 'AAMA' };
    await writeFile(join(folder, 'main.cjs.map'), JSON.stringify(map));
    await writeFile(
      join(folder, 'main.cjs'),
      "console.log(new Error('no order').stack);\n//# sourceMappingURL=main.cjs.map\n",
    );
    const { stdout } = spawnSync(process.execPath, [...nodeFlags('gateway'), join(folder, 'main.cjs')], {
      encoding: 'utf8',
    });
    assert.match(stdout, /orders\.ts:7:/);
  });
});
