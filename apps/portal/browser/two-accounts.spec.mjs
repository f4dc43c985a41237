// One person with a calendar at Google and one at Office 365, and one whose organisation wants an administrator to agree:
// through the real stack, in a real browser. Each test goes on from the one before.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FREE_PORTS, startStack } from '../../../tools/stack/index.mjs';
import { assertAccessibleInBothSchemes, settled } from './checks.mjs';
import { launchChromium, openContext } from './chrome.mjs';
import { Mailbox, OfficeMailbox } from './mailbox.mjs';
import { connectGoogle, openProvider, signIn } from './person.mjs';

const GOOGLE = 'ada.private@example.com';
const OFFICE = 'ada@working.example';
const WAITING = 'ben@approving.example';
const ADMIN = 'admin@approving.example';
const ZONE = 'Europe/Berlin';
const DAY = 86_400_000;
/** The end-to-end promise is two seconds; the rest is for a busy test machine. */
const LIVE_MS = 6_000;

/** A civil day so many days ahead. */
const day = (ahead) => new Date(Date.now() + ahead * DAY).toISOString().slice(0, 10);
const at = (date, clock) => ({ dateTime: `${date}T${clock}:00`, timeZone: ZONE });

describe('a person with two accounts', { timeout: 300_000 }, () => {
  let folder;
  let stack;
  let browser;
  let page;
  let address;
  let google;
  let office;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-two-accounts-'));
    const inherited = Object.fromEntries(['PATH', 'HOME', 'DAYBOOK_CACHE'].map((name) => [name, process.env[name]]));
    stack = await startStack({ home: join(folder, 'home'), ports: FREE_PORTS, env: inherited, quiet: true });
    address = stack.addresses.portal;
    google = await new Mailbox(stack.addresses, GOOGLE).create();
    office = await new OfficeMailbox(stack.addresses, OFFICE).create();
    browser = await launchChromium();
    page = await (await openContext(browser)).newPage();
    await signIn(page, address, 'ada@example.com');
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('connects Google, and Office 365 beside it', async () => {
    await connectGoogle(page, address, GOOGLE);
    await page.getByText('Google is connected').waitFor();
    await openProvider(page, address, 'Office 365');
    await page.locator(`button[name=account][value="${OFFICE}"]`).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(/\/profile\/integration\?/);
    await page.getByText('Office 365 is connected').waitFor();
    for (const account of [GOOGLE, OFFICE]) await page.getByText(account).first().waitFor();
    await page.getByText('Working', { exact: true }).nth(1).waitFor({ timeout: 30_000 });
    await assertAccessibleInBothSchemes(page, 'two accounts');
  });

  it('sees what is in both, and a series with a moved and a removed occurrence as it is there', async () => {
    await google.insert({ summary: 'Private errand', start: at(day(1), '08:00'), end: at(day(1), '09:00') });
    const pattern = { type: 'daily', interval: 1 };
    const range = { type: 'numbered', startDate: day(1), numberOfOccurrences: 4 };
    const times = { start: at(day(1), '10:00'), end: at(day(1), '10:30') };
    const series = await office.insert({ subject: 'Round of four', ...times, recurrence: { pattern, range } });
    const span = [`${day(0)}T00:00:00Z`, `${day(9)}T00:00:00Z`];
    const [, second, third] = await office.instances(series.id, ...span);
    await office.patch(second.id, { subject: 'Round, moved', start: at(day(2), '15:00'), end: at(day(2), '15:30') });
    await office.remove(third.id);
    await page.goto(`${address}/meetings`);
    await page.getByRole('link', { name: 'Private errand', exact: true }).waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Round, moved', exact: true }).waitFor({ timeout: 30_000 });
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll('a')].filter(({ textContent }) => textContent === 'Round of four').length === 2,
    );
    await assertAccessibleInBothSchemes(page, 'meetings of two accounts');
  });

  it('follows a change at Office 365 without a reload', async () => {
    const event = await office.insert({ subject: 'Coffee', start: at(day(1), '12:00'), end: at(day(1), '12:30') });
    await page.getByRole('link', { name: 'Coffee', exact: true }).waitFor({ timeout: 30_000 });
    await office.patch(event.id, { subject: 'Tea' });
    await page.getByRole('link', { name: 'Tea', exact: true }).waitFor({ timeout: LIVE_MS });
    assert.equal(await page.getByRole('link', { name: 'Coffee', exact: true }).count(), 0);
  });

  it('schedules into the calendar of its choice', async () => {
    for (const [account, topic] of [
      [OFFICE, 'For the office'],
      [GOOGLE, 'For myself'],
    ]) {
      await page.goto(`${address}/meetings/new`);
      await settled(page);
      await page.getByLabel('Topic').fill(topic);
      await page.getByRole('combobox', { name: 'Calendar' }).click();
      await page
        .getByRole('group', { name: new RegExp(account) })
        .getByRole('option')
        .first()
        .click();
      await page.getByRole('button', { name: 'Schedule', exact: true }).click();
      await page.getByText('Scheduled.', { exact: true }).first().waitFor();
    }
    const { value } = await office.graph('GET', '/me/events?$top=50');
    assert.deepEqual(
      value.map(({ subject }) => subject).filter((subject) => subject.startsWith('For ')),
      ['For the office'],
    );
  });

  it('waits for an administrator, who agrees by the link, and goes on then', async () => {
    const waiting = await new OfficeMailbox(stack.addresses, WAITING).create();
    await new OfficeMailbox(stack.addresses, ADMIN).create();
    await waiting.addFault('admin_approval');
    const bens = await (await openContext(browser)).newPage();
    await signIn(bens, address, 'ben@example.com');
    await openProvider(bens, address, 'Office 365');
    await bens.locator(`button[name=account][value="${WAITING}"]`).click();
    await bens.getByRole('button', { name: /Return to the application/ }).click();
    await bens.waitForURL(/result=awaiting_admin/);
    await bens.getByText('An administrator has to agree at Office 365').first().waitFor();
    await assertAccessibleInBothSchemes(bens, 'waiting for an administrator');
    const link = await bens.getByRole('link', { name: /Open it, if you are one yourself/ }).getAttribute('href');

    const admins = await (await openContext(browser)).newPage();
    await admins.goto(link);
    await admins.locator(`button[name=account][value="${ADMIN}"]`).click();
    await admins.getByRole('button', { name: 'Accept' }).click();
    await admins.getByRole('heading', { name: 'Thank you, Daybook is approved' }).waitFor();
    await assertAccessibleInBothSchemes(admins, 'approved');

    await bens.getByText('An administrator has agreed').first().waitFor({ timeout: 30_000 });
    await bens.getByRole('button', { name: 'Go on at Office 365' }).first().click();
    await bens.locator(`button[name=account][value="${WAITING}"]`).click();
    await bens.waitForURL(/result=connected/);
    await bens.getByText('Working', { exact: true }).first().waitFor({ timeout: 30_000 });
  });
});
