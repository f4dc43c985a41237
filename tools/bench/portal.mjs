/** How long a person waits for the portal on a slow machine, and how much script comes over the line before that. */
import { launchChromium, openContext } from '../../apps/portal/browser/chrome.mjs';
import { signIn } from '../../apps/portal/browser/person.mjs';
import { median } from '../measure/pairs.mjs';
import { FREE_PORTS, startStack } from '../stack/index.mjs';
import { inTemporaryHome, ownStackEnv } from './parts/bench-home.mjs';
import { firstLoad } from './parts/first-load.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { connectUpToCallback, testKit } from './parts/stack-person.mjs';

const RUNS = 9;
const SLOWDOWN = 4;
const LIMIT_MS = 2_000;
const LIMIT_KB = 250;
const EMAIL = 'ada@example.com';
const PAGES = [
  { kind: 'sign-in', path: '/sign-in', what: 'sign-in, until it answers a form without an address' },
  { kind: 'meetings', path: '/meetings', what: 'Meetings, until the list is there and J has gone to its first one' },
];

/** A demo person with 2,000 events, all there. */
async function connect(stack) {
  const kit = await testKit();
  const person = await kit.Person.signIn(stack.addresses.gateway, EMAIL);
  const mailbox = await createMailbox(stack.addresses, 'portal@example.com', { near: 2_000 });
  const { id, token } = await connectUpToCallback(kit, person, mailbox.email);
  await token();
  await person.until(id, 'active', 120_000);
}

async function signedInCookies(browser, address) {
  const context = await openContext(browser);
  await signIn(await context.newPage(), address, EMAIL);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

async function measurePage(browser, address, { kind, path, what }, say) {
  const loads = { slowed: [], full: [] };
  let cookies = kind === 'meetings' ? await signedInCookies(browser, address) : [];
  for (let run = 0; run < RUNS + 1; run += 1) {
    const speeds = [
      ['slowed', SLOWDOWN],
      ['full', 1],
    ];
    for (const [speed, slowdown] of run % 2 ? speeds.reverse() : speeds) {
      const load = await firstLoad(browser, { address, path, kind, slowdown, cookies });
      if (kind === 'meetings') ({ cookies } = load);
      if (run > 0) loads[speed].push(load);
    }
  }
  const of = (speed, field) => loads[speed].map((load) => load[field]);
  const slowed = of('slowed', 'ms');
  say(`  ${kind}: ${slowed.map(Math.round).join(', ')} ms`);
  const ms = Math.round(median(slowed));
  const scriptKb = Math.round(Math.max(...of('slowed', 'scriptBytes')) / 100) / 10;
  return [
    {
      measure: `${what}, processor slowed ${SLOWDOWN} times`,
      ms,
      spread: [Math.round(Math.min(...slowed)), Math.round(Math.max(...slowed))],
      atFullSpeed: Math.round(median(of('full', 'ms'))),
      // Four times this is the least that a slowed processor needs; the rest is the line, the services and other work.
      mainThreadAtFullSpeed: Math.round(median(of('full', 'mainThreadMs'))),
      slowedByControl: Math.round((median(of('slowed', 'busyMs')) / median(of('full', 'busyMs'))) * 10) / 10,
      runs: RUNS,
      limit: `${LIMIT_MS} ms`,
      within: ms < LIMIT_MS,
    },
    {
      measure: `script over the line for the first load of ${kind}`,
      kilobytes: scriptKb,
      limit: `${LIMIT_KB} kB`,
      within: scriptKb < LIMIT_KB,
    },
  ];
}

export const bench = {
  name: 'portal',
  summary: 'the first load of the portal with an empty cache on a slow processor',
  run: ({ env, say }) =>
    inTemporaryHome(async (home) => {
      const own = ownStackEnv(env, { RATE_PERSON_PER_MINUTE: '10000000' });
      const stack = await startStack({ home, env: own, ports: FREE_PORTS, quiet: true });
      const browser = await launchChromium();
      try {
        await connect(stack);
        const measurements = [];
        for (const page of PAGES) {
          measurements.push(...(await measurePage(browser, stack.addresses.portal, page, say)));
        }
        return measurements;
      } finally {
        await browser.close();
        await stack.stop();
      }
    }),
};
