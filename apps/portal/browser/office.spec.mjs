// A second account at another service: connecting it with an administrator's approval, telling both apart, writing to it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchChromium } from './chrome.mjs';
import { settled } from './checks.mjs';
import { officeCalendar, waitingOffice, withOffice } from './fixtures/connections.mjs';
import { withPage } from './with-page.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const meeting = (world, wanted) => world.meetings.find(({ id }) => id === wanted);
const open = async (page, address, path) => {
  await page.goto(address + path);
  await settled(page);
};
const roadmapThere = (world) => {
  withOffice(world);
  Object.assign(meeting(world, 'mtg_plain'), { calendar: officeCalendar });
};

/** WCAG's contrast of each mark with the ground it stands on. */
const contrasts = (page) =>
  page.locator('[data-mark]').evaluateAll((marks) => {
    const painter = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const luminance = (colour) => {
      painter.fillStyle = colour;
      painter.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...painter.getImageData(0, 0, 1, 1).data].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = luminance(getComputedStyle(document.body).backgroundColor);
    return marks.map((mark) => {
      const [low, high] = [luminance(getComputedStyle(mark).backgroundColor), ground].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    });
  });

describe('a second account in the hands of a person', () => {
  let browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  it('is connected once an administrator has agreed, by a link that can be handed on', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        await open(page, address, '/profile/integration/connect');
        await page.getByRole('radio', { name: /^Office 365 Authorize with OAuth 2.0 \(recommended\)/ }).check();
        await button(page, 'Next').click();
        await page.getByRole('radio', { name: 'Read and write' }).waitFor();
        await button(page, 'Next').click();
        await page.getByText('You go on to Office 365').waitFor();
        await button(page, 'Next').click();
        await page.getByText('Office 365 waits for an administrator', { exact: true }).waitFor();
        await button(page, 'Copy link for the administrator').click();
        await button(page, 'Copied').waitFor();
        const { adminConsentUrl } = world.office;
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), adminConsentUrl);
        const link = page.getByRole('link', { name: 'Open it, if you are one yourself' });
        assert.equal(await link.getAttribute('href'), adminConsentUrl);
        const part = { state: 'needs_reconnect', freshness: { stale: true, sources: [] } };
        world.office = waitingOffice(Date.now(), {
          state: 'needs_reconnect',
          calendar: part,
          adminConsentUrl: undefined,
        });
        world.needsAdmin = false;
        world.tell('connection.changed');
        await page.getByText('An administrator has agreed').waitFor({ timeout: 5_000 });
        await button(page, 'Go on at Office 365').click();
        await page.getByText('Office 365 is connected').waitFor();
      },
      { change: (world) => (world.needsAdmin = true) },
    ));

  it('goes on from the connect page as well', () =>
    withPage(
      browser,
      async (page, { address }) => {
        await open(page, address, '/profile/integration/connect');
        await page.getByText('Waiting for an administrator. The way on is below.').waitFor();
        await button(page, 'Go on at Office 365').click();
        await page.getByText('Office 365 is connected').waitFor();
      },
      { change: (world) => (world.office = waitingOffice(Date.now())) },
    ));

  it('has colours of its own, seen on light and dark ground', () =>
    withPage(
      browser,
      async (page, { address }) => {
        await open(page, address, '/meetings');
        const legend = page.getByRole('list', { name: 'Colours of the calendars' });
        assert.deepEqual(await legend.getByRole('listitem').allTextContents(), [
          'Ada Lovelace Google',
          'Family Google',
          'Calendar Office 365',
          'Team Office 365',
        ]);
        const colours = await legend
          .locator('[data-mark]')
          .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).backgroundColor));
        assert.equal(
          colours.slice(0, 2).some((colour) => colours.slice(2).includes(colour)),
          false,
        );
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          await page.waitForFunction(
            (wanted) => document.documentElement.dataset.mantineColorScheme === wanted,
            colorScheme,
          );
          const found = await contrasts(page);
          assert.ok(found.length > 10 && found.every((contrast) => contrast >= 3), `${colorScheme}: ${found}`);
        }
      },
      { change: withOffice },
    ));

  it('is scheduled into by name, and keeps attendees here', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        await open(page, address, '/meetings/new');
        await page.getByLabel('Topic').fill('Over there');
        await page.getByRole('textbox', { name: 'Attendees' }).fill('ben@example.com,');
        await page.getByRole('combobox', { name: 'Calendar' }).click();
        await page.getByRole('group', { name: 'Office 365, ada@contoso.example' }).getByRole('option').first().click();
        await button(page, 'Schedule').click();
        await page.getByRole('link', { name: 'Open in Office 365 to confirm' }).waitFor();
        await page.getByText('Attendees are kept here only').waitFor();
        assert.equal(world.meetings.at(-1).calendar.id, 'cal_office');
      },
      { change: withOffice },
    ));

  it('sends no mail before a person has said so', () =>
    withPage(
      browser,
      async (page, { address, world }) => {
        await open(page, address, '/meetings/mtg_plain/edit');
        await page.getByLabel('Topic').fill('Roadmap and budget');
        await button(page, 'Save').click();
        const question = page.getByRole('alert').filter({ hasText: 'Office 365 sends mail about this' });
        await question.getByText('Mail would go to Ben Babbage and cleo@example.com.').waitFor();
        await button(page, 'Not now').click();
        await button(page, 'Save').waitFor();
        assert.equal(meeting(world, 'mtg_plain').title, 'Roadmap');
        await button(page, 'Save').click();
        await button(page, 'Save and send mail').click();
        await page.getByRole('heading', { level: 2, name: 'Roadmap and budget' }).waitFor();
        await button(page, 'Delete').click();
        await button(page, 'Delete meeting').click();
        await button(page, 'Delete and send mail').click();
        await page.waitForURL(/\/meetings$/);
        assert.equal(meeting(world, 'mtg_plain'), undefined);
      },
      { change: roadmapThere, expected: /409/ },
    ));
});
