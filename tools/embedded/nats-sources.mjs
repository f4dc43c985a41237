/** Where `nats-server` comes from, in order. 2.10 and newer can be told how often to sync to disk; an older one is taken last and said so. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/run-command.mjs';
import { cachedExecutable, fillEntry } from './cache.mjs';
import { releaseFor, unpackRelease } from './nats-release.mjs';
import { obtain, versionCheck } from './obtain.mjs';
import { onPath } from './on-path.mjs';

const MODULE = 'github.com/nats-io/nats-server/v2';
const GO_VERSION = 'v2.15.2';
/** As in the checksum database of Go. */
const GO_SUM = 'h1:yLsgt2kslgymvxvjFq1WGWck5hkat2YYfbXvQ145tzU=';
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
      ...releaseAndGo(releaseFor()).map(({ name, fill }) => ({
        name,
        slow: true,
        find: () => fillEntry(cache, ENTRY, fill),
      })),
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

/**
 * An archive whose digest we know is the quickest and as sure as sources built here; one that only its own release vouches
 * for comes after them.
 */
export function releaseAndGo(release) {
  const archive = { name: "the project's release archive", fill: (staging) => fromRelease(staging, release) };
  const go = { name: 'go install', fill: fromGo };
  return release.sha256 ? [archive, go] : [go, { ...archive, name: `${archive.name}, checked by its own list` }];
}

async function fromRelease(staging, release) {
  const executable = await unpackRelease(staging, release);
  await isCurrent(join(staging, executable));
  return executable;
}

/**
 * Go verifies the module and what it needs against its checksum database, unless whoever uses this machine switched that
 * off; the server's own sources are checked here as well.
 */
async function fromGo(staging) {
  const env = { ...process.env, GOBIN: staging, CGO_ENABLED: '0' };
  await runCommand('go', ['install', `${MODULE}@${GO_VERSION}`], { env, timeoutMs: 420_000 });
  const built = join(staging, EXECUTABLE);
  refuseOtherSources(await runCommand('go', ['version', '-m', built], { env }));
  await isCurrent(built);
  return EXECUTABLE;
}

/** @throws when what `go version -m` tells of a server is not built from the sources we know */
export function refuseOtherSources(buildInfo) {
  const sum = /^\s*mod\s+(\S+)\s+(\S+)\s+(\S+)\s*$/m.exec(buildInfo);
  const [, module, version, digest] = sum ?? [];
  if (module !== MODULE || version !== GO_VERSION || digest !== GO_SUM) {
    throw new Error(`checksum mismatch: expected ${GO_SUM}, got ${digest ?? 'none'}`);
  }
}

/** Unpacked, not installed: the package's own service would start on the usual port. */
async function fromDebian(staging) {
  await runCommand('apt-get', ['download', 'nats-server'], { cwd: staging, timeoutMs: 120_000 });
  const file = (await readdir(staging)).find((name) => name.endsWith('.deb'));
  if (!file) throw new Error('apt-get gave no package');
  await runCommand('dpkg-deb', ['-x', join(staging, file), join(staging, 'unpacked')]);
  return join('unpacked', 'usr', 'sbin', 'nats-server');
}
