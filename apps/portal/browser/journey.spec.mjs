// The way of a person through the real stack, in a real browser: sign in, connect, see meetings arrive, delete. Each test
// goes on from the one before; every page on the way is checked for accessibility in light and dark.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FREE_PORTS, startStack } from '../../../tools/stack/index.mjs';
import { launchChromium, openContext, watchComplaints } from './chrome.mjs';
import { assertAccessibleInBothSchemes, settled } from './checks.mjs';
import { Mailbox } from './mailbox.mjs';
import { connectGoogle, signIn } from './person.mjs';

const EMAIL = 'ada@example.com';
/** A mailbox of this test's own, empty at first. */
const MAILBOX = 'ada.browser@example.com';
/** The end-to-end promise is two seconds; the rest is for a busy test machine. */
const LIVE_MS = 6_000;

describe('a person in the portal', { timeout: 300_000 }, () => {
  let folder;
  let stack;
  let browser;
  let page;
  let complaints;
  let mailbox;
  let address;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-browser-'));
    const inherited = Object.fromEntries(['PATH', 'HOME', 'DAYBOOK_CACHE'].map((name) => [name, process.env[name]]));
    stack = await startStack({ home: join(folder, 'home'), ports: FREE_PORTS, env: inherited, quiet: true });
    address = stack.addresses.portal;
    mailbox = await new Mailbox(stack.addresses, MAILBOX).create();
    browser = await launchChromium();
    page = await (await openContext(browser)).newPage();
    // Before anybody is signed in, the cookie is refused once.
    complaints = watchComplaints(page, /status of 401/);
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks to sign in, and refuses a wrong password in words', async () => {
    await page.goto(`${address}/`);
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel('Email address').fill(EMAIL);
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Sign-in did not work').waitFor();
    await assertAccessibleInBothSchemes(page, 'sign-in');
  });

  it('shows after the sign-in where meetings will be and how they get there', async () => {
    await signIn(page, address, EMAIL);
    await page.getByText('Your meetings will be here').waitFor();
    await assertAccessibleInBothSchemes(page, 'meetings without a connection');
  });

  it('says so when the person says no at the provider', async () => {
    await connectGoogle(page, address, MAILBOX, { allow: false });
    await page.getByText('Nothing was connected').waitFor();
    await assertAccessibleInBothSchemes(page, 'denied');
  });

  it('connects, and is back with what was granted', async () => {
    await connectGoogle(page, address, MAILBOX);
    await page.getByText('Google is connected').waitFor();
    await page.getByText('Granted: Calendar (read and write)').waitFor();
    await page.getByText('Working', { exact: true }).first().waitFor({ timeout: 30_000 });
    await assertAccessibleInBothSchemes(page, 'integration');
  });

  it('shows meetings by themselves, with Join or the reason why not', async () => {
    await page.goto(`${address}/meetings`);
    await settled(page);
    await mailbox.fill();
    await page.getByRole('link', { name: 'Join Connect flow review' }).waitFor({ timeout: 30_000 });
    await page.getByRole('listitem').filter({ hasText: 'Vendor call' }).getByText('Not a Zoom meeting').waitFor();
    await assertAccessibleInBothSchemes(page, 'meetings');
  });

  it('follows a change at the provider without a reload', async () => {
    const { id } = await mailbox.insert({
      summary: 'Coffee',
      start: { dateTime: new Date(Date.now() + 20 * 60_000).toISOString() },
      end: { dateTime: new Date(Date.now() + 50 * 60_000).toISOString() },
    });
    await page.getByRole('link', { name: 'Coffee', exact: true }).waitFor({ timeout: 30_000 });
    const changedAt = performance.now();
    await mailbox.patch(id, { summary: 'Tea' });
    await page.getByRole('link', { name: 'Tea', exact: true }).waitFor({ timeout: LIVE_MS });
    process.stdout.write(`change seen in the portal after ${Math.round(performance.now() - changedAt)} ms\n`);
    assert.equal(await page.getByRole('link', { name: 'Coffee', exact: true }).count(), 0);
  });

  it('explains a meeting', async () => {
    await page.getByRole('link', { name: 'Connect flow review', exact: true }).click();
    await page.getByText('862 1234 5678').waitFor();
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.getByText('The link was found in the location').waitFor();
    await assertAccessibleInBothSchemes(page, 'meeting');
  });

  for (const view of ['day', 'week', 'month']) {
    it(`shows the ${view}`, async () => {
      await page.goto(`${address}/meetings?view=${view}`);
      await page
        .getByRole('button', { name: /Release week/ })
        .first()
        .waitFor();
      await assertAccessibleInBothSchemes(page, view);
    });
  }

  it('finds meetings and speaks German', async () => {
    await page.goto(`${address}/meetings?q=webinar`);
    await page.getByRole('link', { name: 'Quarterly webinar', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.getByText('Meetings gehostet von').waitFor();
    await page.reload();
    await page.getByText('Meetings gehostet von').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Meetings hosted by').waitFor();
  });

  it('changes the time zone of the person', async () => {
    await page.goto(`${address}/profile/preferences`);
    await page.getByRole('combobox', { name: 'Time zone' }).fill('New York');
    await page.getByRole('option', { name: 'America/New York' }).click();
    await page.getByText('Saved.').waitFor();
    await assertAccessibleInBothSchemes(page, 'preferences');
  });

  it('schedules a series into the calendar, moves one of it, and deletes that again', async () => {
    await page.goto(`${address}/meetings`);
    await settled(page);
    await page.getByRole('link', { name: 'Schedule', exact: true }).click();
    await page.getByLabel('Topic').fill('Planning the journey');
    await page.getByRole('combobox', { name: 'Repeat' }).click();
    await page.getByRole('option', { name: 'Daily', exact: true }).click();
    await page.getByText('Every day, 10 times.').waitFor();
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByText('Scheduled.', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: 'Planning the journey', exact: true }).nth(1).click();
    await page.waitForURL(/\/meetings\/[^/]+\.\d{8}T\d{6}Z$/);
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Start').fill('06:25');
    await page.getByText('makes a separate event').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A separate event with the new time was made').waitFor();
    await assertAccessibleInBothSchemes(page, 'separate event');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete meeting' }).click();
    await page.waitForURL(/\/meetings$/);
  });

  it('deletes the connection and gives a receipt that completes', async () => {
    await page.goto(`${address}/profile/integration`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete connection' }).click();
    await page.getByText('Everything was removed by').waitFor({ timeout: 30_000 });
    await assertAccessibleInBothSchemes(page, 'receipt');
  });

  it('lets an administrator switch the integration off and on, and make a key', async () => {
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await signIn(page, address, 'admin@example.com');
    await page.getByRole('link', { name: 'Admin' }).click();
    await page.getByRole('switch').click();
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('The integration is off.').waitFor();
    await page.getByRole('switch').click();
    await page.getByText('The integration is on.').waitFor();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('What is it for?').fill('Room displays');
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByText(/^dbk_/).first().waitFor();
    await assertAccessibleInBothSchemes(page, 'new key');
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByText('Room displays').waitFor();
    await assertAccessibleInBothSchemes(page, 'admin');
  });

  it('has nothing to complain about on the way', () => assert.deepEqual(complaints, []));
});
