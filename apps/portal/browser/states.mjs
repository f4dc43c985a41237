import { exchangeStates } from './exchange-states.mjs';
import { findingsOf, revokedFindings } from './fixtures/findings.mjs';
import { officeStates } from './office-states.mjs';
import { scheduleStates } from './schedule-states.mjs';

const ago = (ms) => new Date(Date.now() - ms).toISOString();

const stale = ({ connection }) => {
  connection.state = 'degraded';
  connection.calendar.state = 'degraded';
  connection.calendar.freshness.stale = true;
  connection.calendar.freshness.sources[0].lastSuccessAt = ago(3_000_000);
  connection.problem = { code: 'provider_unavailable', detail: 'No answer.', blame: 'provider', since: ago(3_000_000) };
};
const syncing = ({ connection }) => {
  connection.state = 'syncing';
  connection.calendar.state = 'syncing';
  connection.progress = { part: 'calendar', done: 3_200, total: 12_000, soonReady: true };
};
const partial = ({ connection }) => {
  connection.permissions.granted.calendar = 'read';
  connection.permissions.missing = ['calendar'];
};
const revoked = ({ connection }) => {
  connection.state = 'needs_reconnect';
  connection.calendar.state = 'needs_reconnect';
  connection.problem = { code: 'consent_revoked', detail: 'Revoked.', blame: 'user' };
};
const held = (world) => {
  const { connection } = world;
  world.held = true;
  connection.state = 'degraded';
  connection.calendar.state = 'degraded';
  connection.problem = { code: 'removal_review', detail: 'Held.', blame: 'user', since: ago(3_600_000) };
};
const lookAtHeld = (page) => page.getByRole('button', { name: 'What would vanish' }).click();
const alone = (world) => {
  world.connection = null;
  world.meetings = [];
};
const administrator = (world) => {
  world.person = 'admin@example.com';
};
const unwelcome = (world) => {
  world.signedIn = false;
};
const broken = (world) => {
  const json = { code: 'service_unavailable', detail: 'No answer.', blame: 'us', correlationId: 'cor_01hfixture' };
  world.broken = { status: 503, json };
};
const slow = (world) => {
  world.slow = true;
};
const off = (world) => {
  world.enabled = false;
};
const checked = (world) => {
  revoked(world);
  world.findings = revokedFindings;
};
const checking = (world) => {
  world.findings = findingsOf().slice(0, 4);
  world.checking = true;
};
const check = (last) => async (page) => {
  await page.getByRole('button', { name: 'Check connection' }).click();
  await page.getByText(last).waitFor();
};
const without401 = /401/;

/**
 * Pages and the states they can be in: what to change in the fixtures, what to do on the page; `arrived` where a state never
 * settles.
 */
export const states = [
  { name: 'sign-in', path: '/sign-in', change: unwelcome, expected: without401 },
  {
    name: 'sign-in refused',
    path: '/sign-in',
    change: unwelcome,
    expected: without401,
    act: async (page) => {
      await page.getByLabel('Email address').fill('ada@example.com');
      await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'welcome', path: '/welcome?token=one-time-token', change: unwelcome, expected: without401 },
  { name: 'approved by an administrator', path: '/approval?result=approved', change: unwelcome, expected: without401 },
  { name: 'meetings', path: '/meetings' },
  {
    name: 'meetings, first load',
    path: '/meetings',
    change: slow,
    arrived: (page) => page.locator('.mantine-Skeleton-root').first().waitFor(),
  },
  { name: 'meetings, day', path: '/meetings?view=day' },
  { name: 'meetings, week', path: '/meetings?view=week' },
  { name: 'meetings, month', path: '/meetings?view=month' },
  { name: 'meetings on a phone, month', path: '/meetings?view=month', width: 360 },
  { name: 'meetings without a connection', path: '/meetings', change: alone },
  { name: 'meetings, nothing matches', path: '/meetings?q=nothing-is-called-so' },
  { name: 'meetings, delayed', path: '/meetings', change: stale },
  { name: 'meetings, first reading', path: '/meetings', change: syncing },
  { name: 'meetings, reconnect needed', path: '/meetings', change: revoked },
  {
    name: 'meetings, deletions held back',
    path: '/meetings',
    change: held,
    act: async (page) => {
      await lookAtHeld(page);
      await page.getByRole('button', { name: 'Show more' }).waitFor();
    },
  },
  {
    name: 'meetings, deletions about to be applied',
    path: '/meetings',
    change: held,
    act: async (page) => {
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'meetings, integration off', path: '/meetings', change: off },
  {
    name: 'meetings, broken',
    path: '/meetings',
    change: broken,
    expected: /503/,
    act: async (page) => {
      await page.getByRole('button', { name: 'Details' }).click({ timeout: 15_000 });
      await page.getByText('cor_01hfixture').waitFor();
    },
  },
  {
    name: 'meetings, offline',
    path: '/meetings',
    expected: /ERR_|Failed to load/,
    act: async (page, world) => {
      world.down = true;
      world.cut();
      await page.getByText('You are offline').waitFor({ timeout: 20_000 });
    },
  },
  {
    name: 'meeting',
    path: '/meetings/mtg_0004',
    act: async (page) => {
      await page.getByRole('button', { name: 'Why?' }).click();
      await page.getByRole('button', { name: "Why can't I…" }).click();
      await page.getByText('only looks like the real address').waitFor();
    },
  },
  { name: 'meeting on a phone', path: '/meetings/mtg_0004', width: 360 },
  { name: 'meeting of another vendor', path: '/meetings/mtg_0006' },
  { name: 'private meeting', path: '/meetings/mtg_0007' },
  { name: 'meeting that is gone', path: '/meetings/mtg_9999', expected: /404/ },
  ...scheduleStates,
  ...officeStates,
  ...exchangeStates,
  {
    name: 'search everywhere',
    path: '/meetings',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('Search meetings and places').fill('plan');
      await page.getByText('Planning').first().waitFor();
    },
  },
  {
    name: 'keyboard help',
    path: '/meetings',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'integration', path: '/profile/integration' },
  { name: 'integration, empty', path: '/profile/integration', change: alone },
  { name: 'integration, delayed', path: '/profile/integration', change: stale },
  { name: 'integration, permission missing', path: '/profile/integration', change: partial },
  { name: 'integration, reconnect needed', path: '/profile/integration', change: revoked },
  {
    name: 'integration, deletions held back',
    path: '/profile/integration',
    change: held,
    act: async (page) => {
      await lookAtHeld(page);
      await page.getByRole('button', { name: 'Keep and resync' }).waitFor();
    },
  },
  {
    name: 'integration, deletions can be undone',
    path: '/profile/integration',
    change: (world) => (world.letThrough = true),
    act: (page) => page.getByRole('button', { name: 'Put them back' }).waitFor(),
  },
  {
    name: 'integration, connection being checked',
    path: '/profile/integration',
    change: checking,
    act: check('Checking: Reading …'),
  },
  {
    name: 'integration, connection checked',
    path: '/profile/integration',
    change: checked,
    act: check('2 checks failed. What helps is below them.'),
  },
  {
    name: 'integration, connected',
    path: '/profile/integration?result=connected&connection=con_google',
    change: syncing,
  },
  { name: 'integration, denied', path: '/profile/integration?result=denied&code=access_denied', change: alone },
  {
    name: 'deleting a connection',
    path: '/profile/integration',
    act: async (page) => {
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'receipt', path: '/profile/integration/receipts/rcp_01hfixture' },
  { name: 'connect, service', path: '/profile/integration/connect', change: alone },
  { name: 'connect, permissions', path: '/profile/integration/connect?service=google&step=permissions', change: alone },
  { name: 'configure', path: '/profile/integration/con_google/configure' },
  { name: 'preferences', path: '/profile/preferences' },
  { name: 'admin', path: '/admin', change: administrator },
  {
    name: 'admin, new key',
    path: '/admin',
    change: administrator,
    act: async (page) => {
      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByLabel('What is it for?').fill('Room displays');
      await page.getByRole('button', { name: 'Create key' }).click();
      await page.getByText('cannot be shown again').waitFor();
    },
  },
  { name: 'admin for a member', path: '/admin' },
  { name: 'no such page', path: '/nothing' },
];
