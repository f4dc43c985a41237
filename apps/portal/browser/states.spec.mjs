// Every state of every page, on the built portal with fixtures behind it. The pages themselves are also walked through on a
// whole stack, in journey.spec.mjs.
import { after, before, describe, it } from 'node:test';
import { assertAccessibleInBothSchemes, assertNoSidewaysScroll, settled, speak } from './checks.mjs';
import { openGallery } from './gallery.mjs';
import { states } from './states.mjs';

const NARROWEST = 360;
const WIDEST = 2560;

describe('the portal, state by state', () => {
  let gallery;
  before(async () => {
    gallery = await openGallery();
  });
  after(() => gallery?.close());

  for (const state of states) {
    it(`${state.name}: no accessibility violation in light and dark, nothing sticks out`, () =>
      gallery.show(state, async (page, world) => {
        await (state.arrived ?? settled)(page);
        await state.act?.(page, world);
        await assertAccessibleInBothSchemes(page, state.name);
        for (const language of ['en', 'de']) {
          await speak(page, language);
          for (const width of [NARROWEST, WIDEST]) {
            await page.setViewportSize({ width, height: 800 });
            await assertNoSidewaysScroll(page, `${state.name} at ${width} in ${language}`);
          }
        }
      }));
  }
});
