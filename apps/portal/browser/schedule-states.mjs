const fill = (page, label, text) => page.getByLabel(label, { exact: true }).fill(text);
const choose = async (page, field, option) => {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
const onlyRead = ({ connection }) => {
  connection.permissions.granted.calendar = 'read';
  connection.permissions.wanted.calendar = 'read';
};
const silent = (world) => {
  world.providerDown = true;
};
const mailing = (world) => {
  world.wouldNotify = true;
};
const judging = (world) => {
  const fields = [
    { field: 'start', code: 'time_twice', detail: 'That time comes twice.' },
    { field: 'attendees.0', code: 'no_address', detail: 'This is not an e-mail address.' },
  ];
  const json = { code: 'invalid_body', detail: 'Not valid.', blame: 'user', correlationId: 'cor_01hfixture', fields };
  world.refuse = { status: 422, json };
};
const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const editRoadmap = '/meetings/mtg_plain/edit';

/** Scheduling, editing and deleting: the pages and what they can come to. */
export const scheduleStates = [
  { name: 'schedule', path: '/meetings/new' },
  {
    name: 'schedule, filled',
    path: '/meetings/new',
    act: async (page) => {
      await fill(page, 'Topic', 'Planning the spring');
      await fill(page, 'Date', '2027-03-28');
      await fill(page, 'Start', '02:30');
      await choose(page, 'Repeat', 'Weekly');
      await page.getByText('Wed', { exact: true }).click();
      await page.getByText('On a date', { exact: true }).click();
      await page.getByRole('textbox', { name: 'Attendees' }).fill('Ben Babbage <ben@example.com>, cleo@example.com,');
      await page.getByText('does not exist').waitFor();
    },
  },
  {
    name: 'schedule, faults',
    path: '/meetings/new',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Attendees' }).fill('ben@example, somebody,');
      await page.getByRole('button', { name: 'Schedule' }).click();
      await page.getByText('Give it a topic.').waitFor();
    },
  },
  {
    name: 'schedule, not accepted',
    path: '/meetings/new',
    change: judging,
    expected: /422/,
    act: async (page) => {
      await fill(page, 'Topic', 'Planning');
      await page.getByRole('textbox', { name: 'Attendees' }).fill('ben@example.com,');
      await page.getByRole('button', { name: 'Schedule' }).click();
      await page.getByText(/this time comes twice/).waitFor();
    },
  },
  {
    name: 'schedule, about to be left',
    path: '/meetings/new',
    act: async (page) => {
      await fill(page, 'Topic', 'Half way');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'schedule, calendar only read', path: '/meetings/new', change: onlyRead },
  {
    name: 'schedule, monthly',
    path: '/meetings/new?date=2027-08-31',
    act: async (page) => {
      await choose(page, 'Repeat', 'Monthly');
      await page.getByText('Every month on day 31, 10 times.').waitFor();
    },
  },
  { name: 'edit', path: editRoadmap },
  { name: 'edit, scope', path: '/meetings/mtg_weekly/edit' },
  { name: 'edit, the whole series', path: '/meetings/mtg_weekly/edit?scope=all' },
  { name: 'edit, not allowed', path: '/meetings/mtg_0004/edit' },
  {
    name: 'edit, another time',
    path: editRoadmap,
    act: async (page) => {
      await fill(page, 'Start', '16:15');
      await page.getByText('makes a separate event').waitFor();
    },
  },
  {
    name: 'edit, changed meanwhile',
    path: editRoadmap,
    expected: /412/,
    act: async (page, world) => {
      const meeting = world.meetings.find(({ id }) => id === 'mtg_plain');
      Object.assign(meeting, { title: 'Roadmap 2027', visibility: 'private', version: 'v2' });
      await fill(page, 'Topic', 'Roadmap and budget');
      await save(page);
      await page.getByText('The meeting has changed meanwhile').waitFor();
    },
  },
  {
    name: 'edit, would send mail',
    path: editRoadmap,
    change: mailing,
    expected: /409/,
    act: async (page) => {
      await fill(page, 'Topic', 'Roadmap and budget');
      await save(page);
      await page.getByRole('button', { name: 'Save and send mail' }).waitFor();
    },
  },
  {
    name: 'meeting, separate event',
    path: editRoadmap,
    act: async (page) => {
      await fill(page, 'Start', '16:15');
      await save(page);
      await page.getByText('A separate event with the new time was made').waitFor();
    },
  },
  {
    name: 'meeting, saved',
    path: editRoadmap,
    act: async (page) => {
      await fill(page, 'Topic', 'Roadmap and budget');
      await save(page);
      await page.getByRole('link', { name: 'Open in Google to confirm' }).waitFor();
    },
  },
  { name: 'meeting of ours', path: '/meetings/mtg_plain' },
  { name: 'meeting, waiting', path: '/meetings/mtg_waits' },
  {
    name: 'meeting, change waiting, on a phone',
    path: editRoadmap,
    width: 360,
    change: silent,
    act: async (page) => {
      await fill(page, 'Topic', 'Roadmap and budget');
      await save(page);
      await page.getByRole('button', { name: 'Withdraw' }).waitFor();
    },
  },
  { name: 'meeting, refused', path: '/meetings/mtg_refused' },
  { name: 'meeting, overridden', path: '/meetings/mtg_overridden' },
  { name: 'meeting without a calendar', path: '/meetings/mtg_nowhere' },
  {
    name: 'deleting a meeting',
    path: '/meetings/mtg_plain',
    act: async (page) => {
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'deleting one of a series',
    path: '/meetings/mtg_weekly',
    act: async (page) => {
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('radio', { name: 'The whole series' }).waitFor();
    },
  },
];
