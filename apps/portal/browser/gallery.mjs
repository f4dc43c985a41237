import assert from 'node:assert/strict';
import { launchChromium, openContext, watchComplaints } from './chrome.mjs';
import { startFixtureGateway } from './fixture-gateway.mjs';

/**
 * One browser with one page for each width, and one gateway whose fixtures are new for each state. Loading a state is cheap
 * this way: the scripts are in the browser's cache, as they are for a person who comes back.
 */
export async function openGallery() {
  const gateway = await startFixtureGateway();
  const browser = await launchChromium();
  const pages = new Map();

  async function pageOf(width) {
    if (!pages.has(width)) {
      const page = await (await openContext(browser, { width })).newPage();
      pages.set(width, { page, size: page.viewportSize(), complaints: watchComplaints(page) });
    }
    return pages.get(width);
  }

  return {
    /**
     * Runs `look` on the state's page; nothing the page complains about is let pass.
     * @param {{ path: string, width?: number, change?: (world: object) => void, expected?: RegExp }} state
     *   `expected`: complaints that belong
     */
    async show({ path, width = 1280, change = () => {}, expected = /^$/ }, look) {
      const { page, size, complaints } = await pageOf(width);
      const world = gateway.renew();
      change(world);
      complaints.length = 0;
      await page.setViewportSize(size);
      try {
        await page.goto(gateway.address + path);
        await look(page, world);
        assert.deepEqual(
          complaints.filter((complaint) => !expected.test(complaint)),
          [],
        );
      } finally {
        await page.evaluate(() => localStorage.clear()).catch(() => {});
        // What the page still has on the way must not reach the next state.
        await page.goto('about:blank');
      }
    },
    async close() {
      await browser.close();
      await gateway.stop();
    },
  };
}
