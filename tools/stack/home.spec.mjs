import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { lockHome } from './home-lock.mjs';
import { masterKey, natsPasswords, openHome } from './home.mjs';

let home;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'daybook-home-'));
  await openHome(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('the home', () => {
  it('keeps the master key of the first start, for its owner only', async () => {
    const key = await masterKey(home, undefined);
    assert.match(key, /^[0-9a-f]{64}$/);
    assert.equal(await masterKey(home, undefined), key);
    assert.equal((await stat(join(home, 'master.key'))).mode & 0o777, 0o600);
    assert.equal(await masterKey(home, 'given'), 'given');
  });

  it('never replaces a master key that is damaged', async () => {
    await writeFile(join(home, 'master.key'), 'oops');
    await assert.rejects(masterKey(home, undefined), /restore it from a backup/);
  });

  it('keeps the passwords of the users of the broker', async () => {
    const passwords = await natsPasswords(home);
    assert.equal(new Set(Object.values(passwords)).size, 5);
    assert.deepEqual(await natsPasswords(home), passwords);
  });

  it('belongs to one stack at a time', async () => {
    const free = await lockHome(home);
    await assert.rejects(lockHome(home), /already runs/);
    await free();
    await (
      await lockHome(home)
    )();
  });
});
