import {
  authServiceList,
  changesSchema,
  listOf,
  meSchema,
  meetingSchema,
  policySchema,
  receiptSchema,
  type Meeting,
} from '@daybook/contracts';
import {
  BrowserlessPerson,
  comparable,
  eventually,
  faultsOfEvents,
  LiveStream,
  ourSide,
  Person,
  providersSide,
  readEvents,
  Stack,
  type Simulator,
} from '@daybook/testing/stack';
import { deleteConnections, newMailbox, SERVICE } from './connected-person';
import { dayAfterMonday, ownCalendar } from './own-calendar';

/** The way of a person from the sign-in to the deletion, over the outer contract alone. Each test goes on from the one before. */
describe('a calendar arrives, end to end', () => {
  let stack: Stack;
  let ada: Person;
  let mailbox: Simulator;
  let browser: BrowserlessPerson;
  let connectionId = '';
  let cursor = '';

  const titled = async (title: string): Promise<Meeting[]> =>
    (await ada.meetings({ q: title })).filter((meeting) => meeting.title === title);

  beforeAll(async () => {
    stack = await Stack.shared();
    mailbox = await newMailbox(stack, 'grace');
    browser = new BrowserlessPerson();
  });
  afterAll(() => deleteConnections(ada));

  it('lets ada in and says who she is and what her account allows', async () => {
    ada = await Person.signIn(stack.addresses.gateway, 'ada@example.com');
    const me = await ada.get('/v1/me', meSchema);
    expect(me).toMatchObject({ user: { email: 'ada@example.com', role: 'member' }, licences: { phone: true } });
    expect(me.policy.enabled).toBe(true);
  });

  it('offers the service with its permissions', async () => {
    const { items } = await ada.get('/v1/services', authServiceList.output);
    const offered = items.find(({ service }) => service === SERVICE);
    expect(offered).toMatchObject({ offered: true, methods: [expect.objectContaining({ method: 'oauth2' })] });
    expect(offered?.permissions.map(({ part, locked }) => [part, locked])).toEqual([['calendar', false]]);
  });

  it('removes a first connection that was denied at the provider', async () => {
    const { id, authorizeUrl } = await ada.connect(SERVICE);
    const landed = await browser.consent(authorizeUrl, { account: mailbox.email, decision: 'deny' });
    expect(new URL(landed.url)).toMatchObject({ pathname: '/profile/integration' });
    expect(new URL(landed.url).searchParams.get('result')).toBe('denied');
    expect((await ada.call(`/v1/connections/${id}`)).status).toBe(404);
  });

  it('counts a consent with everything unticked as denied', async () => {
    const { authorizeUrl } = await ada.connect(SERVICE);
    const landed = await browser.consent(authorizeUrl, { account: mailbox.email, untick: /calendar/ });
    expect(new URL(landed.url).searchParams.get('result')).toBe('denied');
    expect(await ada.connections()).toEqual([]);
  });

  it('gives the same connection while one is pending', async () => {
    const first = await ada.connect(SERVICE);
    const second = await ada.connect(SERVICE);
    expect(second.id).toBe(first.id);
    expect(second.authorizeUrl).not.toBe(first.authorizeUrl);
  });

  it('connects through the pages of the provider and becomes active', async () => {
    const begun = await ada.connect(SERVICE);
    connectionId = begun.id;
    const landed = await browser.consent(begun.authorizeUrl, { account: mailbox.email });
    expect(landed.url.startsWith(`${stack.addresses.gateway}/profile/integration?`)).toBe(true);
    expect(new URL(landed.url).searchParams.get('result')).toBe('connected');
    const connection = await ada.until(connectionId, 'active');
    expect(connection).toMatchObject({
      account: mailbox.email,
      calendar: { state: 'active', freshness: { stale: false } },
      contacts: { state: 'off' },
      permissions: { granted: { calendar: 'read', contacts: 'none' }, missing: [] },
    });
  });

  it('refuses a second connection of a service that is connected', async () => {
    const json = { service: SERVICE, method: 'oauth2', permissions: { calendar: 'read', contacts: 'none' } };
    const answer = await ada.call('/v1/connections', { method: 'POST', json });
    expect(answer).toMatchObject({ status: 409, json: { code: 'connection_exists', blame: 'user' } });
  });

  it('takes an export of a real calendar and names what nobody can read', async () => {
    const receipt = await mailbox.importIcs(ownCalendar());
    expect(receipt).toEqual({
      imported: 8,
      unreadable: [{ line: expect.any(Number), reason: expect.stringContaining('Nowhere/Unknown') }],
    });
  });

  it('shows every meeting of it, as the provider expands them', async () => {
    await eventually(async () => expect(await ourSide(ada)).toEqual(await providersSide(mailbox)));
    expect(await ourSide(ada)).toHaveLength(9);
  });

  it('knows the Zoom meetings, with number, passcode and the reason', async () => {
    const [first] = await titled('Weekly sync');
    expect(first).toMatchObject({
      kind: 'meeting',
      start: { dateTime: `${dayAfterMonday(0)}T09:15:00`, timeZone: 'Europe/Berlin' },
      series: { rule: expect.arrayContaining([expect.stringContaining('FREQ=WEEKLY')]) },
      host: { email: 'grace@example.com', isMe: true },
      join: { recognised: true, provider: 'Zoom', number: '89123456789', because: { rule: 'zoom.join' } },
      actions: { join: true },
    });
    expect(first?.join.url).toBe('https://us02web.zoom.us/j/89123456789?pwd=QkFzZTY0UGFzcw.1');
    const [webinar] = await titled('Quarterly webinar');
    expect(webinar).toMatchObject({
      kind: 'webinar',
      start: { dateTime: `${dayAfterMonday(2)}T14:00:00` },
      host: { email: 'ben@example.com', isMe: false },
      join: { recognised: true, number: '98765432101', url: expect.stringMatching(/^https:\/\/acme\.zoom\.us\/w\//) },
    });
  });

  it('takes no look-alike for a meeting of ours', async () => {
    const [trick] = await titled('Looks like ours');
    expect(trick).toMatchObject({ kind: 'event', join: { recognised: false, url: null }, actions: { join: false } });
  });

  it('keeps moved, left out and cancelled occurrences, days and zones right', async () => {
    const series = await titled('Weekly sync');
    expect(series.map(({ start }) => ('dateTime' in start ? start.dateTime.slice(0, 10) : start.date))).toEqual(
      [0, 28, 35].map(dayAfterMonday),
    );
    const [moved] = await titled('Weekly sync (moved)');
    expect(moved).toMatchObject({
      start: { dateTime: `${dayAfterMonday(8)}T15:30:00` },
      series: { id: series[0]?.series?.id },
    });
    const planned = { dateTime: `${dayAfterMonday(7)}T09:15:00`, timeZone: 'Europe/Berlin' };
    expect(moved?.originalStart && comparable(moved.originalStart)).toBe(comparable(planned));
    const [offsite] = await titled('Company offsite');
    expect(offsite).toMatchObject({
      allDay: true,
      start: { date: dayAfterMonday(4) },
      end: { date: dayAfterMonday(6) },
    });
    const [call] = await titled('Call with New York');
    expect(call?.start).toMatchObject({ dateTime: `${dayAfterMonday(3)}T10:00:00` });
    const [dentist] = await titled('Dentist');
    expect(dentist).toMatchObject({ visibility: 'private', redacted: false });
  });

  it('gives one meeting with its text', async () => {
    const [first] = await titled('Weekly sync');
    const meeting = await ada.get(`/v1/meetings/${first?.id}`, meetingSchema);
    expect(meeting.description).toContain('Passcode: 314159');
  });

  it('tells live of a change at the provider, and gives it by the cursor', async () => {
    cursor = (await ada.get('/v1/meetings/changes?limit=500', changesSchema)).next;
    const stream = await LiveStream.open(ada);
    const event = await mailbox.find('Call with New York');
    const changedAt = performance.now();
    await mailbox.patch(event.id, { summary: 'Call with Boston' });
    await stream.next('meetings.changed', changedAt);
    const changes = await eventually(async () => {
      const page = await ada.get(`/v1/meetings/changes?since=${cursor}`, changesSchema);
      expect(page.items).toHaveLength(1);
      return page;
    });
    process.stdout.write(`change seen by the client after ${Math.round(performance.now() - changedAt)} ms\n`);
    stream.close();
    expect(changes.items[0]).toMatchObject({ type: 'upserted', meeting: { title: 'Call with Boston' } });
    cursor = changes.next;
  });

  it('tells of a deletion by the cursor', async () => {
    const event = await mailbox.find('Dentist');
    const [meeting] = await titled('Dentist');
    await mailbox.remove(event.id);
    const changes = await eventually(async () => {
      const page = await ada.get(`/v1/meetings/changes?since=${cursor}`, changesSchema);
      expect(page.items).toHaveLength(1);
      return page;
    });
    expect(changes.items).toEqual([{ type: 'removed', id: meeting?.id }]);
  });

  it('gives the events to a plain client of the broker, each once and in order', async () => {
    const events = await eventually(async () => {
      // Of this connection: of what others left, the stream may have only the end.
      const all = await readEvents(stack.eventsReader, ada.id);
      const found = all.filter(({ body }) => body.data.connectionId === connectionId);
      expect(found.some(({ natsSubject }) => natsSubject === 'evt.calendar.meeting.cancelled.v1')).toBe(true);
      return found;
    });
    expect(faultsOfEvents(events)).toEqual([]);
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
    const created = events.filter(({ natsSubject }) => natsSubject === 'evt.calendar.meeting.created.v1');
    expect(created.map(({ body }) => body.data.title).sort()).toEqual(
      [
        // Private meetings carry no title.
        null,
        ...['Call with New York', 'Company offsite', 'Looks like ours', 'Quarterly webinar', 'Weekly sync'],
      ].sort(),
    );
    const updated = events.filter(({ natsSubject }) => natsSubject === 'evt.calendar.meeting.updated.v1');
    // A moved occurrence is a change of one that followed from its series.
    expect(updated.map(({ body }) => body.data.title)).toEqual(
      expect.arrayContaining(['Call with Boston', 'Weekly sync (moved)']),
    );
  });

  it('asks for consent again when more is wanted, and works with what was granted', async () => {
    const json = { permissions: { calendar: 'readWrite', contacts: 'none' } };
    const answer = await ada.call(`/v1/connections/${connectionId}`, { method: 'PATCH', json });
    expect(answer.status).toBe(200);
    const { authorizeUrl } = { authorizeUrl: '', ...Object(answer.json) };
    const landed = await browser.consent(authorizeUrl, { account: mailbox.email, untick: /calendar\.events/ });
    expect(new URL(landed.url).searchParams.get('result')).toBe('partial');
    const connection = await ada.until(connectionId, 'active');
    expect(connection.permissions).toMatchObject({ wanted: { calendar: 'readWrite' }, missing: ['calendar'] });
    await eventually(async () => expect(await ourSide(ada)).toEqual(await providersSide(mailbox)));
  });

  it('suspends everything while an administrator has switched it off, and resumes', async () => {
    const admin = await Person.signIn(stack.addresses.gateway, 'admin@example.com');
    const switchTo = async (enabled: boolean): Promise<void> => {
      const policy = await admin.get('/v1/admin/policy', policySchema);
      const json = { ...policy, enabled };
      await admin.expecting(200, policySchema, '/v1/admin/policy', { method: 'PUT', json });
    };
    await switchTo(false);
    try {
      await eventually(async () => {
        const refused = await ada.call('/v1/calendars');
        expect(refused).toMatchObject({ status: 403, json: { code: 'integration_disabled', blame: 'admin' } });
        const list = await ada.get('/v1/meetings', listOf(meetingSchema));
        expect(list.items).toEqual([]);
        expect(list.freshness?.sources).toMatchObject([{ connectionId, problem: { code: 'integration_disabled' } }]);
        expect(await ada.connection(connectionId)).toMatchObject({ state: 'disabled_by_policy' });
      });
      await mailbox.insert({
        summary: 'Made meanwhile',
        start: { dateTime: `${dayAfterMonday(1)}T10:00:00`, timeZone: 'Europe/Berlin' },
        end: { dateTime: `${dayAfterMonday(1)}T11:00:00`, timeZone: 'Europe/Berlin' },
      });
    } finally {
      await switchTo(true);
    }
    await ada.until(connectionId, 'active');
    await eventually(async () => {
      expect(await titled('Made meanwhile')).toHaveLength(1);
      expect(await ourSide(ada)).toEqual(await providersSide(mailbox));
    });
  });

  it('deletes the connection with a receipt that completes, and connects again at once', async () => {
    const path = `/v1/connections/${connectionId}`;
    const first = await ada.expecting(200, receiptSchema, path, { method: 'DELETE' });
    expect(first).toMatchObject({ connectionId, account: mailbox.email });
    expect(await ada.connections()).toEqual([]);
    const again = await ada.connect(SERVICE);
    expect(again.id).not.toBe(connectionId);
    const receipt = await eventually(async () => {
      const read = await ada.get(`/v1/receipts/${first.id}`, receiptSchema);
      expect(read.completedAt).not.toBeNull();
      return read;
    });
    expect(receipt).toMatchObject({ revocation: 'revoked', secretsDestroyed: true, subscriptions: 'stopped' });
    expect(receipt.purged).toMatchObject({ calendars: 1 });
    expect(receipt.notes.map(({ code }) => code)).toEqual(['events_kept', 'deliveries_outside']);
    expect(await ada.meetings()).toEqual([]);

    await browser.consent(again.authorizeUrl, { account: mailbox.email });
    await ada.until(again.id, 'active');
    expect(await ourSide(ada)).toEqual(await providersSide(mailbox));
  });
});
