/** DAYBOOK_HOME: what stays between two starts. Secrets are made once, readable by their owner only. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { userNames } from './nats-users.mjs';

const OWNER_ONLY = 0o600;

/** Creates the folder (0700) and its parts. */
export async function openHome(home) {
  for (const part of ['', 'logs', 'mongo', 'nats', 'sandbox']) {
    await mkdir(join(home, part), { recursive: true, mode: 0o700 });
  }
}

/** Writes a file in one step: a reader sees the old or the new one, never half of it. */
export async function writeWhole(path, text) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.tmp`;
  const file = await open(draft, 'w', OWNER_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/**
 * The key of the credential vault: `MASTER_KEY`, else the one in the home, made at the first start.
 * @throws when the file is there but holds no key: a new one would make every stored credential unreadable
 */
export async function masterKey(home, given) {
  if (given) return given;
  const path = join(home, 'master.key');
  try {
    const key = (await readFile(path, 'utf8')).trim();
    if (!/^[0-9a-f]{64}$/i.test(key)) throw new Error(`${path} holds no key (64 hex digits); restore it from a backup`);
    return key;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    const key = randomBytes(32).toString('hex');
    await writeFile(path, `${key}\n`, { mode: OWNER_ONLY, flag: 'wx' });
    return key;
  }
}

/** Passwords of the broker's users, one file each (`nats-USER.password`), made once. */
export async function natsPasswords(home) {
  const passwords = {};
  for (const user of userNames) {
    const path = join(home, `nats-${user}.password`);
    const known = (await readFile(path, 'utf8').catch(() => '')).trim();
    passwords[user] = known || randomBytes(24).toString('base64url');
    if (!known) await writeWhole(path, `${passwords[user]}\n`);
  }
  return passwords;
}

/** Ports of what only this machine talks to, remembered from start to start. */
export async function rememberedPorts(home) {
  try {
    const ports = JSON.parse(await readFile(join(home, 'ports.json'), 'utf8'));
    return ports && typeof ports === 'object' ? ports : {};
  } catch {
    return {};
  }
}

export const rememberPorts = (home, ports) => writeWhole(join(home, 'ports.json'), `${JSON.stringify(ports)}\n`);
