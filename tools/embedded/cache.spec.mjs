import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { cachedExecutable, cacheFolder, fillEntry, verifySha256 } from './cache.mjs';

let folder;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'daybook-cache-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the cache of servers', () => {
  it('stands in DAYBOOK_CACHE when that is set, else in the folder of the user', () => {
    assert.equal(cacheFolder({ DAYBOOK_CACHE: '/var/cache/x' }), '/var/cache/x');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/home/ada/.c' }, 'linux'), join('/home/ada/.c', 'daybook'));
  });

  it('gives back an executable once its entry is complete', async () => {
    const path = await fillEntry(folder, 'server', async (staging) => {
      await writeFile(join(staging, 'serve'), 'x');
      assert.equal(await cachedExecutable(folder, 'server'), undefined);
      return 'serve';
    });
    assert.equal(await cachedExecutable(folder, 'server'), path);
  });

  it('keeps nothing of a download that failed half-way', async () => {
    const failing = fillEntry(folder, 'server', async (staging) => {
      await writeFile(join(staging, 'serve'), 'half');
      throw new Error('cut');
    });
    await assert.rejects(failing, /cut/);
    assert.deepEqual(await readdir(folder), []);
  });

  it('sweeps what a killed run left, and only that', async () => {
    const dead = '.staging-999999999-ab';
    const alive = `.staging-${process.pid}-ab`;
    for (const name of [dead, alive]) await writeFile(join(folder, name), '');
    await fillEntry(folder, 'server', async (staging) => {
      await writeFile(join(staging, 'serve'), 'x');
      return 'serve';
    });
    const left = await readdir(folder);
    assert.ok(left.includes(alive) && !left.includes(dead));
  });

  it('two that fill the same entry at once end up with one', async () => {
    const fill = async (staging) => {
      await writeFile(join(staging, 'serve'), 'x');
      return 'serve';
    };
    const paths = await Promise.all([fillEntry(folder, 'server', fill), fillEntry(folder, 'server', fill)]);
    assert.equal(paths[0], paths[1]);
  });

  it('refuses a file with another checksum', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'abc');
    await verifySha256(file, 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD');
    await assert.rejects(verifySha256(file, '00'), /checksum mismatch/);
  });
});
