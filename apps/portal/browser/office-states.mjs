import { officeCalendar, waitingOffice, withOffice } from './fixtures/connections.mjs';
import { findingsOf } from './fixtures/findings.mjs';

const ROADMAP = 'mtg_plain';

const waiting = (world) => {
  world.office = waitingOffice(Date.now());
};
const approved = (world) => {
  const problem = { code: 'consent_revoked', detail: 'Connect again.', blame: 'user' };
  const part = { state: 'needs_reconnect', freshness: { stale: true, sources: [] } };
  world.office = waitingOffice(Date.now(), {
    state: 'needs_reconnect',
    calendar: part,
    problem,
    adminConsentUrl: undefined,
  });
};
/** One that had worked, whose organisation has changed its mind. */
const waitingAgain = (world) => {
  world.office = waitingOffice(Date.now(), { account: 'ada@contoso.example' });
  const failed = { outcome: 'failed', code: 'admin_approval_needed', detail: 'Asked for.', fix: 'Ask.' };
  const skipped = { outcome: 'skipped', code: 'earlier_failed', detail: 'Not checked.' };
  world.findings = findingsOf({
    sign_in: failed,
    permissions: skipped,
    read: skipped,
    write_then_remove: skipped,
    push: skipped,
  });
};
const roadmapThere = (world) => {
  withOffice(world);
  Object.assign(
    world.meetings.find(({ id }) => id === ROADMAP),
    { calendar: officeCalendar },
  );
};
const silent = (world) => {
  roadmapThere(world);
  world.providerDown = true;
};

/** Two accounts of one person, and one that waits for an administrator. */
export const officeStates = [
  { name: 'meetings of two accounts', path: '/meetings', change: withOffice },
  { name: 'meetings of two accounts, week', path: '/meetings?view=week', change: withOffice },
  {
    name: 'meetings of two accounts, one calendar',
    path: '/meetings',
    change: withOffice,
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Calendar' }).click();
      await page.getByRole('option', { name: 'Team' }).click();
    },
  },
  { name: 'meetings, an administrator has to agree', path: '/meetings', change: waiting },
  { name: 'meetings, an administrator has agreed', path: '/meetings', change: approved },
  { name: 'integration, two accounts', path: '/profile/integration', change: withOffice },
  { name: 'integration, an administrator has to agree', path: '/profile/integration', change: waiting },
  { name: 'integration, an administrator has agreed', path: '/profile/integration', change: approved },
  {
    name: 'integration, back without an administrator',
    path: '/profile/integration?result=awaiting_admin&code=admin_approval_needed&connection=con_office',
    change: waiting,
  },
  {
    name: 'integration, checked without an administrator',
    path: '/profile/integration',
    change: waitingAgain,
    act: async (page) => {
      await page.getByRole('button', { name: 'Check connection' }).last().click();
      await page.getByText('1 check failed. What helps is below it.').waitFor();
    },
  },
  { name: 'connect, an administrator has to agree', path: '/profile/integration/connect', change: waiting },
  {
    name: 'schedule, calendar of the other account',
    path: '/meetings/new',
    change: withOffice,
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Calendar' }).click();
      await page.getByRole('option', { name: 'Team' }).click();
    },
  },
  {
    name: 'edit, mail cannot be kept back',
    path: `/meetings/${ROADMAP}/edit`,
    change: roadmapThere,
    expected: /409/,
    act: async (page) => {
      await page.getByLabel('Topic', { exact: true }).fill('Roadmap and budget');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Office 365 sends mail about this').waitFor();
    },
  },
  {
    name: 'deleting, mail cannot be kept back',
    path: `/meetings/${ROADMAP}`,
    change: roadmapThere,
    expected: /409/,
    act: async (page) => {
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('button', { name: 'Delete meeting' }).click();
      await page.getByText('Office 365 sends mail about this').waitFor();
    },
  },
  {
    name: 'meeting, waiting for the other service',
    path: '/meetings/new',
    change: silent,
    act: async (page) => {
      await page.getByLabel('Topic', { exact: true }).fill('Waiting');
      await page.getByRole('combobox', { name: 'Calendar' }).click();
      await page.getByRole('option', { name: 'Team' }).click();
      await page.getByRole('button', { name: 'Schedule', exact: true }).click();
      await page.getByText(/^Waiting for Office 365 since/).waitFor();
    },
  },
];
