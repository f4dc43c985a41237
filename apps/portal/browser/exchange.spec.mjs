// Signing in with a password: the form, its steps as they are made, what follows from a refusal, and the way off it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchChromium } from './chrome.mjs';
import { settled } from './checks.mjs';
import { exchangeOf, officeByPassword } from './fixtures/connections.mjs';
import { withPage } from './with-page.mjs';

const CANARY = 'canary-of-a-password';
const button = (page, name) => page.getByRole('button', { name, exact: true });
const open = async (page, address, path) => {
  await page.goto(address + path);
  await settled(page);
};
const alone = (world) => {
  world.connection = null;
  world.meetings = [];
};
const username = (page) => page.getByLabel('Exchange login username or UPN');
const password = (page) => page.getByRole('textbox', { name: 'Exchange login password' });
const isFocused = (field) => field.evaluate((element) => element === document.activeElement);
/** All that the browser keeps of a page. */
const kept = (page) =>
  page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state]));

describe('a password in the hands of a person', () => {
  let browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  it('connects Exchange by the keyboard alone, and leads back to what was granted', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        await open(page, address, '/profile/integration/connect');
        await page.getByRole('radio', { name: /^Exchange/ }).focus();
        await page.keyboard.press('Space');
        await page.getByRole('radio', { name: /^Exchange/, checked: true }).waitFor();
        await button(page, 'Next').press('Enter');
        await page.getByRole('radio', { name: 'Read and write' }).waitFor();
        await button(page, 'Next').press('Enter');
        await username(page).focus();
        await page.keyboard.type('ada@onpremises.example');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.type(CANARY);
        await page.keyboard.press('Enter');
        await page.getByText('Exchange is connected').waitFor();
        await page.getByText('Granted: Calendar (read and write)').waitFor();
        assert.equal(world.exchange.id, 'con_exchange');
        assert.equal((await kept(page)).includes(CANARY), false);
      },
      { change: alone },
    ));

  it('says at the field what was refused, keeps the rest over a reload, and never the password', () =>
    withPage(
      browser,
      async (page, { address }) => {
        await open(page, address, '/profile/integration/connect?service=exchange&step=form');
        await username(page).fill('ada@onpremises.example');
        await password(page).fill('wrong');
        await button(page, 'Connect').click();
        await page.getByText('Signing in did not work').waitFor();
        assert.equal(await isFocused(password(page)), true);
        await password(page).fill(CANARY);
        assert.equal((await kept(page)).includes(CANARY), false);
        await page.reload();
        await settled(page);
        assert.equal(await username(page).inputValue(), 'ada@onpremises.example');
        assert.equal(await password(page).inputValue(), '');
      },
      { change: alone },
    ));

  it('opens what is folded for a certificate that is not trusted, and takes a file', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        world.signInEnds = 'certificate_refused';
        await open(page, address, '/profile/integration/connect?service=exchange&step=form');
        await username(page).fill('ada@onpremises.example');
        await password(page).fill(CANARY);
        await button(page, 'Connect').click();
        const authorities = page.getByLabel('Certificate authority');
        await authorities.waitFor();
        assert.equal(await isFocused(authorities), true);
        const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
        await page
          .locator('input[type=file]')
          .setInputFiles({ name: 'authority.pem', mimeType: 'text/plain', buffer: Buffer.from(pem) });
        await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('MIIB'));
        world.signInEnds = 'done';
        await button(page, 'Connect').click();
        await page.getByText('Exchange is connected').waitFor();
      },
      { change: alone },
    ));

  it('is entered once more where a server does not take it any more', () =>
    withPage(
      browser,
      async (page, { address }) => {
        await open(page, address, '/profile/integration');
        await page.getByText('The password is not taken any more').waitFor();
        await page.getByRole('link', { name: 'Connect again' }).click();
        await password(page).fill(CANARY);
        await button(page, 'Connect again').click();
        await page.getByText('Exchange is connected').waitFor();
      },
      {
        change: (world) => {
          const problem = { code: 'password_refused', detail: 'Refused.', blame: 'user' };
          world.exchange = exchangeOf(Date.now(), { state: 'needs_reconnect', problem });
        },
      },
    ));

  it('is left behind with one click where an organisation has switched it off', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        await open(page, address, '/profile/integration');
        await button(page, 'Reconnect with Microsoft').click();
        await page.getByText('Office 365 is connected').waitFor();
        assert.equal(world.office.method, 'oauth2');
        assert.equal(world.office.id, 'con_office');
      },
      {
        change: (world) => {
          const problem = { code: 'switched_off', detail: 'Off.', blame: 'user' };
          world.office = officeByPassword(Date.now(), { state: 'needs_reconnect', problem });
        },
      },
    ));
});
