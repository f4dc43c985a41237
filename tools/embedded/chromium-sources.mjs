/** Where a browser for tests comes from, in order. Playwright drives any recent Chromium. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from '../stack/paths.mjs';
import { runCommand } from '../processes/run-command.mjs';
import { openUrl } from './fetch-file.mjs';
import { obtain, versionCheck } from './obtain.mjs';
import { onPath } from './on-path.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SHELL = 'chromium-headless-shell';
const EXECUTABLES = ['chrome-headless-shell', 'chrome-headless-shell.exe', 'headless_shell', 'headless_shell.exe'];

/**
 * @param {{ cache: string, env?: NodeJS.ProcessEnv, report: ReturnType<typeof import('../processes/report.mjs').createReport> }} given
 * @returns {Promise<{ path: string, version: string, source: string }>}
 */
export function obtainChromium({ cache, env = process.env, report }) {
  const browsers = join(cache, 'browsers');
  const isRoot = process.getuid?.() === 0;
  return obtain({
    label: 'Chromium',
    report,
    check: versionCheck(/(\d+\.\d+\.\d+\.\d+)/, [100, 0]),
    sources: [
      { name: 'CHROME_PATH', find: async () => env.CHROME_PATH },
      { name: 'PATH', find: async () => onPath(NAMES, env) },
      { name: 'cache', find: () => downloaded(browsers) },
      { name: "Playwright's download", slow: true, find: () => fromPlaywright(browsers) },
      ...(isRoot && process.platform === 'linux'
        ? [{ name: "Debian's package", slow: true, find: () => fromDebian(env) }]
        : []),
    ],
    advice: 'Install Chromium or Chrome so that it is on PATH, or set CHROME_PATH to its executable.',
  });
}

/** Playwright marks a folder when its browser is complete; others are leftovers of a download cut short. */
async function downloaded(browsers) {
  for (const folder of await readdir(browsers).catch(() => [])) {
    if (!existsSync(join(browsers, folder, 'INSTALLATION_COMPLETE'))) continue;
    const files = await readdir(join(browsers, folder), { recursive: true });
    const found = files.find((file) => EXECUTABLES.includes(basename(file)));
    if (found) return join(browsers, folder, found);
  }
  return undefined;
}

async function fromPlaywright(browsers) {
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: browsers };
  const install = (...flags) =>
    runCommand(process.execPath, [cli, 'install', ...flags, SHELL], { env, timeoutMs: 300_000 });
  const url = /Download url:\s+(\S+)/.exec(await install('--dry-run'))?.[1];
  if (!url) throw new Error('it knows no browser for this platform');
  // It would try five times: first see whether anybody answers.
  (await openUrl(url, { method: 'HEAD' })).destroy();
  await install();
  return downloaded(browsers);
}

async function fromDebian(env) {
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 600_000 };
  const install = () => runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  try {
    await install();
  } catch {
    await runCommand('apt-get', ['update'], options);
    await install();
  }
  return onPath(NAMES, env);
}
