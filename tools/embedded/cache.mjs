/**
 * The folder where obtained servers stay, shared by all working copies of a user. An entry appears whole or not at all:
 * it is filled under a staging name and renamed when it is complete, so a download cut short is never used.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isAlive } from '../processes/is-alive.mjs';

const STAGING = '.staging-';
const MANIFEST = 'entry.json';

/** Where servers are cached: `DAYBOOK_CACHE`, else `daybook` in the user's cache folder. */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env.DAYBOOK_CACHE) return resolve(env.DAYBOOK_CACHE);
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'daybook');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'daybook');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'daybook');
}

/** Entries are kept for each platform: a home folder may be shared by machines of different kinds. */
export const entryName = (name) => `${name}-${process.platform}-${process.arch}`;

/** @returns {Promise<string | undefined>} the executable of a complete entry */
export async function cachedExecutable(cache, name) {
  const folder = join(cache, entryName(name));
  try {
    const { executable } = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'));
    const path = join(folder, executable);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Fills an entry and puts it in its place in one step.
 * @param {(staging: string) => Promise<string>} fill puts files into the folder it is given, answers the executable's name in it
 * @returns {Promise<string>} path of the executable in the cache
 */
export async function fillEntry(cache, name, fill) {
  await mkdir(cache, { recursive: true });
  await sweepStaging(cache);
  const staging = join(cache, `${STAGING}${process.pid}-${randomBytes(4).toString('hex')}`);
  const folder = join(cache, entryName(name));
  await mkdir(staging);
  try {
    const executable = await fill(staging);
    await writeFile(join(staging, MANIFEST), `${JSON.stringify({ executable })}\n`);
    await putInPlace(staging, folder, async () => Boolean(await cachedExecutable(cache, name)));
    // Another process may have been first: then its entry is used, which may name the file differently.
    return (await cachedExecutable(cache, name)) ?? join(folder, executable);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Renames; a whole entry that stands there already stays, a damaged one makes room. */
async function putInPlace(staging, folder, isWhole) {
  try {
    await rename(staging, folder);
  } catch (error) {
    if (await isWhole()) return;
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  }
}

/** Removes what a killed run left behind; the staging folders of living processes stay. */
async function sweepStaging(cache) {
  for (const entry of await readdir(cache)) {
    const pid = Number(entry.startsWith(STAGING) && entry.slice(STAGING.length).split('-')[0]);
    if (pid && !isAlive(pid)) await rm(join(cache, entry), { recursive: true, force: true });
  }
}

/** @throws when the file's SHA-256 is another than the one we know */
export async function verifySha256(path, expected) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const actual = hash.digest('hex');
  if (actual !== expected.toLowerCase()) throw new Error(`checksum mismatch: expected ${expected}, got ${actual}`);
}
