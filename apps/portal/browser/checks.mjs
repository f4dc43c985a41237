import assert from 'node:assert/strict';
import axe from 'axe-core';

/** What depends on colours alone: all that can differ between light and dark, whose elements are the same. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
const LAID_OUT_MS = 5_000;

/** Fails with every violation that axe finds on what is shown now; `rules` only, if given. */
export async function assertAccessible(page, what, rules) {
  // By hand instead of by axe's own driver, which opens a second page for each look and is three times as slow.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const lines = await page.evaluate(async (runOnly) => {
    const options = { resultTypes: ['violations'], iframes: false, ...(runOnly ? { runOnly } : {}) };
    const { violations } = await window.axe.run(document, options);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ''} ${html.slice(0, 160)}`),
    );
  }, rules);
  assert.deepEqual(lines, [], `${what} has ${lines.length} accessibility violations`);
}

/** Nothing may stick out of the page sideways, once it has taken the size of its window. */
export async function assertNoSidewaysScroll(page, what) {
  const fits = () => document.documentElement.scrollWidth <= innerWidth;
  // What is laid out by script follows a new size some frames later; what never follows is told below.
  await page.waitForFunction(fits, undefined, { timeout: LAID_OUT_MS }).catch(() => {});
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${what} is ${content} px wide in a window of ${window}`);
}

/** Waits until the page has content and nothing is in the shape of something that is coming. */
export async function settled(page) {
  await page.locator('main h1:visible').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') === null);
}

/** Light and dark of what is shown now: everything once, and in the dark again what depends on colours. */
export async function assertAccessibleInBothSchemes(page, what) {
  await become(page, 'light');
  await assertAccessible(page, `${what}, light`);
  await become(page, 'dark');
  await assertAccessible(page, `${what}, dark`, OF_COLOURS);
}

/** Changes the language by the switch of the page, also where it is out of sight. */
export async function speak(page, language) {
  await page.locator(`button[lang=${language}]`).evaluate((button) => button.click());
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}

async function become(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, colorScheme);
  // Colours change with the next frames; a look in between would see a mixture.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
}
