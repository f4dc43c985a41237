// Scheduling, editing and deleting in the hands of a person, on the built files with fixtures behind them that are written.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchChromium } from './chrome.mjs';
import { settled } from './checks.mjs';
import { withPage } from './with-page.mjs';

const focused = (page) => page.evaluate(() => document.activeElement?.closest('[data-field]')?.dataset.field);
const meeting = (world, wanted) => world.meetings.find(({ id }) => id === wanted);
const button = (page, name) => page.getByRole('button', { name, exact: true });
const open = async (page, address, path) => {
  await page.goto(address + path);
  await settled(page);
};

describe('scheduling in the hands of a person', () => {
  let browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  it('is done by keyboard alone, from C to the meeting', () =>
    withPage(browser, async (page, { address, world }) => {
      await open(page, address, '/meetings?view=week');
      await page.keyboard.press('c');
      await page.getByRole('heading', { level: 1, name: 'Schedule a meeting' }).waitFor();
      assert.equal(await focused(page), 'topic');
      await page.keyboard.type('Planning cc');
      // Over date (three parts and its picker), start (two or three, and its picker) and length to the zone.
      for (let step = 0; (await focused(page)) !== 'zone' && step < 20; step += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Control+a');
      await page.keyboard.type('lisbon');
      // Nobody goes down a list that is not there yet.
      await page
        .getByRole('option', { name: /Lisbon/ })
        .first()
        .waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      for (let step = 0; (await focused(page)) !== 'attendees' && step < 20; step += 1)
        await page.keyboard.press('Tab');
      await page.keyboard.type('ben@example.com');
      await page.keyboard.press('Enter');
      for (let step = 0; step < 20; step += 1) {
        if (await page.evaluate(() => document.activeElement?.getAttribute('type') === 'submit')) break;
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Planning cc' }).waitFor();
      assert.match(page.url(), /\/meetings\/mtg_made\d+\?view=week$/);
      const made = world.meetings.at(-1);
      assert.equal(made.start.timeZone, 'Europe/Lisbon');
      assert.deepEqual(
        made.attendees.map(({ email }) => email),
        ['ben@example.com'],
      );
      assert.equal(made.calendar.id, 'cal_work');
    }));

  it('says for whom it waits while the provider does not answer, and can be withdrawn', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        await open(page, address, '/meetings/new');
        await page.getByLabel('Topic').fill('Waiting');
        await button(page, 'Schedule').click();
        await page.getByText(/^Waiting for Google since \d\d:\d\d$/).waitFor();
        await page.getByRole('img', { name: 'Waiting to be written' }).first().waitFor();
        await button(page, 'Withdraw').click();
        await page.waitForURL(/\/meetings$/);
        assert.equal(
          world.meetings.some(({ title }) => title === 'Waiting'),
          false,
        );
      },
      { change: (world) => (world.providerDown = true) },
    ));

  it('leads to more permission and brings back what was entered', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        await open(page, address, '/meetings/new');
        await page.getByLabel('Topic').fill('Half way');
        await button(page, 'Allow writing').click();
        await page.waitForURL(/result=connected/);
        assert.equal(world.connection.permissions.wanted.calendar, 'readWrite');
        await open(page, address, '/meetings/new');
        await page.getByText('What you had entered is back.').waitFor();
        assert.equal(await page.getByLabel('Topic').inputValue(), 'Half way');
        await page.reload();
        await settled(page);
        assert.equal(await page.getByLabel('Topic').inputValue(), '');
      },
      {
        change: (world) => {
          world.connection.permissions.wanted.calendar = 'read';
          world.connection.permissions.granted.calendar = 'read';
          world.consentNeeded = true;
        },
      },
    ));

  it('makes a separate event of a changed time, and shows both', () =>
    withPage(browser, async (page, { address, world }) => {
      await open(page, address, '/meetings/mtg_plain');
      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      await page.getByLabel('Start').fill('16:15');
      await button(page, 'Save').click();
      await page.getByText('A separate event with the new time was made').waitFor();
      const link = page.getByRole('link', { name: 'Open in Google to confirm' });
      assert.match(await link.getAttribute('href'), /eid=new$/);
      assert.equal(meeting(world, 'mtg_plain').start.dateTime.slice(11, 16), '09:00');
      await page.getByRole('link', { name: /^Show the old event: .*09:00/ }).click();
      await page.waitForURL(/\/mtg_plain$/);
    }));

  it('changes a whole series after asking, and its rule', () =>
    withPage(browser, async (page, { address, world }) => {
      await open(page, address, '/meetings/mtg_weekly/edit');
      await page.getByRole('radio', { name: 'The whole series' }).check();
      await button(page, 'Next').click();
      await page.getByRole('combobox', { name: 'Repeat' }).click();
      await page.getByRole('option', { name: 'Daily', exact: true }).click();
      await page.getByText('Every day, 20 times.').waitFor();
      await page.goBack();
      await button(page, 'Leave').click();
      await page.getByRole('radio', { name: 'The whole series' }).waitFor();
      await page.goForward();
      await page.getByRole('combobox', { name: 'Repeat' }).click();
      await page.getByRole('option', { name: 'Daily', exact: true }).click();
      await button(page, 'Save').click();
      await page.waitForURL(/\/meetings\/mtg_series$/);
      assert.deepEqual(meeting(world, 'mtg_weekly').series.rule, ['RRULE:FREQ=DAILY;COUNT=20']);
    }));

  it('goes on with what somebody else changed meanwhile', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        await open(page, address, '/meetings/mtg_plain/edit');
        await page.getByLabel('Topic').fill('Mine');
        Object.assign(meeting(world, 'mtg_plain'), { visibility: 'private', version: 'v2' });
        await button(page, 'Save').click();
        await page.getByText('visibility: As usual in the calendar → Private').waitFor();
        await button(page, 'Go on with the present version').click();
        await button(page, 'Save').click();
        await page.getByRole('heading', { level: 2, name: 'Mine' }).waitFor();
        assert.equal(meeting(world, 'mtg_plain').visibility, 'private');
      },
      { expected: /412/ },
    ));

  it('is not left with something entered before a person says so, nor is its tab closed', () =>
    withPage(browser, async (page, { address }) => {
      await open(page, address, '/meetings');
      await page.getByRole('link', { name: 'Schedule', exact: true }).click();
      await page.getByLabel('Topic').fill('Half way');
      await page.goBack();
      await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
      await button(page, 'Stay').click();
      const asked = page.waitForEvent('dialog');
      await page.close({ runBeforeUnload: true });
      assert.equal((await asked).type(), 'beforeunload');
      await (await asked).dismiss();
      assert.equal(await page.getByLabel('Topic').inputValue(), 'Half way');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await button(page, 'Leave').click();
      await page.waitForURL(/\/meetings$/);
    }));

  it('deletes after asking, and gives back the focus when nothing is deleted', () =>
    withPage(browser, async (page, { address, world }) => {
      await open(page, address, '/meetings/mtg_plain');
      await button(page, 'Delete').click();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(await page.evaluate(() => document.activeElement?.textContent?.slice(0, 50)), 'Delete');
      assert.match(page.url(), /mtg_plain$/);
      await button(page, 'Delete').click();
      await button(page, 'Delete meeting').click();
      await page.waitForURL(/\/meetings$/);
      assert.equal(meeting(world, 'mtg_plain'), undefined);
      await page.getByRole('link', { name: 'Roadmap', exact: true }).waitFor({ state: 'detached' });
    }));

  it('shows meetings without a calendar in every view', () =>
    withPage(browser, async (page, { address, world }) => {
      const day = meeting(world, 'mtg_nowhere').start.dateTime.slice(0, 10);
      for (const view of ['list', 'day', 'week', 'month']) {
        await open(page, address, `/meetings/mtg_nowhere?view=${view}&date=${day}`);
        await page.getByText('No calendar: it is kept in Daybook only.').waitFor();
      }
    }));
});
