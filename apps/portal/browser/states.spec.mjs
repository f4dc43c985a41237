// Every state of every page, on the built portal with fixtures behind it: `node --test apps/portal/browser/states.spec.mjs`.
// The pages themselves are checked in journey.spec.mjs on a whole stack; this is for whoever changes how something looks.
import { after, before, describe, it } from 'node:test';
import { launchChromium } from './chrome.mjs';
import { assertAccessibleInBothSchemes, assertNoSidewaysScroll, settled } from './checks.mjs';
import { states } from './states.mjs';
import { withPage } from './with-page.mjs';

describe('the portal, state by state', () => {
  let browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  for (const { name, path, change, act, expected, width = 1280 } of states) {
    it(`${name}: no accessibility violation in light and dark, nothing sticks out`, () =>
      withPage(
        browser,
        async (page, { address, world }) => {
          await page.goto(address + path);
          await settled(page);
          await act?.(page, world);
          await assertAccessibleInBothSchemes(page, name);
          for (const other of [360, 2560]) {
            await page.setViewportSize({ width: other, height: 800 });
            await assertNoSidewaysScroll(page, `${name} at ${other}`);
          }
        },
        { look: { width }, change, expected },
      ));
  }
});
