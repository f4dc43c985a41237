import { ADA, reasonOf, TestSimulator, timed, type AnswerBody } from '../testing/start-simulator';

const WEEKLY = { id: 'series', ...timed('Weekly', '2026-11-23'), recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] };
const FIRST = 'series_20261123T080000Z';
const SECOND = 'series_20261130T080000Z';

describe('recurring events', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
    await subject.insert(WEEKLY);
  });
  afterEach(() => subject.close());

  const shown = ({ items = [] }: AnswerBody): string[][] => items.map(({ id, status }) => [id, status]);
  const patch = (id: string, body: unknown) => subject.call('PATCH', `calendars/primary/events/${id}`, { body });
  const remove = (id: string) => subject.call('DELETE', `calendars/primary/events/${id}`);

  it('lists masters, exceptions and cancelled instances, or instances alone', async () => {
    await patch(SECOND, {
      start: { dateTime: '2026-12-01T15:00:00+01:00' },
      end: { dateTime: '2026-12-01T15:30:00+01:00' },
    });
    await remove(FIRST);
    expect(shown((await subject.list()).body)).toEqual([
      ['series', 'confirmed'],
      [SECOND, 'confirmed'],
      [FIRST, 'cancelled'],
    ]);
    expect(shown((await subject.list({ singleEvents: 'true' })).body)).toEqual([
      [SECOND, 'confirmed'],
      ['series_20261207T080000Z', 'confirmed'],
      ['series_20261214T080000Z', 'confirmed'],
    ]);
    const moved = await subject.call('GET', `calendars/primary/events/${SECOND}`);
    expect(moved.body).toMatchObject({
      recurringEventId: 'series',
      originalStartTime: { dateTime: '2026-11-30T09:00:00+01:00', timeZone: 'Europe/Vienna' },
      start: { dateTime: '2026-12-01T15:00:00+01:00' },
      iCalUID: 'series@google.com',
    });
    expect(moved.body.recurrence).toBeUndefined();
  });

  it('finds an untouched instance by its id, and no other', async () => {
    expect((await subject.call('GET', `calendars/primary/events/${SECOND}`)).body.start?.dateTime).toBe(
      '2026-11-30T09:00:00+01:00',
    );
    expect((await subject.call('GET', 'calendars/primary/events/series_20261201T080000Z')).status).toBe(404);
  });

  it('keeps the local time across a change of clocks', async () => {
    await subject.insert({ id: 'spring', ...timed('Spring', '2027-03-22'), recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
    const { body } = await subject.call('GET', 'calendars/primary/events/spring/instances');
    expect(body.items?.map(({ id, start }) => [id, start?.dateTime])).toEqual([
      ['spring_20270322T080000Z', '2027-03-22T09:00:00+01:00'],
      ['spring_20270329T070000Z', '2027-03-29T09:00:00+02:00'],
    ]);
  });

  it('names instances of an all-day series by date', async () => {
    await subject.insert({
      id: 'dates',
      summary: 'Days',
      start: { date: '2026-12-01' },
      end: { date: '2026-12-02' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=2'],
    });
    await remove('dates_20261202');
    const { body } = await subject.list({ q: 'Days' });
    expect(body.items?.at(-1)).toMatchObject({ id: 'dates_20261202', originalStartTime: { date: '2026-12-02' } });
  });

  it('takes a deleted master out with all it had', async () => {
    await patch(SECOND, { summary: 'Special' });
    const { body } = await subject.list();
    await remove('series');
    expect(shown((await subject.list({ syncToken: body.nextSyncToken ?? '' })).body)).toEqual([
      ['series', 'cancelled'],
    ]);
    expect(shown((await subject.list()).body)).toEqual([]);
    expect(reasonOf(await remove('series'))).toEqual([410, 'deleted']);
    expect((await patch('series', { summary: 'x' })).status).toBe(410);
  });

  it('takes exceptions along when their series goes or repeats no more', async () => {
    await patch(SECOND, { summary: 'Special' });
    const { body } = await subject.list();
    expect((await patch('series', { recurrence: null })).body.recurrence).toBeUndefined();
    expect(shown((await subject.list()).body)).toEqual([['series', 'confirmed']]);
    expect(shown((await subject.list({ singleEvents: 'true' })).body)).toEqual([['series', 'confirmed']]);
    expect(shown((await subject.list({ syncToken: body.nextSyncToken ?? '' })).body)).toEqual([
      ['series', 'confirmed'],
      [SECOND, 'cancelled'],
    ]);
    await subject.insert({ ...WEEKLY, id: 'other' });
    await patch('other_20261130T080000Z', { summary: 'Special' });
    await remove('other');
    const left = await subject.call('GET', 'calendars/primary/events/other_20261130T080000Z');
    expect(left.body.status).toBe('cancelled');
    expect(reasonOf(await patch('other_20261130T080000Z', { summary: 'x' }))).toEqual([410, 'deleted']);
  });

  it('withdraws instances a series no longer has from those who follow instances', async () => {
    const { body } = await subject.list({ singleEvents: 'true' });
    await patch('series', { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
    const delta = await subject.list({ singleEvents: 'true', syncToken: body.nextSyncToken ?? '' });
    expect(shown(delta.body)).toEqual([
      [FIRST, 'confirmed'],
      [SECOND, 'confirmed'],
      ['series_20261207T080000Z', 'cancelled'],
      ['series_20261214T080000Z', 'cancelled'],
    ]);
  });

  it('passes what changes in a series on to exceptions that did not differ', async () => {
    await patch(SECOND, { location: 'Elsewhere' });
    await patch('series', { summary: 'Renamed', location: 'Here' });
    const exception = subject.control.event(ADA, SECOND);
    expect([exception?.summary, exception?.location]).toEqual(['Renamed', 'Elsewhere']);
  });

  it('refuses rules it cannot follow and series without a zone', async () => {
    const bad = await subject.insert({ ...WEEKLY, id: 'hour5', recurrence: ['RRULE:FREQ=HOURLY'] });
    expect(bad.status).toBe(400);
    const zoneless = await subject.insert({
      summary: 'x',
      start: { dateTime: '2026-12-01T09:00:00+01:00' },
      end: { dateTime: '2026-12-01T10:00:00+01:00' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=2'],
    });
    expect(zoneless.status).toBe(400);
  });

  it('answers an endless series within bounds', async () => {
    await subject.insert({ id: 'endless', ...timed('Endless', '2020-01-01'), recurrence: ['RRULE:FREQ=DAILY'] });
    const { body } = await subject.list({ singleEvents: 'true', q: 'Endless', maxResults: '2500' });
    expect(body.items?.length).toBe(2500);
    expect(body.nextPageToken).toBeDefined();
  });
});
