import { join } from 'node:path';
import { openContext } from './chrome.mjs';
import { settled } from './checks.mjs';
import { Mailbox } from './mailbox.mjs';
import { connectByPassword, connectGoogle, fillSignIn, signIn } from './person.mjs';

const ADA = 'ada@example.com';
const BEN = 'ben@example.com';
const ADMIN = 'admin@example.com';
const ZONE = 'Europe/Berlin';

const openMeeting = (title) => async (page) => {
  await page.getByRole('link', { name: title, exact: true }).first().click();
  await page.waitForURL(/\/meetings\/./);
  await page.getByText('482913', { exact: true }).waitFor();
};

/** A weekly meeting in the middle of being scheduled, in whatever language it is. */
const fillSchedule = async (page) => {
  await page.locator('[data-field=topic] input').fill('Planning the spring');
  await page.locator('[data-field=attendees] input').fill('ben@example.com, cleo@example.com,');
  await page.getByRole('combobox', { name: /^(Repeat|Wiederholen)$/ }).click();
  await page.getByRole('option', { name: /^(Weekly|Wöchentlich)$/ }).click();
  await page.locator('[data-field=repeat]').waitFor();
  await page.locator('[data-field=topic] input').focus();
};

const changeStart = async (page) => {
  await page.locator('[data-field=time] input').fill('17:15');
  await page.locator('form [role=status]').filter({ hasText: 'Google' }).scrollIntoViewIfNeeded();
};

const askToDelete = async (page) => {
  await page.getByRole('button', { name: /^(Delete|Löschen)$/ }).click();
  await page.getByRole('dialog').waitFor();
};

const PASSWORD_FORM = '/profile/integration/connect?service=exchange&step=form';

/** A password that is not taken: the steps on the way there, and what helps. */
const failToSignIn = async (page) => {
  await fillSignIn(page, { username: BEN, password: 'wrong' });
  await page.locator('form button[type=submit]').click();
  await page.getByRole('alert').waitFor();
};

/** A day of a week that is full, whatever day it is today. */
function comingWednesday() {
  const day = new Date(Date.now() + 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((10 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

/** Every page: who looks at it, where it is, what is done on it before the picture. */
export const pages = [
  { name: 'sign-in', person: null, path: '/sign-in' },
  { name: 'welcome', person: null, path: '/welcome?token=one-time-token' },
  { name: 'approved', person: null, path: '/approval?result=approved' },
  { name: 'not-approved', person: null, path: '/approval?result=refused' },
  { name: 'meetings', person: ADA, path: '/meetings' },
  { name: 'meetings-day', person: ADA, path: '/meetings?view=day' },
  { name: 'meetings-week', person: ADA, path: `/meetings?view=week&date=${comingWednesday()}` },
  { name: 'meetings-month', person: ADA, path: '/meetings?view=month' },
  { name: 'meeting', person: ADA, path: '/meetings', act: openMeeting('Connect flow review') },
  { name: 'schedule', person: ADA, path: '/meetings/new', act: fillSchedule },
  { name: 'meeting-ours', person: ADA, path: ({ meeting }) => meeting },
  { name: 'edit-scope', person: ADA, path: ({ meeting }) => `${meeting}/edit` },
  { name: 'edit', person: ADA, path: ({ meeting }) => `${meeting}/edit?scope=this`, act: changeStart },
  { name: 'delete-meeting', person: ADA, path: ({ meeting }) => meeting, act: askToDelete },
  { name: 'meetings-empty', person: BEN, path: '/meetings' },
  { name: 'integration', person: ADA, path: '/profile/integration' },
  { name: 'integration-empty', person: BEN, path: '/profile/integration' },
  { name: 'connect-service', person: BEN, path: '/profile/integration/connect' },
  { name: 'connect-permissions', person: BEN, path: '/profile/integration/connect?service=google&step=permissions' },
  {
    name: 'connect-method',
    person: BEN,
    path: '/profile/integration/connect?service=office365&step=method&method=ews',
  },
  { name: 'connect-password', person: BEN, path: PASSWORD_FORM },
  { name: 'connect-password-refused', person: BEN, path: PASSWORD_FORM, act: failToSignIn },
  { name: 'integration-password', person: ADMIN, path: '/profile/integration' },
  {
    name: 'connected',
    person: ADA,
    path: ({ connection }) => `/profile/integration?result=connected&connection=${connection}`,
  },
  { name: 'configure', person: ADA, path: ({ connection }) => `/profile/integration/${connection}/configure` },
  { name: 'receipt', person: BEN, path: ({ receipt }) => receipt },
  { name: 'preferences', person: ADA, path: '/profile/preferences' },
  { name: 'admin', person: ADMIN, path: '/admin' },
];

const looks = ['light', 'dark'].flatMap((scheme) =>
  [360, 1280].flatMap((width) => ['en', 'de'].map((language) => ({ scheme, width, language }))),
);

/** All pages in all variants, or those whose name holds `only`. */
export function variants(only = '') {
  return pages
    .filter(({ name }) => name.includes(only))
    .flatMap((shown) =>
      looks.map((look) => ({
        ...shown,
        look,
        file: `${shown.name}-${look.scheme}-${look.width}-${look.language}.png`,
      })),
    );
}

const page = (name) => pages.find((shown) => shown.name === name);
const wide = { width: 1280, language: 'en', scheme: 'light' };

const explain = async (page) => {
  await openMeeting('Connect flow review')(page);
  const why = page.getByRole('button', { name: 'Why?' });
  await why.click();
  await page.getByText('The link was found').waitFor();
};

/** The four that the README shows. */
export const readmePictures = [
  { ...page('meetings'), look: wide, file: 'meetings-light.png' },
  { ...page('meeting'), act: explain, look: { ...wide, scheme: 'dark' }, file: 'detail-dark.png' },
  { ...page('integration'), look: wide, file: 'integration-light.png' },
  { ...page('meetings-week'), look: { ...wide, scheme: 'dark' }, file: 'week-dark.png' },
];

/**
 * Prepares ada's week and takes the pictures, signed in once for each person.
 * @returns how many were taken
 */
export async function takePictures({ browser, addresses, wanted, target, tell }) {
  const { signedIn, made } = await prepare({ browser, addresses });
  for (const { person, path, act, look, file } of wanted) {
    const context = await openContext(browser, { ...look, timeZone: ZONE });
    const page = await context.newPage();
    if (person) await changeLanguage(context, page, { address: addresses.portal, person, signedIn, look });
    await page.goto(`${addresses.portal}${typeof path === 'string' ? path : path(made)}`);
    await settled(page);
    await act?.(page);
    // Fonts and the live line settle within a moment.
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(target, file) });
    tell(file);
    if (person) signedIn.set(person, await context.cookies());
    await context.close();
  }
  return wanted.length;
}

/** The refresh cookie goes from context to context: each use turns it into the next. */
async function changeLanguage(context, page, { address, person, signedIn, look }) {
  await context.addCookies(signedIn.get(person));
  await page.goto(`${address}/profile/preferences`);
  await settled(page);
  const name = look.language === 'de' ? 'Deutsch' : 'English';
  const field = page.getByRole('combobox').first();
  if ((await field.inputValue()) === name) return;
  await field.click();
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await page.getByRole('option', { name }).click();
  await saved;
}

async function prepare({ browser, addresses }) {
  await new Mailbox(addresses, ADA).fill();
  await new Mailbox(addresses, BEN).fill();
  const signedIn = new Map();
  const made = {};
  for (const person of [ADA, BEN, ADMIN]) {
    const context = await openContext(browser, { timeZone: ZONE });
    const page = await context.newPage();
    await signIn(page, addresses.portal, person);
    await takeZone(page, addresses.portal);
    if (person === ADA) made.connection = await connect(page, addresses.portal, ADA);
    if (person === ADA) made.meeting = await scheduleSeries(page, addresses.portal);
    if (person === BEN) made.receipt = await connectAndDelete(page, addresses.portal);
    if (person === ADMIN) await connectPasswords(page, addresses);
    signedIn.set(person, await context.cookies());
    await context.close();
  }
  return { signedIn, made };
}

async function takeZone(page, address) {
  await page.goto(`${address}/profile/preferences`);
  await page.getByRole('button', { name: /this device’s zone/ }).click();
  await page.getByText('Saved.').waitFor();
}

/** @returns the connection's id */
async function connect(page, address, person) {
  await connectGoogle(page, address, person);
  await page.getByText('Working', { exact: true }).first().waitFor({ timeout: 60_000 });
  return new URL(page.url()).searchParams.get('connection');
}

/** Both services that take a password, at the same simulated server. */
async function connectPasswords(page, { portal, exchange }) {
  const password = 'daybook';
  await connectByPassword(page, portal, 'exchange', { username: ADMIN, password });
  const url = new URL('/EWS/Exchange.asmx', exchange).href;
  await connectByPassword(page, portal, 'office365', { email: ADMIN, password, url });
}

/** @returns the path of the first meeting of a weekly series */
async function scheduleSeries(page, address) {
  await page.goto(`${address}/meetings/new?date=${comingWednesday()}`);
  await settled(page);
  await fillSchedule(page);
  // Where nothing else is, so that the week stays readable.
  await page.locator('[data-field=time] input').fill('18:30');
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/meetings\/mtg_/);
  await page.getByText('Scheduled.', { exact: true }).first().waitFor();
  return new URL(page.url()).pathname;
}

/** @returns the path of the receipt, complete */
async function connectAndDelete(page, address) {
  await connect(page, address, BEN);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete connection' }).click();
  await page.getByText('Everything was removed by').waitFor({ timeout: 60_000 });
  return new URL(page.url()).pathname;
}
