/**
 * `npm run screenshots`: every page of the portal in every variant (light and dark, 360 and 1280 wide, English and German)
 * into `screenshots/`, from a stack of its own with a filled mailbox. `--only NAME` for developers, `--readme` writes the
 * pictures of the README instead.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareModules } from './embedded/modules.mjs';
import { endWithNpm } from './processes/end-with-npm.mjs';
import { createReport } from './processes/report.mjs';
import { root } from './stack/paths.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' }, readme: { type: 'boolean', default: false } } });
const report = createReport();
endWithNpm(() => process.exit(1));
await prepareModules({ root, report });
// Only now: what they import may have just been installed.
const { FREE_PORTS, startStack } = await import('./stack/index.mjs');
const { launchChromium } = await import('../apps/portal/browser/chrome.mjs');
const { takePictures, readmePictures, variants } = await import('../apps/portal/browser/pictures.mjs');

const folder = await mkdtemp(join(tmpdir(), 'daybook-screenshots-'));
const target = join(root, ...(values.readme ? ['docs', 'images'] : ['screenshots']));
let stack;
let browser;
try {
  // Servers and clients of somebody's `.env` are not touched: the pictures show a stack of their own.
  const env = Object.fromEntries(['PATH', 'HOME', 'DAYBOOK_CACHE'].map((name) => [name, process.env[name]]));
  stack = await startStack({ home: join(folder, 'home'), ports: FREE_PORTS, env, report });
  browser = await launchChromium();
  await mkdir(target, { recursive: true });
  const wanted = values.readme ? readmePictures : variants(values.only);
  const taken = await takePictures({
    browser,
    addresses: stack.addresses,
    wanted,
    target,
    tell: (line) => report.say(line),
  });
  report.say(`${taken} pictures in ${target}`);
} finally {
  await browser?.close();
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
