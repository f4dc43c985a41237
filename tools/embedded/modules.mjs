/** The packages of `package-lock.json`, installed when they are not. Plain Node: this runs before anything is there. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/run-command.mjs';
import { withSignsOfLife } from './obtain.mjs';

const STAMP = '.daybook-installed';

const readJson = async (path) => JSON.parse(await readFile(path, 'utf8'));

/**
 * Whether npm's own record of what it installed names everything the lock wants. Optional packages for other platforms
 * are not installed and not missed.
 */
export function isInstalled(lock, installed) {
  return Object.entries(lock.packages ?? {}).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true;
    const found = installed.packages?.[path];
    if (!found) return Boolean(wanted.optional || wanted.peer);
    return found.version === wanted.version;
  });
}

/**
 * Runs `npm ci` when `node_modules` is missing or differs from the lock.
 * @param {{ root: string, report: ReturnType<typeof import('../processes/report.mjs').createReport> }} given
 */
export async function prepareModules({ root, report }) {
  const lockText = await readFile(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const stamp = join(root, 'node_modules', STAMP);
  if ((await readFile(stamp, 'utf8').catch(() => '')).trim() === hash) return;
  const record = await readJson(join(root, 'node_modules', '.package-lock.json')).catch(() => ({}));
  if (!isInstalled(JSON.parse(lockText), record)) {
    report.say('Installing packages (npm ci) …');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const install = () => runCommand(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root, timeoutMs: 900_000 });
    await withSignsOfLife('Packages', 'npm ci', report, install);
    report.say('Packages are installed');
  }
  await writeFile(stamp, `${hash}\n`);
}
