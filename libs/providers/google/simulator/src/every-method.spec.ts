import { auth as google, calendar, type calendar_v3 } from '@googleapis/calendar';
import { createServer, type Server } from 'node:http';
import { CALENDAR_PREFIX, calendarMethods } from './calendar/calendar-api';
import { listen, endServer, portOf } from '@daybook/simulator-kit';
import { ADA, BEN, CALENDAR_SCOPE, TestSimulator } from './testing/start-simulator';

const HOUR = (hour: string): calendar_v3.Schema$EventDateTime => ({
  dateTime: `2026-11-23T${hour}:00:00`,
  timeZone: 'Europe/Vienna',
});
const THRICE: calendar_v3.Schema$Event = {
  id: 'thrice',
  summary: 'Thrice',
  start: HOUR('09'),
  end: HOUR('10'),
  recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
  attendees: [{ email: BEN }],
};

/** Google's own client asks for every method there is; what it makes of the answers is looked at. */
describe('every method, asked by the official client', () => {
  let simulator: TestSimulator;
  let subject: calendar_v3.Calendar;
  let inbox: Server;
  /** `GET users/me/settings` and the status it got. */
  const asked: { verb: string; path: string; status: number }[] = [];

  const noting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const path = decodeURIComponent(pathname.slice(CALENDAR_PREFIX.length));
    asked.push({ verb: init?.method ?? 'GET', path, status: response.status });
    return response;
  };

  beforeAll(async () => {
    simulator = await TestSimulator.start();
    inbox = createServer((request, response) => response.writeHead(204).end());
    await listen(inbox, 0);
    const { baseUrl } = simulator.running;
    const auth = new google.OAuth2({ transporterOptions: { fetchImplementation: noting } });
    auth.setCredentials({ access_token: simulator.control.issueToken(ADA, CALENDAR_SCOPE).accessToken });
    subject = calendar({ version: 'v3', auth, rootUrl: `${baseUrl}/` });
  });
  afterAll(async () => {
    await simulator.close();
    await endServer(inbox);
  });

  const channel = (id: string) => ({ id, type: 'web_hook', address: `http://127.0.0.1:${portOf(inbox)}/hook` });

  it('keeps calendars', async () => {
    const { data: made } = await subject.calendars.insert({
      requestBody: { summary: 'Choir', timeZone: 'Europe/Rome' },
    });
    const calendarId = made.id ?? '';
    expect(made).toMatchObject({ kind: 'calendar#calendar', summary: 'Choir', timeZone: 'Europe/Rome' });
    await subject.calendars.patch({ calendarId, requestBody: { location: 'Town hall' } });
    await subject.calendars.update({ calendarId, requestBody: { summary: 'Choir II' } });
    expect((await subject.calendars.get({ calendarId })).data).toMatchObject({
      summary: 'Choir II',
      location: 'Town hall',
    });
    await subject.calendars.delete({ calendarId });
    const written = simulator.control.ledger(ADA).writes.filter(({ itemId }) => itemId === calendarId);
    expect(written.map(({ operation }) => operation.replace('calendars.', ''))).toEqual([
      'insert',
      'patch',
      'patch',
      'delete',
    ]);
    await expect(subject.calendars.get({ calendarId })).rejects.toMatchObject({ status: 404 });
  });

  it('keeps the list of calendars and how each is shown', async () => {
    const { data: list } = await subject.calendarList.list({ maxResults: 10 });
    expect(list).toMatchObject({
      kind: 'calendar#calendarList',
      items: [{ id: ADA, primary: true, accessRole: 'owner' }],
    });
    await subject.calendarList.patch({ calendarId: ADA, requestBody: { summaryOverride: 'Mine' } });
    await subject.calendarList.update({ calendarId: ADA, requestBody: { selected: false } });
    const { data: entry } = await subject.calendarList.get({ calendarId: ADA });
    expect(entry).toMatchObject({ summaryOverride: 'Mine', selected: false });
    const { data: since } = await subject.calendarList.list({ syncToken: list.nextSyncToken ?? '' });
    expect(since.items?.map(({ id }) => id)).toEqual([ADA]);
  });

  it('keeps events: made, replaced, changed, taken apart, moved, copied in and deleted', async () => {
    const calendarId = 'primary';
    const { data: made } = await subject.events.insert({ calendarId, requestBody: THRICE, sendUpdates: 'all' });
    expect(made).toMatchObject({ kind: 'calendar#event', id: 'thrice', organizer: { email: ADA, self: true } });
    const { data: days } = await subject.events.instances({ calendarId, eventId: 'thrice' });
    expect(days.items?.map(({ id }) => id)).toEqual([23, 24, 25].map((day) => `thrice_202611${day}T080000Z`));
    await subject.events.patch({ calendarId, eventId: 'thrice_20261124T080000Z', requestBody: { summary: 'Later' } });
    await subject.events.update({ calendarId, eventId: 'thrice', requestBody: { ...THRICE, location: 'Room 1' } });
    const { data: changed } = await subject.events.get({ calendarId, eventId: 'thrice_20261124T080000Z' });
    expect(changed).toMatchObject({ summary: 'Later', location: 'Room 1', recurringEventId: 'thrice' });
    const { data: copied } = await subject.events.import({
      calendarId,
      requestBody: { iCalUID: 'far@elsewhere.example', summary: 'Far', start: HOUR('11'), end: HOUR('12') },
    });
    const { data: other } = await subject.calendars.insert({ requestBody: { summary: 'Other' } });
    const move = { calendarId, eventId: copied.id ?? '', destination: other.id ?? '' };
    expect((await subject.events.move(move)).data).toMatchObject({ iCalUID: 'far@elsewhere.example' });
    await subject.events.delete({ calendarId, eventId: 'thrice' });
    const { data: left } = await subject.events.list({
      calendarId: other.id ?? '',
      singleEvents: true,
      orderBy: 'startTime',
    });
    expect(left.items?.map(({ summary }) => summary)).toEqual(['Far']);
    await subject.calendars.clear({ calendarId });
    expect((await subject.events.list({ calendarId })).data.items).toEqual([]);
  });

  it('opens channels and ends them', async () => {
    const opened = [
      (await subject.events.watch({ calendarId: 'primary', requestBody: channel('events') })).data,
      (await subject.calendarList.watch({ requestBody: channel('lists') })).data,
      (await subject.settings.watch({ requestBody: channel('settings') })).data,
    ];
    for (const { kind, id, resourceId } of opened) {
      expect(kind).toBe('api#channel');
      const requestBody = { id: id ?? '', resourceId: resourceId ?? '' };
      expect((await subject.channels.stop({ requestBody })).status).toBe(204);
      await expect(subject.channels.stop({ requestBody })).rejects.toMatchObject({ status: 404 });
    }
  });

  it('tells colours, settings and busy times', async () => {
    expect((await subject.colors.get({})).data.event).toMatchObject({ 1: { background: expect.stringMatching(/^#/) } });
    const { data: settings } = await subject.settings.list({});
    expect(settings.items?.map(({ id }) => id)).toContain('timezone');
    expect((await subject.settings.get({ setting: 'timezone' })).data.value).toBe('Europe/Vienna');
    await subject.events.insert({ calendarId: 'primary', requestBody: { start: HOUR('13'), end: HOUR('14') } });
    const { data: busy } = await subject.freebusy.query({
      requestBody: {
        timeMin: '2026-11-23T00:00:00Z',
        timeMax: '2026-11-24T00:00:00Z',
        items: [{ id: ADA }, { id: 'x@x' }],
      },
    });
    expect(busy.calendars).toEqual({
      [ADA]: { busy: [{ start: '2026-11-23T12:00:00Z', end: '2026-11-23T13:00:00Z' }] },
      'x@x': { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] },
    });
  });

  it('was asked for every method it has', () => {
    const fits = (pattern: string, path: string): boolean =>
      new RegExp(
        `^${pattern
          .split('/')
          .map((part) => (part === '*' ? '[^/]+' : part))
          .join('/')}$`,
      ).test(path);
    const missed = calendarMethods.filter(
      ({ verb, path }) => !asked.some((one) => one.verb === verb && one.status < 300 && fits(path, one.path)),
    );
    expect(missed.map(({ verb, path }) => `${verb} ${path}`)).toEqual([]);
  });
});
