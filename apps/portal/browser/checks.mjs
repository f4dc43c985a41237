import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

/** Fails with every violation that axe finds on what is shown now. */
export async function assertAccessible(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const lines = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  assert.deepEqual(lines, [], `${what} has ${lines.length} accessibility violations`);
}

/** Nothing may stick out of the page sideways. */
export async function assertNoSidewaysScroll(page, what) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${what} is ${content} px wide in a window of ${window}`);
}

/** Waits until the page has content and nothing is in the shape of something that is coming. */
export async function settled(page) {
  await page.locator('main h1:visible').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') === null);
}

/** Light and dark of what is shown now. */
export async function assertAccessibleInBothSchemes(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, colorScheme);
    // Colours change with the next frames; a look in between would see a mixture.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
    await assertAccessible(page, `${what}, ${colorScheme}`);
  }
}
