// Every state of every page, on the built portal with fixtures behind it: looks, accessibility, keyboard, budget.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchChromium, openContext, watchComplaints } from './chrome.mjs';
import { assertAccessibleInBothSchemes, assertNoSidewaysScroll, settled } from './checks.mjs';
import { startFixtureGateway } from './fixture-gateway.mjs';
import { states } from './states.mjs';

const FIRST_LOAD_SCRIPT_BYTES = 250_000;

describe('the portal, state by state', () => {
  let browser;
  let gateway;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  async function withPage(run, look = {}, { change = () => {}, expected } = {}) {
    gateway = await startFixtureGateway();
    change(gateway.world);
    const context = await openContext(browser, look);
    const page = await context.newPage();
    const complaints = watchComplaints(page, expected);
    try {
      await run(page, gateway);
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
      await gateway.stop();
    }
  }

  for (const { name, path, change, act, expected, width } of states) {
    it(`${name}: no accessibility violation in light and dark, nothing sticks out`, async () => {
      const look = { width: width ?? 1280 };
      await withPage(
        async (page, { address, world }) => {
          await page.goto(address + path);
          await settled(page);
          await act?.(page, world);
          await assertAccessibleInBothSchemes(page, name);
          for (const narrow of [360, 2560]) {
            await page.setViewportSize({ width: narrow, height: 800 });
            await assertNoSidewaysScroll(page, `${name} at ${narrow}`);
          }
        },
        look,
        { change, expected },
      );
    });
  }

  it('is moved through by keyboard alone', () =>
    withPage(async (page, { address }) => {
      await page.goto(`${address}/meetings`);
      await settled(page);
      await page.keyboard.press('j');
      const first = await page.evaluate(() => document.activeElement?.textContent);
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), first);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 2, name: first }).waitFor();
      await page.keyboard.press('Escape');
      await page.waitForURL(/\/meetings$/);
      await page.keyboard.press('/');
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Search meetings');
    }));

  it('shows a change within a second of its hint, without a reload', () =>
    withPage(async (page, { address, world }) => {
      await page.goto(`${address}/meetings`);
      await settled(page);
      await page.getByText('Live', { exact: true }).waitFor();
      world.meetings.find((meeting) => meeting.title === 'Design review').title = 'Design review, moved';
      world.tell('meetings.changed');
      await page.getByRole('link', { name: 'Design review, moved', exact: true }).waitFor({ timeout: 1_500 });
    }));

  it('comes back to the page that asked to sign in', () =>
    withPage(
      async (page, { address }) => {
        await page.goto(`${address}/profile/integration`);
        await page.waitForURL(/\/sign-in\?to=/);
        await page.getByLabel('Email address').fill('ada@example.com');
        await page.getByRole('textbox', { name: 'Password' }).fill('daybook');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.waitForURL(/\/profile\/integration$/);
      },
      {},
      { change: (world) => (world.signedIn = false), expected: /401/ },
    ));

  it('loses nothing of the connect flow on reload, and back works', () =>
    withPage(
      async (page, { address }) => {
        await page.goto(`${address}/profile/integration/connect`);
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByRole('radio', { name: /^Read Your/ }).click();
        await page.getByRole('radio', { name: /^Read Your/, checked: true }).waitFor();
        await page.reload();
        await page.getByRole('radio', { name: /^Read Your/, checked: true }).waitFor();
        await page.goBack();
        await page.getByRole('radio', { name: 'Google', checked: true }).waitFor();
      },
      {},
      { change: (world) => (world.connection = null) },
    ));

  it(`sends less than ${FIRST_LOAD_SCRIPT_BYTES / 1000} kB of compressed script at the first load`, () =>
    withPage(async (page, { address, world }) => {
      await page.goto(`${address}/meetings`);
      await settled(page);
      await page.waitForTimeout(500);
      const bytes = world.scriptBytes;
      process.stdout.write(`first load: ${Math.round(bytes / 1000)} kB of compressed script\n`);
      assert.ok(bytes > 50_000 && bytes < FIRST_LOAD_SCRIPT_BYTES, `${bytes} bytes`);
    }));
});
