/** Where `nats-server` comes from, in order. 2.10 and newer can be told how often to sync to disk; an older one is taken last and said so. */
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/run-command.mjs';
import { cachedExecutable, fillEntry, verifySha256 } from './cache.mjs';
import { fetchFile, fetchText } from './fetch-file.mjs';
import { obtain, versionCheck } from './obtain.mjs';
import { onPath } from './on-path.mjs';

const MODULE = 'github.com/nats-io/nats-server';
const VERSION = 'v2.15.2';
const ENTRY = 'nats-server';
const DEBIAN_ENTRY = 'nats-server-debian';
const EXECUTABLE = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
const VERSION_LINE = /nats-server: v([\d.]+)/;
const isCurrent = versionCheck(VERSION_LINE, [2, 10]);

/**
 * @param {{ cache: string, report: ReturnType<typeof import('../processes/report.mjs').createReport> }} given
 * @returns {Promise<{ path: string, version: string, source: string, canSetSync: boolean }>} `canSetSync`: it can
 *   be told how often to sync to disk
 */
export async function obtainNatsServer({ cache, report }) {
  const checked = (find) => async () => {
    const path = await find();
    if (path) await isCurrent(path);
    return path;
  };
  const found = await obtain({
    label: 'NATS',
    report,
    check: versionCheck(VERSION_LINE, [2, 9]),
    sources: [
      { name: 'PATH', find: checked(async () => onPath(['nats-server'])) },
      { name: 'cache', find: () => cachedExecutable(cache, ENTRY) },
      { name: "the project's release archive", slow: true, find: () => fillEntry(cache, ENTRY, fromRelease) },
      { name: 'go install', slow: true, find: () => fillEntry(cache, ENTRY, fromGo) },
      { name: "Debian's package in the cache", find: () => cachedExecutable(cache, DEBIAN_ENTRY) },
      ...(process.platform === 'linux'
        ? [{ name: "Debian's package", slow: true, find: () => fillEntry(cache, DEBIAN_ENTRY, fromDebian) }]
        : []),
    ],
    advice:
      'Install nats-server 2.10 or newer so that it is on PATH, or set NATS_URL to a server of your own with JetStream.',
  });
  const canSetSync = !/^2\.9\./.test(found.version);
  if (!canSetSync) {
    report.warn(`NATS: ${found.version} is older than 2.10; a power cut may cost it the last two minutes of messages`);
  }
  return { ...found, canSetSync };
}

/** The archive's checksum is the one the release itself publishes, fetched over TLS from beside it. */
async function fromRelease(staging) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `nats-server-${VERSION}-${platform}-${arch}`;
  const archive = `${name}.${platform === 'windows' ? 'zip' : 'tar.gz'}`;
  const base = `https://${MODULE}/releases/download/${VERSION}`;
  const sums = await fetchText(`${base}/SHA256SUMS`);
  const sum = new RegExp(`^([0-9a-f]{64})\\s+\\*?${archive.replaceAll('.', '\\.')}$`, 'm').exec(sums)?.[1];
  if (!sum) throw new Error(`the release names no checksum for ${archive}`);
  await fetchFile(`${base}/${archive}`, join(staging, archive));
  await verifySha256(join(staging, archive), sum);
  await runCommand('tar', ['-xf', join(staging, archive), '-C', staging]);
  await rename(join(staging, name, EXECUTABLE), join(staging, EXECUTABLE));
  await isCurrent(join(staging, EXECUTABLE));
  return EXECUTABLE;
}

/** Go verifies the module against its checksum database. */
async function fromGo(staging) {
  const env = { ...process.env, GOBIN: staging, CGO_ENABLED: '0' };
  await runCommand('go', ['install', `${MODULE}/v2@${VERSION}`], { env, timeoutMs: 420_000 });
  await isCurrent(join(staging, EXECUTABLE));
  return EXECUTABLE;
}

/** Unpacked, not installed: the package's own service would start on the usual port. */
async function fromDebian(staging) {
  await runCommand('apt-get', ['download', 'nats-server'], { cwd: staging, timeoutMs: 120_000 });
  const file = (await readdir(staging)).find((name) => name.endsWith('.deb'));
  if (!file) throw new Error('apt-get gave no package');
  await runCommand('dpkg-deb', ['-x', join(staging, file), join(staging, 'unpacked')]);
  return join('unpacked', 'usr', 'sbin', 'nats-server');
}
