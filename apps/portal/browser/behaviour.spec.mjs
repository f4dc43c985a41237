// How the portal behaves, on the built files with fixtures behind them: keyboard, live changes, reloads, size.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchChromium } from './chrome.mjs';
import { settled } from './checks.mjs';
import { withPage } from './with-page.mjs';

const FIRST_LOAD_SCRIPT_BYTES = 250_000;

describe('the portal in the hands of a person', () => {
  let browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  it('is moved through by keyboard alone', () =>
    withPage(browser, async (page, { address }) => {
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

  it('shows a change by its hint, without a reload', () =>
    withPage(browser, async (page, { address, world }) => {
      await page.goto(`${address}/meetings`);
      await settled(page);
      await page.getByText('Live', { exact: true }).waitFor();
      world.meetings.find((meeting) => meeting.title === 'Design review').title = 'Design review, moved';
      world.tell('meetings.changed');
      await page.getByRole('link', { name: 'Design review, moved', exact: true }).waitFor({ timeout: 5_000 });
    }));

  it('brings what is opened beside the list into sight, and leaves the list where it is', () =>
    withPage(browser, async (page, { address }) => {
      await page.goto(`${address}/meetings/mtg_0004`);
      await settled(page);
      // Not by the mouse of the test, which scrolls by itself to where it clicks.
      await page.getByRole('button', { name: 'Why?' }).evaluate((button) => button.click());
      const found = page.getByText('The link was found in the conference data');
      await found.waitFor();
      const [text, pane] = [await found.boundingBox(), await page.locator('[data-pane]').boundingBox()];
      assert.ok(text.y > pane.y && text.y + text.height < pane.y + pane.height, `${text.y} in ${pane.y}`);
      assert.equal(await page.evaluate(() => window.scrollY), 0);
    }));

  it('comes back to the page that asked to sign in', () =>
    withPage(
      browser,
      async (page, { address }) => {
        await page.goto(`${address}/profile/integration`);
        await page.waitForURL(/\/sign-in\?to=/);
        await page.getByLabel('Email address').fill('ada@example.com');
        await page.getByRole('textbox', { name: 'Password' }).fill('daybook');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.waitForURL(/\/profile\/integration$/);
      },
      { change: (world) => (world.signedIn = false), expected: /401/ },
    ));

  it('says to a newcomer only what is so', () =>
    withPage(
      browser,
      async (page, { address }) => {
        const comesTo = page.getByText('you come to the page you wanted');
        await page.goto(`${address}/`);
        await page.waitForURL(/\/sign-in$/);
        await page.getByLabel('Email address').waitFor();
        assert.equal(await comesTo.count(), 0);
        await page.goto(`${address}/profile/integration`);
        await comesTo.waitFor();
      },
      { change: (world) => (world.signedIn = false), expected: /401/ },
    ));

  it('loses nothing of the connect flow on reload, and back works', () =>
    withPage(
      browser,
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
      { change: (world) => (world.connection = null) },
    ));

  it(`sends less than ${FIRST_LOAD_SCRIPT_BYTES / 1000} kB of compressed script at the first load`, () =>
    withPage(browser, async (page, { address, world }) => {
      await page.goto(`${address}/meetings`);
      await settled(page);
      await page.waitForTimeout(500);
      const bytes = world.scriptBytes;
      process.stdout.write(`first load: ${Math.round(bytes / 1000)} kB of compressed script\n`);
      assert.ok(bytes > 50_000 && bytes < FIRST_LOAD_SCRIPT_BYTES, `${bytes} bytes`);
    }));
});
