/** A first load in a real browser with a slowed processor: when the page answers a person, and what it took over the line. */
import { openContext } from '../../../apps/portal/browser/chrome.mjs';

const LONGEST_MS = 60_000;

/**
 * Runs in the page from its very start: does again with each frame what a person would do first, until the page has answered,
 * and notes when that answer was on the screen.
 */
function noteAnswer(kind) {
  const ways = {
    // An empty form is handed in: the field that is missing is marked.
    'sign-in': {
      act: () => document.querySelector('button[type=submit]:enabled')?.click(),
      answered: () => document.querySelector('input[aria-invalid=true]') !== null,
    },
    // The list is there, and J goes to its first meeting.
    meetings: {
      act: () => {
        if (!document.querySelector('[data-meeting-row]')) return;
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true }));
      },
      answered: () => document.activeElement?.matches('[data-meeting-row]') === true,
    },
  };
  const { act, answered } = ways[kind];
  const look = () => {
    if (document.body) act();
    if (!document.body || !answered()) return void requestAnimationFrame(look);
    // After the frame that shows it.
    requestAnimationFrame(() => setTimeout(() => (window.answeredAt = performance.now())));
  };
  requestAnimationFrame(look);
}

/** The same work at both speeds says whether the browser really was slowed. */
function busyMs() {
  const started = performance.now();
  let sum = 0;
  for (let step = 0; step < 20_000_000; step += 1) sum += step % 7;
  return sum > 0 ? performance.now() - started : 0;
}

/** What the page's main thread has used of a processor so far: other work of the machine is not in it. */
async function processorClock(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

/**
 * Opens `path` with nothing cached.
 * @param {{ address: string, path: string, kind: 'sign-in' | 'meetings', slowdown: number, cookies?: object[] }} wanted
 * @returns {Promise<{ ms: number, mainThreadMs: number, scriptBytes: number, busyMs: number, cookies: object[] }>} `ms` from
 *   the navigation until the page has answered; `cookies` as they are then: each use of the refresh cookie makes another
 */
export async function firstLoad(browser, { address, path, kind, slowdown, cookies = [] }) {
  const context = await openContext(browser);
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    // A file of the same origin first: the process that is slowed is then the one that shows the page.
    await page.goto(`${address}/icon.svg`);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const processorMs = await processorClock(devtools);
    await page.addInitScript(noteAnswer, kind);
    await page.goto(address + path, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.answeredAt !== undefined, null, { polling: 100, timeout: LONGEST_MS });
    const mainThreadMs = (await processorClock(devtools)) - processorMs;
    const { ms, scriptBytes } = await page.evaluate(() => ({
      ms: window.answeredAt,
      scriptBytes: performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.endsWith('.js'))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    }));
    return { ms, mainThreadMs, scriptBytes, busyMs: await page.evaluate(busyMs), cookies: await context.cookies() };
  } finally {
    await context.close();
  }
}
