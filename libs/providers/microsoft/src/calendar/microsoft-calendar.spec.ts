import type { DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import { FakeHttp } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { createMicrosoftCalendar } from './microsoft-calendar';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 8);
const LINK = `${GRAPH}/me/calendars/cal/calendarView/delta?$deltatoken=t1`;

const utc = (dateTime: string) => ({ dateTime: `${dateTime}.0000000`, timeZone: 'UTC' });
const event = (id: string, more: object = {}) => ({
  id,
  changeKey: `${id}-1`,
  type: 'singleInstance',
  transactionId: null,
  subject: id,
  isAllDay: false,
  originalStartTimeZone: 'W. Europe Standard Time',
  originalEndTimeZone: 'W. Europe Standard Time',
  start: utc('2026-11-25T08:00:00'),
  end: utc('2026-11-25T09:00:00'),
  ...more,
});
const MASTER = event('s', {
  type: 'seriesMaster',
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['wednesday'], firstDayOfWeek: 'sunday' },
    range: { type: 'noEnd', startDate: '2026-11-25', recurrenceTimeZone: 'W. Europe Standard Time' },
  },
});
const part = (id: number, body: object, status = 200) => ({ id: String(id), status, body });
const NOT_FOUND = { error: { code: 'ErrorItemNotFound' } };

function setUp() {
  const http = new FakeHttp();
  const clock = { time: NOW, now: () => clock.time };
  const session = createMicrosoftCalendar(
    createGraphClient({ http, clock, turns: new FewAtOnce(4) }, GRAPH),
    clock,
  ).open({ token: 'at' });
  const changes = async (since: string | null = null, continueAt: string | null = null) => {
    const pages: DeltaPage<RemoteMeeting>[] = [];
    const request = { calendarRemoteId: 'cal', since, continueAt, window: { type: 'all' } } as const;
    for await (const page of session.changes(request)) pages.push(page);
    return pages;
  };
  const glance = async () => {
    const pages: DeltaPage<RemoteMeeting>[] = [];
    const window = { type: 'between', from: NOW, to: NOW + 14 * DAY } as const;
    const request = { calendarRemoteId: 'cal', since: null, continueAt: null, window };
    for await (const page of session.changes(request)) pages.push(page);
    return pages;
  };
  return { http, clock, changes, glance };
}

const page = (value: unknown[], deltaLink = LINK) => ({ body: { value, '@odata.deltaLink': deltaLink } });

async function withCursor() {
  const around = setUp();
  around.http.answer(page([]));
  const [only] = await around.changes();
  around.http.requests.length = 0;
  return { ...around, cursor: only?.resume ?? '' };
}

describe('the next days of a calendar', () => {
  const occurrence = event('o1', { type: 'occurrence', seriesMasterId: 's' });
  const idsOf = (pages: readonly DeltaPage<RemoteMeeting>[]) =>
    pages.map(({ changes, complete }) => [
      changes.map((change) => (change.type === 'upserted' ? change.item.remoteId : change.type)),
      complete,
    ]);

  it('are told as soon as they are whole: what happens once first, its series after the second look', async () => {
    const { http, glance } = setUp();
    http.answer({ body: { value: [event('a'), occurrence, event('b')] } });
    http.answer({ body: { responses: [part(0, MASTER)] } });
    expect(idsOf(await glance())).toEqual([
      [['a', 'b'], false],
      [['s'], true],
    ]);
  });

  it('need one look where there are no series', async () => {
    const { http, glance } = setUp();
    http.answer({ body: { value: [event('a')] } });
    expect(idsOf(await glance())).toEqual([[['a'], true]]);
    expect(http.requests).toHaveLength(1);
  });
});

describe('the changes of a calendar', () => {
  it('are those of a window that reaches 90 days back and more than 400 ahead', async () => {
    const { http, changes } = setUp();
    http.answer(page([event('a')]));
    const [only] = await changes();
    expect(only).toMatchObject({
      complete: true,
      coverage: { from: Date.UTC(2026, 7, 24), to: Date.UTC(2028, 0, 11) },
    });
    const { url, headers } = http.lastRequest;
    expect(decodeURIComponent(url)).toBe(
      `${GRAPH}/me/calendars/cal/calendarView/delta?startDateTime=2026-08-24T00:00:00Z&endDateTime=2028-01-11T00:00:00Z`,
    );
    expect(headers?.['prefer']).toBe(
      'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="text", odata.maxpagesize=1000',
    );
  });

  it('go on from the same window for two weeks, and are listed anew when it has fallen behind', async () => {
    const { http, clock, changes, cursor } = await withCursor();
    clock.time = NOW + 14 * DAY;
    http.answer(page([]));
    expect((await changes(cursor))[0]).toMatchObject({ changes: [], complete: true });
    expect(http.lastRequest.url).toBe(LINK);
    clock.time = NOW + 15 * DAY;
    await expect(changes(cursor)).rejects.toMatchObject({ kind: 'CursorExpired' });
    expect(http.requests).toHaveLength(1);
  });

  it.each([
    'https://evil.example/v1.0/me/calendarView/delta?$skiptoken=x',
    'https://graph.microsoft.com.evil.example/v1.0/x',
    'http://graph.microsoft.com/v1.0/x',
    'https://graph.microsoft.com/v1.0evil',
  ])('never follow a link to %s', async (nextLink) => {
    const { http, changes } = setUp();
    http.answer({ body: { value: [], '@odata.nextLink': nextLink } });
    await expect(changes()).rejects.toMatchObject({ kind: 'UntrustedServer' });
    const cursor = `m2.${NOW}.${NOW}.${nextLink}`;
    await expect(changes(cursor)).rejects.toMatchObject({ kind: 'CursorExpired' });
    expect(http.requests).toHaveLength(1);
  });

  it('ask what became of each item called removed before telling that it is gone', async () => {
    const { http, changes, cursor } = await withCursor();
    const removed = (id: string) => ({ id, '@removed': { reason: 'deleted' } });
    const far = event('moved', { start: utc('2030-01-01T08:00:00'), end: utc('2030-01-01T09:00:00') });
    http.answer(page([removed('deleted'), removed('moved')]));
    http.answer({ body: { responses: [part(1, far), part(0, NOT_FOUND, 404)] } });
    const [only] = await changes(cursor);
    expect(only?.changes).toMatchObject([
      { type: 'removed', remoteId: 'deleted' },
      { type: 'upserted', item: { remoteId: 'moved', content: { start: { dateTime: '2030-01-01T09:00:00' } } } },
    ]);
  });

  it('are not told at all while it is not known what became of one', async () => {
    const { http, changes, cursor } = await withCursor();
    http.answer(page([{ id: 'gone', '@removed': { reason: 'deleted' } }]));
    const headers = { 'Retry-After': '7' };
    http.answer({ body: { responses: [{ ...part(0, { error: { code: 'TooManyRequests' } }, 429), headers }] } });
    await expect(changes(cursor)).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: 7000 });
  });

  it('read a series whole, once, whatever piece of it is shown', async () => {
    const { http, changes, cursor } = await withCursor();
    const occurrence = (id: string) => ({
      id,
      type: 'occurrence',
      seriesMasterId: 's',
      start: utc('2026-12-02T08:00:00'),
    });
    const moved = event('s-ex', {
      type: 'exception',
      seriesMasterId: 's',
      originalStart: '2026-12-09T08:00:00Z',
      start: utc('2026-12-10T08:00:00'),
      end: utc('2026-12-10T09:00:00'),
    });
    http.answer(page([occurrence('s-1'), occurrence('s-2'), MASTER, moved]));
    const whole = { ...MASTER, exceptionOccurrences: [moved], cancelledOccurrences: ['OID.s.2026-12-16'] };
    http.answer({ body: { responses: [part(0, whole)] } });
    const [only] = await changes(cursor);
    expect(only?.wholeSeries).toEqual(['s']);
    expect(only?.changes).toMatchObject([
      { item: { kind: 'series', remoteId: 's', lines: ['RRULE:FREQ=WEEKLY'] } },
      {
        item: { kind: 'exception', remoteId: 'OID.s.2026-12-09', originalStart: { instant: Date.UTC(2026, 11, 9, 8) } },
      },
      {
        item: {
          kind: 'cancelled',
          remoteId: 'OID.s.2026-12-16',
          originalStart: { instant: Date.UTC(2026, 11, 16, 8) },
        },
      },
    ]);
    expect(http.requests).toHaveLength(2);
  });

  it('show an occurrence to which somebody was invited alone', async () => {
    const { http, changes, cursor } = await withCursor();
    const alone = event('x', { type: 'exception', seriesMasterId: 'theirs', originalStart: '2026-11-25T08:00:00Z' });
    http.answer(page([alone])).answer({ body: { responses: [part(0, NOT_FOUND, 404)] } });
    const [only] = await changes(cursor);
    expect(only?.changes).toMatchObject([{ item: { kind: 'exception', remoteId: 'x', seriesRemoteId: 'theirs' } }]);
    expect(only?.wholeSeries).toEqual([]);
  });

  it('count what cannot be held, by the field that is wrong, and go on', async () => {
    const { http, changes } = setUp();
    const series = { ...MASTER, recurrence: { pattern: { type: 'lunar', interval: 1 }, range: { type: 'noEnd' } } };
    http.answer(
      page([
        event('zone', { start: { dateTime: '2026-11-25T08:00:00', timeZone: 'Atlantis Standard Time' } }),
        event('order', { end: utc('2026-11-24T08:00:00') }),
        event('key', { changeKey: '' }),
        event('day', { isAllDay: true }),
        event('kind', { type: 'riddle' }),
        series,
        7,
        event('good'),
      ]),
    );
    http.answer({ body: { responses: [part(0, series)] } });
    const [only] = await changes();
    const odd = (only?.changes ?? []).flatMap((change) =>
      change.type === 'unreadable' ? [[change.remoteId, change.reason]] : [],
    );
    expect(odd).toEqual([
      ['zone', 'start'],
      ['order', 'end before start'],
      ['key', 'changeKey'],
      ['day', 'start'],
      ['kind', 'type'],
      ['', 'not an event'],
      ['s', 'recurrence type lunar'],
    ]);
    expect(only?.changes).toHaveLength(8);
  });

  it('take a meeting its organizer has called off for gone, whatever the copy says', async () => {
    const { http, changes } = setUp();
    http.answer(page([event('off', { isCancelled: true })]));
    expect((await changes())[0]?.changes).toEqual([{ type: 'removed', remoteId: 'off' }]);
  });

  it('keep the instant of a meeting whose zone nobody knows, and the date of an all-day one written elsewhere', async () => {
    const { http, changes } = setUp();
    const days = { isAllDay: true, originalStartTimeZone: 'Tokyo Standard Time' };
    http.answer(
      page([
        event('custom', { originalStartTimeZone: 'tzone://Microsoft/Custom', originalEndTimeZone: '' }),
        event('fair', { ...days, start: utc('2026-12-24T00:00:00'), end: utc('2026-12-27T00:00:00') }),
        event('tokyo', { ...days, start: utc('2026-12-23T15:00:00'), end: utc('2026-12-24T15:00:00') }),
      ]),
    );
    const [only] = await changes();
    expect(only?.changes).toMatchObject([
      { item: { content: { start: { dateTime: '2026-11-25T08:00:00', timeZone: 'UTC' } } } },
      { item: { content: { start: { date: '2026-12-24' }, end: { date: '2026-12-27' } } } },
      { item: { content: { start: { date: '2026-12-24' }, end: { date: '2026-12-25' } } } },
    ]);
  });
});
