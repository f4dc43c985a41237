import { connectedSchema, meetingChangedSchema, meetingSchema } from '@daybook/contracts';
import {
  BrowserlessPerson,
  eventually,
  GraphMailbox,
  httpCall,
  Person,
  Stack,
  type Simulator,
} from '@daybook/testing/stack';
import { connectMailbox, deleteConnections, newMailbox } from './connected-person';
import { anEvent } from './live-changes';
import { dayAfterMonday } from './own-calendar';
import { goesOnAfter, survivesDeathOfCalendarSvc } from './provider-trouble';
import { OVER_MS, primaryCalendarOf, rowsOf, untilSidesAgree } from './shown-to';
import { StoredMeetings } from './stored-meetings';

jest.setTimeout(3 * OVER_MS);

const BERLIN = 'Europe/Berlin';
const DAY_MS = 86_400_000;
const SERVICE = 'office365';

const at = (days: number, clock: string) => ({ dateTime: `${dayAfterMonday(days)}T${clock}:00`, timeZone: BERLIN });
const weekly = (subject: string, days: number, numberOfOccurrences: number) => ({
  subject,
  start: at(days, '09:00'),
  end: at(days, '09:30'),
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
    range: { type: 'numbered', startDate: dayAfterMonday(days), numberOfOccurrences },
  },
});
const soon = () => ({
  from: new Date(Date.now() - DAY_MS).toISOString(),
  to: new Date(Date.now() + 200 * DAY_MS).toISOString(),
});

const newGraphMailbox = (stack: Stack, name: string): Promise<GraphMailbox> =>
  new GraphMailbox(stack.addresses, `${name}@example.com`).create();

/** Through Microsoft's pages; gives the connection's id and where the browser landed. */
async function consent(person: Person, account: string): Promise<{ id: string; result: string | null }> {
  const { id, authorizeUrl } = await person.connect(SERVICE, 'readWrite');
  const landed = await new BrowserlessPerson().consent(authorizeUrl, { account });
  return { id, result: new URL(landed.url).searchParams.get('result') };
}

/** A calendar at Google and one at Microsoft, of one person. Each test goes on from the one before. */
describe('Office 365 beside Google', () => {
  let stack: Stack;
  let ada: Person;
  let google: Simulator;
  let office: GraphMailbox;
  let connectionId = '';

  const sides = () => ({ person: ada, mailboxes: [google, office] });
  const allIsWell = () => untilSidesAgree(sides());
  const rows = (title: string) => rowsOf(ada, title);
  const troubled = () => ({
    ...sides(),
    mailbox: office,
    insert: (subject: string, days: number) =>
      office.insert({ subject, start: at(days, '10:00'), end: at(days, '11:00') }),
  });
  const schedule = async (topic: string, more: object = {}) => {
    const times = { start: at(8, '14:00'), end: at(8, '15:00') };
    const json = { topic, ...times, calendarId: await primaryCalendarOf(ada, connectionId), ...more };
    return ada.call('/v1/meetings', { method: 'POST', json });
  };

  beforeAll(async () => {
    stack = await Stack.shared();
    ada = await Person.signIn(stack.addresses.gateway, 'ada@example.com');
    google = await newMailbox(stack, 'private-ada');
    office = await newGraphMailbox(stack, 'working-ada');
    await google.seed(40, 3);
    await office.seed(60, 4);
  });
  afterAll(async () => {
    await stack.ready();
    await deleteConnections(ada);
  });

  it('connects both, and shows what is in both', async () => {
    await connectMailbox(ada, google);
    const { id, result } = await consent(ada, office.email);
    connectionId = id;
    expect(result).toBe('connected');
    expect(await ada.until(id, 'active')).toMatchObject({
      service: SERVICE,
      account: office.email,
      permissions: { granted: { calendar: 'readWrite' }, missing: [] },
    });
    await allIsWell();
  });

  it('shows a series with a moved and a removed occurrence as the provider does', async () => {
    const series = await office.insert(weekly('Round', 0, 5));
    const [, second, third] = await office.instances(series.id, soon());
    await office.patch(second?.id ?? '', { start: at(9, '16:00'), end: at(9, '16:30'), subject: 'Round, moved' });
    await office.remove(third?.id ?? '');
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

  it('follows changes at both', async () => {
    const [kept, gone] = [
      await office.insert({ subject: 'Kept', start: at(3, '10:00'), end: at(3, '11:00') }),
      await office.insert({ subject: 'Gone', start: at(3, '12:00'), end: at(3, '13:00') }),
    ];
    await google.insert(anEvent('At Google'));
    await eventually(async () => expect([(await rows('Kept')).length, (await rows('Gone')).length]).toEqual([1, 1]));
    await office.patch(kept.id, { start: at(4, '10:00'), end: at(4, '11:00') });
    await office.remove(gone.id);
    await eventually(async () => {
      expect(await rows('Kept')).toMatchObject([{ start: at(4, '10:00') }]);
      expect(await rows('Gone')).toEqual([]);
    });
    await allIsWell();
  });

  it('schedules, edits and deletes a meeting there, and leads to its page', async () => {
    const answer = await schedule('Written');
    expect(answer.status).toBe(201);
    const meeting = meetingSchema.parse(answer.json);
    const [event] = await office.named('Written');
    expect(event?.body.content).toContain(meeting.join.url);
    expect(event?.location.displayName).toBe(meeting.join.url);
    const path = `/v1/meetings/${meeting.id}`;
    const order = { method: 'PATCH', json: { topic: 'Written again' } };
    const { editUrl } = await ada.expecting(200, meetingChangedSchema, path, order);
    const page = await new BrowserlessPerson().open(editUrl ?? '');
    expect([page.status, page.html.includes('Written again')]).toEqual([200, true]);
    await eventually(async () => expect(await rows('Written again')).toHaveLength(1));
    expect((await ada.call(path, { method: 'DELETE' })).status).toBe(204);
    expect(await office.named('Written again')).toEqual([]);
    expect((await office.ledger()).mails).toEqual([]);
    await allIsWell();
  });

  it('mails nobody before a person says so', async () => {
    const attendees = ['guest@elsewhere.example'];
    const before = meetingSchema.parse((await schedule('Guests', { attendees })).json);
    const [event] = await office.named('Guests');
    expect([event?.attendees, (await office.ledger()).mails]).toEqual([[], []]);
    const path = `/v1/meetings/${before.id}`;
    const invite = { attendees: [...attendees, 'another@elsewhere.example'] };
    await ada.expecting(200, meetingChangedSchema, path, { method: 'PATCH', json: { ...invite, notify: true } });
    await eventually(async () => {
      const [written] = await office.named('Guests');
      expect(written?.attendees.map(({ emailAddress }) => emailAddress.address).sort()).toEqual(
        [...invite.attendees].sort(),
      );
    });
    expect((await office.ledger()).mails.map(({ to }) => to).sort()).toEqual([...invite.attendees].sort());
    const refused = await ada.call(path, { method: 'PATCH', json: { topic: 'Guests again' } });
    expect(refused).toMatchObject({ status: 409, json: { code: 'would_notify' } });
    expect((await ada.call(`${path}?notify=true`, { method: 'DELETE' })).status).toBe(204);
  });

  it('refuses a meeting from the provider to be deleted here, and names its page', async () => {
    await office.insert({ subject: 'Theirs', start: at(5, '10:00'), end: at(5, '11:00') });
    const meeting = await eventually(async () => {
      const [row] = await rows('Theirs');
      if (row === undefined) throw new Error('not there yet');
      return row;
    });
    expect((await new BrowserlessPerson().open(meeting.editUrl ?? '')).html).toContain('Theirs');
    expect((await ada.call(`/v1/meetings/${meeting.id}`, { method: 'DELETE' })).status).toBe(403);
    expect(await office.named('Theirs')).toHaveLength(1);
  });

  it('believes no notification that is not Microsoft’s, and echoes a validation token as plain text only', async () => {
    const stored = await StoredMeetings.open(stack);
    const before = await stored.requested(connectionId);
    const { channelId } = await eventually(() => stored.channel(connectionId));
    const hook = `${stack.addresses.gateway}/hooks/microsoft`;
    const forged = { subscriptionId: channelId, clientState: 'not ours', changeType: 'updated', resource: 'x' };
    for (const json of [{ value: [forged] }, { value: [{ ...forged, clientState: null }] }, { value: 'x' }, []]) {
      expect((await httpCall(hook, { method: 'POST', json })).status).toBeLessThan(500);
    }
    expect(await stored.requested(connectionId)).toEqual(before);
    await stored.close();
    const token = '<script>alert(1)</script>';
    const echo = await httpCall(`${hook}?validationToken=${encodeURIComponent(token)}`, { method: 'POST' });
    expect([echo.status, echo.text, echo.headers.get('content-type')?.split(';')[0]]).toEqual([
      200,
      token,
      'text/plain',
    ]);
    expect(echo.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['throttled', 'unavailable', 'cut', 'cursor_expired', 'empty_page'])(
    'loses and doubles nothing when Graph answers with %s',
    (kind) => goesOnAfter(kind, troubled()),
  );

  it('survives calendar-svc killed while events change', () =>
    survivesDeathOfCalendarSvc(troubled(), { stack, connectionId }));
});

describe('an organisation whose administrator has to approve', () => {
  let stack: Stack;
  let ben: Person;
  let office: GraphMailbox;

  beforeAll(async () => {
    stack = await Stack.shared();
    ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    const domain = 'approving.example';
    office = await new GraphMailbox(stack.addresses, `ben@${domain}`).create();
    await new GraphMailbox(stack.addresses, `admin@${domain}`).create();
    await office.seed(5, 1);
  });
  afterAll(async () => {
    await office.clearFaults();
    await deleteConnections(ben);
  });

  it('shows that, with a link for the administrator, and goes on once it is approved', async () => {
    await office.addFault('admin_approval');
    const { id, authorizeUrl } = await ben.connect(SERVICE, 'readWrite');
    const browser = new BrowserlessPerson();
    const blocked = await browser.consent(authorizeUrl, { account: office.email, decision: 'return' });
    expect(new URL(blocked.url).searchParams.get('result')).toBe('awaiting_admin');
    const { adminConsentUrl = '' } = await ben.until(id, 'awaiting_admin');

    const admin = new BrowserlessPerson();
    const approved = await admin.consent(adminConsentUrl, { account: 'admin@approving.example' });
    expect(approved).toMatchObject({ url: `${stack.addresses.gateway}/approval?result=approved`, status: 200 });
    await eventually(async () => expect((await ben.connection(id)).state).not.toBe('awaiting_admin'));

    const again = await ben.expecting(200, connectedSchema, `/v1/connections/${id}/reconnect`, { method: 'POST' });
    const landed = await browser.consent(again.authorizeUrl ?? '', { account: office.email });
    expect(new URL(landed.url).searchParams.get('result')).toBe('connected');
    await ben.until(id, 'active');
    await untilSidesAgree({ person: ben, mailboxes: [office] });
  });
});

describe('a consent that is taken back in the middle of a first sync', () => {
  const EVENTS = 1_500;
  let stack: Stack;
  let cleo: Person;
  let office: GraphMailbox;

  beforeAll(async () => {
    stack = await Stack.shared();
    cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    office = await newGraphMailbox(stack, 'withdrawn');
    await office.seed(EVENTS, 9);
  });
  afterAll(async () => {
    await stack.ready();
    await deleteConnections(cleo);
  });

  it('stops and says so, keeps what is there, and goes on under the same ids', async () => {
    const stored = await StoredMeetings.open(stack);
    await office.addFault('slow', { ms: 300 });
    const { id } = await consent(cleo, office.email);
    const cut = await stored.moreThan(id, 0);
    await office.addFault('grant_revoked');
    const stopped = await cleo.until(id, 'needs_reconnect', OVER_MS);
    expect(stopped.problem).toBeDefined();
    await office.clearFaults();
    const kept = await cleo.meetings(soon());
    expect(kept.length).toBeGreaterThan(0);
    expect(await stored.count(id)).toBeGreaterThanOrEqual(cut);

    const path = `/v1/connections/${id}/reconnect`;
    const { authorizeUrl } = await cleo.expecting(200, connectedSchema, path, { method: 'POST' });
    await new BrowserlessPerson().consent(authorizeUrl ?? '', { account: office.email });
    await cleo.until(id, 'active', OVER_MS);
    await untilSidesAgree({ person: cleo, mailboxes: [office] });
    const after = new Set((await cleo.meetings(soon())).map((meeting) => meeting.id));
    expect(kept.filter((meeting) => !after.has(meeting.id))).toEqual([]);
    await stored.close();
  });
});
