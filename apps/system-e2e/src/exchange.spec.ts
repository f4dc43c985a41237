import {
  connectedSchema,
  diagnosisSchema,
  meetingChangedSchema,
  meetingSchema,
  policySchema,
  problemSchema,
  type Connection,
} from '@daybook/contracts';
import {
  BrowserlessPerson,
  comparable,
  eventually,
  EwsMailbox,
  GraphMailbox,
  Person,
  Stack,
  type Simulator,
} from '@daybook/testing/stack';
import { connectMailbox, deleteConnections, newMailbox } from './connected-person';
import { dayAfterMonday } from './own-calendar';
import { placesOf } from './places-of';
import { goesOnAfter, survivesDeathOfCalendarSvc } from './provider-trouble';
import { OVER_MS, primaryCalendarOf, rowsOf, untilSidesAgree } from './shown-to';
import { StoredMeetings } from './stored-meetings';

jest.setTimeout(3 * OVER_MS);

const BERLIN = 'Europe/Berlin';
const at = (days: number, clock: string) => ({ dateTime: `${dayAfterMonday(days)}T${clock}:00`, timeZone: BERLIN });
const there = (days: number, clock: string) => ({
  dateTime: `${dayAfterMonday(days)}T${clock}:00`,
  zone: 'W. Europe Standard Time',
});
const weekly = (days: number, times: number): string =>
  '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday</t:DaysOfWeek></t:WeeklyRecurrence>' +
  `<t:NumberedRecurrence><t:StartDate>${dayAfterMonday(days)}</t:StartDate><t:NumberOfOccurrences>${times}</t:NumberOfOccurrences>` +
  '</t:NumberedRecurrence></t:Recurrence>';

const ZOOM_LINK = 'https://us02web.zoom.us/j/89123456789?pwd=QkFzZTY0UGFzcw.1';
const WRAPPED_WEBINAR =
  'https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.zoom.us%2Fw%2F98765432101%3Fpwd%3DabcDEF&data=05%7C02&reserved=0';

const newEwsMailbox = (stack: Stack, name: string): Promise<EwsMailbox> =>
  new EwsMailbox(stack.addresses, `${name}@example.com`).create();

interface Form {
  readonly service?: 'exchange' | 'office365';
  readonly calendar?: 'read' | 'readWrite';
  readonly ews: Readonly<Record<string, string>>;
}

function connectWith(person: Person, { service = 'exchange', calendar = 'readWrite', ews }: Form) {
  const permissions = { calendar, contacts: 'none' };
  return person.call('/v1/connections', { method: 'POST', json: { service, method: 'ews', permissions, ews } });
}

async function connected(person: Person, form: Form): Promise<Connection> {
  const answer = await connectWith(person, form);
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return connectedSchema.parse(answer.json).connection;
}

/** All three services of one person. Each test goes on from the one before. */
describe('Exchange beside Office 365 and Google', () => {
  let stack: Stack;
  let ada: Person;
  let google: Simulator;
  let office: GraphMailbox;
  let exchange: EwsMailbox;
  let connectionId = '';

  const sides = () => ({ person: ada, mailboxes: [google, office, exchange] });
  const allIsWell = () => untilSidesAgree(sides());
  const rows = (title: string) => rowsOf(ada, title);
  const troubled = () => ({
    ...sides(),
    mailbox: exchange,
    insert: (subject: string, days: number) =>
      exchange.insert({ subject, start: there(days, '10:00'), end: there(days, '11:00') }),
  });

  beforeAll(async () => {
    stack = await Stack.shared();
    ada = await Person.signIn(stack.addresses.gateway, 'ada@example.com');
    google = await newMailbox(stack, 'third-ada');
    office = await new GraphMailbox(stack.addresses, 'third-ada@example.com').create();
    exchange = await newEwsMailbox(stack, 'third-ada');
    await google.seed(20, 3);
    await office.seed(20, 4);
    await exchange.seed(60, 5);
  });
  afterAll(async () => {
    await stack.ready();
    await deleteConnections(ada);
  });

  it('connects with nothing but an address, and shows what is in all three', async () => {
    await connectMailbox(ada, google);
    const leg = await ada.connect('office365', 'readWrite');
    await new BrowserlessPerson().consent(leg.authorizeUrl, { account: office.email });
    const { id, ...made } = await connected(ada, { ews: { email: exchange.email, password: exchange.password } });
    connectionId = id;
    expect(made).toMatchObject({ service: 'exchange', method: 'ews', account: exchange.email });
    expect(await ada.until(id, 'active')).toMatchObject({
      permissions: { granted: { calendar: 'readWrite' }, missing: [] },
      server: { url: exchange.url, certificateChecksSkipped: false },
    });
    await ada.until(leg.id, 'active');
    await allIsWell();
  });

  it('shows a series with a moved and a removed occurrence as Exchange does', async () => {
    const series = await exchange.insert({
      subject: 'Round',
      start: there(0, '09:00'),
      end: there(0, '09:30'),
      recurrence: weekly(0, 5),
    });
    const second = await exchange.occurrence(series.id, 2);
    await exchange.patch(second.id, {
      subject: 'Round, moved',
      start: there(9, '16:00'),
      end: there(9, '16:30'),
    });
    await exchange.remove((await exchange.occurrence(series.id, 3)).id);
    await eventually(async () => {
      expect((await rows('Round')).map(({ start }) => start)).toEqual([
        at(0, '09:00'),
        at(21, '09:00'),
        at(28, '09:00'),
      ]);
      expect(await rows('Round, moved')).toMatchObject([{ start: at(9, '16:00') }]);
    });
    await allIsWell();
  });

  it('knows our meetings and webinars by their links, in a place or wrapped in a text, and no pretender', async () => {
    const hour = (days: number) => ({ start: there(days, '17:00'), end: there(days, '18:00') });
    const passcode = '<p>Passcode: 314159</p>';
    await exchange.insert({ subject: 'Linked place', ...hour(1), location: ZOOM_LINK, body: passcode });
    await exchange.insert({ subject: 'Linked text', ...hour(2), body: `<a href="${WRAPPED_WEBINAR}">Join</a>` });
    const trick = 'https://zoom.us.meetings.example/j/89123456789';
    await exchange.insert({ subject: 'Looks like ours', ...hour(3), location: 'Room 4', body: `<p>${trick}</p>` });
    const known = { recognised: true, provider: 'Zoom' };
    await eventually(async () => {
      expect(await rows('Linked place')).toMatchObject([
        {
          kind: 'meeting',
          join: {
            ...{ ...known, url: ZOOM_LINK, number: '89123456789', passcode: '314159' },
            because: { field: 'location', rule: 'zoom.join' },
          },
          actions: { join: true },
        },
      ]);
      expect(await rows('Linked text')).toMatchObject([
        {
          kind: 'webinar',
          join: {
            ...{ ...known, url: expect.stringMatching(/^https:\/\/acme\.zoom\.us\/w\//), number: '98765432101' },
            because: { field: 'description', rule: 'zoom.webinar via safelinks' },
          },
          actions: { join: true },
        },
      ]);
      expect(await rows('Looks like ours')).toMatchObject([
        { kind: 'event', join: { recognised: false, url: null }, actions: { join: false } },
      ]);
    });
  });

  it('hears of what is created, changed and deleted there, while no poll is in sight', async () => {
    const stored = await StoredMeetings.open(stack);
    // One run may be under way already, and listening begins with a look: what comes third has been heard.
    const arrives = (title: string, times: readonly object[]): Promise<void> =>
      eventually(async () => {
        await stored.setNextPoll(connectionId, 'tomorrow');
        expect((await rows(title)).map(({ start }) => start)).toEqual(times);
      });
    try {
      await arrives('Heard of', []);
      const item = await exchange.insert({ subject: 'Heard of', start: there(4, '17:00'), end: there(4, '18:00') });
      await arrives('Heard of', [at(4, '17:00')]);
      await exchange.patch(item.id, { start: there(5, '17:00'), end: there(5, '18:00') });
      await arrives('Heard of', [at(5, '17:00')]);
      await exchange.remove(item.id);
      await arrives('Heard of', []);
    } finally {
      await stored.setNextPoll(connectionId, 'now');
      await stored.close();
    }
  });

  it('moves one occurrence here so that Exchange has it there, and takes it back from there', async () => {
    const admin = await Person.signIn(stack.addresses.gateway, 'admin@example.com');
    const { version: _version, ...policy } = await admin.get('/v1/admin/policy', policySchema);
    const put = (reschedule: string) =>
      admin.expecting(200, policySchema, '/v1/admin/policy', { method: 'PUT', json: { ...policy, reschedule } });
    const times = { start: at(7, '10:00'), end: at(7, '10:30') };
    const recurrence = ['RRULE:FREQ=WEEKLY;COUNT=4'];
    const calendarId = await primaryCalendarOf(ada, connectionId);
    const json = { topic: 'Ours', ...times, recurrence, calendarId };
    await ada.expecting(201, meetingSchema, '/v1/meetings', { method: 'POST', json });
    await put('update');
    const second = (await rows('Ours')).find(
      ({ start }) => 'dateTime' in start && start.dateTime > at(13, '00:00').dateTime,
    );
    const moved = { start: at(15, '11:00'), end: at(15, '11:30') };
    await eventually(async () => {
      const order = { method: 'PATCH', json: moved };
      const answer = await ada.expecting(200, meetingChangedSchema, `/v1/meetings/${second?.id}?scope=this`, order);
      expect(answer.separateEvent).toBeUndefined();
    });
    await allIsWell();
    const [series] = await exchange.named('Ours');
    const there2 = await exchange.occurrence(series?.id ?? '', 2);
    expect(there2.start).toBe(comparable(moved.start));
    await exchange.patch(there2.id, { start: there(16, '12:00'), end: there(16, '12:30') });
    await eventually(async () => expect((await rows('Ours'))[1]?.start).toEqual(at(16, '12:00')), {
      timeoutMs: OVER_MS,
    });
    await put(policy.reschedule);
    await allIsWell();
  });

  it('schedules, edits and deletes a meeting there', async () => {
    const times = { start: at(8, '14:00'), end: at(8, '15:00') };
    const json = { topic: 'Written', ...times, calendarId: await primaryCalendarOf(ada, connectionId) };
    const meeting = await ada.expecting(201, meetingSchema, '/v1/meetings', { method: 'POST', json });
    const [item] = await exchange.named('Written');
    expect(item?.body).toContain(meeting.join.url);
    expect(item?.location).toBe(meeting.join.url);
    const path = `/v1/meetings/${meeting.id}`;
    const { editUrl } = await ada.expecting(200, meetingChangedSchema, path, {
      method: 'PATCH',
      json: { topic: 'Written again' },
    });
    expect((await new BrowserlessPerson().open(editUrl ?? '')).html).toContain('Written again');
    await eventually(async () => expect(await rows('Written again')).toHaveLength(1));
    expect((await ada.call(path, { method: 'DELETE' })).status).toBe(204);
    expect(await exchange.named('Written again')).toEqual([]);
    expect((await exchange.ledger()).mails).toEqual([]);
    await allIsWell();
  });

  it.each(['throttled', 'unavailable', 'cut', 'cursor_expired', 'slow'])(
    'loses and doubles nothing when Exchange answers with %s',
    (kind) => goesOnAfter(kind, troubled()),
  );

  it('survives calendar-svc killed while items change', () =>
    survivesDeathOfCalendarSvc(troubled(), { stack, connectionId }));
});

describe('signing in to Exchange', () => {
  let stack: Stack;
  let ben: Person;
  let exchange: EwsMailbox;

  beforeAll(async () => {
    stack = await Stack.shared();
    ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    exchange = await newEwsMailbox(stack, 'signing-ben');
    await exchange.seed(5, 1);
  });
  afterEach(async () => {
    await exchange.clearFaults();
    await deleteConnections(ben);
  });

  it('takes DOMAIN\\user', async () => {
    const form = { username: 'EXAMPLE\\signing-ben', password: exchange.password, url: exchange.url };
    const { id } = await connected(ben, { ews: form });
    expect(await ben.until(id, 'active')).toMatchObject({ account: exchange.email });
  });

  it('over https knows until when the certificate of its server is good, at the sign-in and when it looks again', async () => {
    const url = new URL(exchange.url);
    url.port = String(Number(url.port) + 100);
    url.protocol = 'https:';
    const { email, password } = exchange;
    const { id, server } = await connected(ben, { ews: { email, password, url: url.href } });
    const expiresAt = server?.certificate?.expiresAt;
    expect(server).toMatchObject({ url: url.href, certificate: { state: 'good' } });
    expect(await ben.until(id, 'active')).toMatchObject({ server: { certificate: { expiresAt, state: 'good' } } });
    const found = await ben.expecting(200, diagnosisSchema, `/v1/connections/${id}/diagnose`, { method: 'POST' });
    const tls = { check: 'tls', outcome: 'passed', expiresAt };
    expect(found.items.find(({ check }) => check === 'tls')).toMatchObject(tls);
  });

  it('writes nothing where only reading was chosen, and says that the permission is missing', async () => {
    await exchange.insert({ subject: 'Only read', start: there(9, '14:00'), end: there(9, '15:00') });
    const form = { email: exchange.email, password: exchange.password };
    const { id } = await connected(ben, { calendar: 'read', ews: form });
    expect(await ben.until(id, 'active')).toMatchObject({
      permissions: { granted: { calendar: 'read' }, missing: [] },
    });
    const refused = { status: 403, json: { code: 'permission_missing', blame: 'user' } };
    const calendarId = await primaryCalendarOf(ben, id);
    const json = { topic: 'Not written', start: at(8, '14:00'), end: at(8, '15:00'), calendarId };
    expect(await ben.call('/v1/meetings', { method: 'POST', json })).toMatchObject(refused);

    const [row] = await rowsOf(ben, 'Only read');
    expect(row?.actions).toMatchObject({ edit: false, reasons: { edit: 'permission_missing' } });
    const edit = { method: 'PATCH', json: { topic: 'Not written' } };
    expect(await ben.call(`/v1/meetings/${row?.id}`, edit)).toMatchObject(refused);
    expect(await exchange.named('Not written')).toEqual([]);
    expect(await ben.meetings({ q: 'Not written' })).toEqual([]);
  });

  it('says at once that a password is wrong, which step failed, and leaves nothing behind', async () => {
    const answer = await connectWith(ben, { ews: { email: exchange.email, password: 'not it' } });
    const { code, steps = [] } = problemSchema.parse(answer.json);
    expect([answer.status, code]).toEqual([422, 'sign_in_failed']);
    expect(steps.at(-1)).toMatchObject({ outcome: 'failed', code: 'password_refused' });
    expect(answer.text).not.toContain('not it');
    expect(await ben.connections()).toEqual([]);
  });

  it.each([
    ['https://169.254.169.254/latest', 'address_blocked'],
    ['http://169.254.169.254/latest', 'plain_http_refused'],
    ['https://127.0.0.1:1/EWS/Exchange.asmx', 'address_blocked'],
    ['http://example.com/EWS/Exchange.asmx', 'plain_http_refused'],
    ['file:///etc/passwd', 'address_blocked'],
  ])('lets no password out to %s', async (url, code) => {
    const answer = await connectWith(ben, { ews: { email: exchange.email, password: 'canary-4711', url } });
    const problem = problemSchema.parse(answer.json);
    expect(answer.status).toBe(422);
    expect(problem.steps?.at(-1)?.code).toBe(code);
    expect(answer.text).not.toContain('canary-4711');
  });

  it('connects Office 365 with a password, and changes to Microsoft when that is switched off, keeping ids', async () => {
    const form = { email: exchange.email, password: exchange.password, url: exchange.url };
    const { id } = await connected(ben, { service: 'office365', ews: form });
    await ben.until(id, 'active');
    await exchange.addFault('ews_disabled');
    await ben.call(`/v1/connections/${id}/sync`, { method: 'POST' });
    const stopped = await ben.until(id, 'needs_reconnect', OVER_MS);
    expect(stopped.problem).toMatchObject({ code: 'switched_off' });

    const office = await new GraphMailbox(stack.addresses, exchange.email).create();
    const path = `/v1/connections/${id}/reconnect`;
    const order = { method: 'POST', json: { method: 'oauth2' } };
    const { authorizeUrl } = await ben.expecting(200, connectedSchema, path, order);
    const landed = await new BrowserlessPerson().consent(authorizeUrl ?? '', { account: office.email });
    expect(new URL(landed.url).searchParams.get('result')).toBe('connected');
    expect(await ben.until(id, 'active', OVER_MS)).toMatchObject({ id, method: 'oauth2' });
  });

  it('stops at the first refusal of a password that was changed, and goes on with the new one under the same ids', async () => {
    const { id } = await connected(ben, { ews: { email: exchange.email, password: exchange.password } });
    await ben.until(id, 'active');
    const before = (await ben.meetings()).map((meeting) => meeting.id).sort();
    await exchange.addFault('grant_revoked');
    await ben.call(`/v1/connections/${id}/sync`, { method: 'POST' });
    const stopped = await ben.until(id, 'needs_reconnect', OVER_MS);
    expect(stopped.problem).toMatchObject({ code: 'password_refused' });
    await exchange.clearFaults();
    const order = { method: 'POST', json: { ews: { password: exchange.password } } };
    await ben.expecting(200, connectedSchema, `/v1/connections/${id}/reconnect`, order);
    await ben.until(id, 'active', OVER_MS);
    expect((await ben.meetings()).map((meeting) => meeting.id).sort()).toEqual(before);
  });

  it('keeps passwords out of the database and the logs', async () => {
    const canary = 'canary-of-ben-8d1f';
    const other = new EwsMailbox(stack.addresses, 'canary-ben@example.com', canary);
    await other.create();
    const { id } = await connected(ben, { ews: { email: other.email, password: canary } });
    await ben.until(id, 'active');
    expect(await placesOf(canary, stack)).toEqual([]);
  });
});
