import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../processes/run-command.mjs';
import { releaseFor, unpackRelease } from './nats-release.mjs';
import { refuseOtherSources, releaseAndGo } from './nats-sources.mjs';

const namesFor = (platform, processor) => releaseAndGo(releaseFor(platform, processor)).map(({ name }) => name);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

describe('sources of the broker', () => {
  it('asks for an archive first only where its digest is pinned', () => {
    for (const machine of [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['win32', 'x64'],
    ]) {
      assert.match(releaseFor(...machine).sha256, /^[0-9a-f]{64}$/);
      assert.deepEqual(namesFor(...machine), ["the project's release archive", 'go install']);
    }
    for (const machine of [
      ['darwin', 'arm64'],
      ['linux', 'riscv64'],
    ]) {
      assert.equal(releaseFor(...machine).sha256, undefined);
      assert.deepEqual(namesFor(...machine), ['go install', "the project's release archive, checked by its own list"]);
    }
  });

  it('refuses a server that Go built from other sources', () => {
    const info = (sum) => `nats-server: go1.26\n\tpath\tx\n\tmod\tgithub.com/nats-io/nats-server/v2\tv2.15.2\t${sum}\n`;
    refuseOtherSources(info('h1:yLsgt2kslgymvxvjFq1WGWck5hkat2YYfbXvQ145tzU='));
    assert.throws(() => refuseOtherSources(info('h1:AAAA')), /checksum mismatch/);
    assert.throws(() => refuseOtherSources('nats-server: go1.26\n'), /got none/);
  });
});

describe('a release archive', () => {
  let folder;
  let archive;
  const release = { archive: 'server.tar.gz', folder: 'server', executable: 'nats-server' };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'release-'));
    await mkdir(join(folder, 'server'));
    await writeFile(join(folder, 'server', 'nats-server'), 'a server');
    await runCommand('tar', ['-czf', join(folder, 'server.tar.gz'), '-C', folder, 'server']);
    archive = await readFile(join(folder, 'server.tar.gz'));
  });
  after(() => rm(folder, { recursive: true }));

  /** A host that vouches for whatever it gives. */
  const host = (asked = []) => ({
    file: async (url, target) => {
      asked.push(url);
      await writeFile(target, archive);
    },
    text: async (url) => {
      asked.push(url);
      return `${sha256(archive)}  server.tar.gz\n`;
    },
  });
  const unpacked = async (wanted, fetching) => {
    const staging = await mkdtemp(join(folder, 'staging-'));
    const executable = await unpackRelease(staging, wanted, fetching).catch(async (error) => {
      assert.deepEqual(await readdir(staging), ['server.tar.gz']);
      throw error;
    });
    return readFile(join(staging, executable), 'utf8');
  };

  it('is unpacked when it has the pinned digest, whatever list lies beside it', async () => {
    const asked = [];
    assert.equal(await unpacked({ ...release, sha256: sha256(archive) }, host(asked)), 'a server');
    assert.equal(asked.length, 1);
  });

  it('is refused before it is unpacked when the host gives another one, and a list that fits it', async () => {
    await assert.rejects(unpacked({ ...release, sha256: 'ab'.repeat(32) }, host()), /checksum mismatch/);
  });

  it('is checked by the list of its own release where no digest is pinned', async () => {
    assert.equal(await unpacked(release, host()), 'a server');
    const text = async () => `${'cd'.repeat(32)}  server.tar.gz\n`;
    await assert.rejects(unpacked(release, { ...host(), text }), /checksum mismatch/);
  });
});
