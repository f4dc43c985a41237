import { ADA, BEN, CALENDAR_SCOPE, reasonOf, TestSimulator, timed } from '../testing/start-simulator';

const DAY = 86_400_000;

describe('listing events', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
  });
  afterEach(() => subject.close());

  const fill = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      await subject.insert({
        id: `event${index}`,
        ...timed(`Event ${index}`, `2026-12-${String(index + 1).padStart(2, '0')}`),
      });
    }
  };
  const ids = (answer: Awaited<ReturnType<TestSimulator['list']>>): string[] =>
    answer.body.items?.map(({ id }) => id) ?? [];

  it('pages in a stable order and hands out the sync token on the last page only', async () => {
    await fill(5);
    const seen: string[] = [];
    let page = await subject.list({ maxResults: '2' });
    for (;;) {
      seen.push(...ids(page));
      const { nextPageToken, nextSyncToken } = page.body;
      expect(nextPageToken === undefined).not.toBe(nextSyncToken === undefined);
      if (nextPageToken === undefined) break;
      page = await subject.list({ maxResults: '2', pageToken: nextPageToken });
    }
    expect(seen).toEqual(['event0', 'event1', 'event2', 'event3', 'event4']);
  });

  it('brings what changed during the paging with the first delta', async () => {
    await fill(3);
    const first = await subject.list({ maxResults: '2' });
    await subject.call('PATCH', 'calendars/primary/events/event0', { body: { summary: 'Changed' } });
    const last = await subject.list({ maxResults: '2', pageToken: first.body.nextPageToken ?? '' });
    const delta = await subject.list({ syncToken: last.body.nextSyncToken ?? '' });
    expect(delta.body.items?.map(({ id, summary }) => [id, summary])).toEqual([['event0', 'Changed']]);
    const quiet = await subject.list({ syncToken: delta.body.nextSyncToken ?? '' });
    expect(quiet.body.items).toEqual([]);
  });

  it('tells deletions in a delta as barely as Google may', async () => {
    await fill(2);
    const { body } = await subject.list();
    await subject.call('DELETE', 'calendars/primary/events/event1');
    const delta = await subject.list({ syncToken: body.nextSyncToken ?? '' });
    expect(delta.body.items).toEqual([
      { kind: 'calendar#event', etag: expect.any(String), id: 'event1', status: 'cancelled' },
    ]);
    expect(ids(await subject.list())).toEqual(['event0']);
    expect(ids(await subject.list({ showDeleted: 'true' }))).toEqual(['event0', 'event1']);
  });

  it('pages a delta too', async () => {
    const { body } = await subject.list();
    await fill(5);
    const since = body.nextSyncToken ?? '';
    const first = await subject.list({ syncToken: since, maxResults: '3' });
    const second = await subject.list({ syncToken: since, maxResults: '3', pageToken: first.body.nextPageToken ?? '' });
    expect([...ids(first), ...ids(second)]).toEqual(['event0', 'event1', 'event2', 'event3', 'event4']);
    expect(first.body.nextSyncToken).toBeUndefined();
    expect(second.body.nextPageToken).toBeUndefined();
  });

  it('bounds the end by timeMin and the start by timeMax, both exclusive', async () => {
    await fill(4);
    const window = { timeMin: '2026-12-02T08:30:00Z', timeMax: '2026-12-04T08:00:00Z' };
    expect(ids(await subject.list(window))).toEqual(['event2']);
    expect(ids(await subject.list({ timeMin: '2026-12-02T08:29:59Z', timeMax: '2026-12-04T08:00:01Z' }))).toEqual([
      'event1',
      'event2',
      'event3',
    ]);
    expect(ids(await subject.list({ timeMin: '2026-12-03T00:00:00Z' }))).toEqual(['event2', 'event3']);
    const empty = await subject.list({ timeMin: window.timeMax, timeMax: window.timeMin });
    expect(reasonOf(empty)).toEqual([400, 'timeRangeEmpty']);
  });

  it('keeps handing out deltas outside a window the listing began with', async () => {
    const { body } = await subject.list({ timeMin: '2026-12-01T00:00:00Z', timeMax: '2026-12-10T00:00:00Z' });
    await subject.insert({ id: 'distant', ...timed('Far away', '2027-06-01') });
    expect(ids(await subject.list({ syncToken: body.nextSyncToken ?? '' }))).toEqual(['distant']);
  });

  it.each([
    'timeMin',
    'timeMax',
    'updatedMin',
    'q',
    'iCalUID',
    'orderBy',
    'privateExtendedProperty',
    'sharedExtendedProperty',
  ])('refuses %s beside a sync token', async (name) => {
    const { body } = await subject.list();
    const value =
      name.startsWith('time') || name === 'updatedMin'
        ? '2026-12-01T00:00:00Z'
        : name === 'orderBy'
          ? 'updated'
          : 'a=b';
    expect((await subject.list({ syncToken: body.nextSyncToken ?? '', [name]: value })).status).toBe(400);
  });

  it('binds tokens to person, calendar and shape of the listing', async () => {
    await fill(3);
    const { body } = await subject.list();
    const syncToken = body.nextSyncToken ?? '';
    expect((await subject.list({ syncToken, singleEvents: 'true' })).status).toBe(400);
    expect((await subject.list({ syncToken, showDeleted: 'false' })).status).toBe(400);
    expect((await subject.list({ syncToken: 'CPDforged' })).status).toBe(400);
    const ben = subject.control.issueToken(BEN, CALENDAR_SCOPE).accessToken;
    const foreign = await subject.call('GET', `calendars/primary/events?syncToken=${encodeURIComponent(syncToken)}`, {
      token: ben,
    });
    expect(foreign.status).toBe(400);
    const page = await subject.list({ maxResults: '1' });
    expect((await subject.list({ maxResults: '1', q: 'x', pageToken: page.body.nextPageToken ?? '' })).status).toBe(
      400,
    );
  });

  it('asks for a full sync when a token is too old, after a reset and by fault', async () => {
    const { body } = await subject.list();
    const syncToken = body.nextSyncToken ?? '';
    subject.control.addFault({ kind: 'cursor_expired', email: ADA, times: 1 });
    const struck = await subject.list({ syncToken });
    expect(reasonOf(struck)).toEqual([410, 'fullSyncRequired']);
    expect((await subject.list({ syncToken })).status).toBe(200);
    subject.control.setClock(new Date(subject.control.now() + 29 * DAY).toISOString());
    const token = subject.control.issueToken(ADA, CALENDAR_SCOPE).accessToken;
    const late = await subject.call('GET', `calendars/primary/events?syncToken=${encodeURIComponent(syncToken)}`, {
      token,
    });
    expect(reasonOf(late)).toEqual([410, 'fullSyncRequired']);
  });

  it('orders, searches and filters', async () => {
    await subject.insert({ id: 'later', ...timed('Zebra crossing', '2026-12-05'), location: 'Graz' });
    await subject.insert({
      id: 'sooner',
      ...timed('Apple', '2026-12-01'),
      extendedProperties: { private: { origin: 'x' } },
    });
    expect(ids(await subject.list({ singleEvents: 'true', orderBy: 'startTime' }))).toEqual(['sooner', 'later']);
    expect(ids(await subject.list({ q: 'graz ZEBRA' }))).toEqual(['later']);
    expect(ids(await subject.list({ privateExtendedProperty: 'origin=x' }))).toEqual(['sooner']);
    expect(ids(await subject.list({ iCalUID: 'later@google.com' }))).toEqual(['later']);
    expect((await subject.list({ q: 'x' })).body.nextSyncToken).toBeUndefined();
    expect((await subject.list({ orderBy: 'startTime' })).status).toBe(400);
  });

  it('lists by time of change, deletions included, but not too far back', async () => {
    await fill(1);
    subject.control.setClock('2026-11-22T08:30:00Z');
    await subject.insert({ id: 'fresh', ...timed('Fresh', '2026-12-20') });
    await subject.call('DELETE', 'calendars/primary/events/fresh');
    expect(ids(await subject.list({ updatedMin: '2026-11-22T08:30:00Z' }))).toEqual(['fresh']);
    expect(reasonOf(await subject.list({ updatedMin: '2026-01-01T00:00:00Z' }))).toEqual([410, 'updatedMinTooLongAgo']);
  });

  it('serves partial answers, other zones and 304', async () => {
    await fill(1);
    const partial = await subject.list({ fields: 'items(id,start/dateTime),nextSyncToken' });
    expect(partial.body).toEqual({
      items: [{ id: 'event0', start: { dateTime: '2026-12-01T09:00:00+01:00' } }],
      nextSyncToken: expect.any(String),
    });
    const tokyo = await subject.list({ timeZone: 'Asia/Tokyo' });
    expect(tokyo.body.items?.[0]?.start).toEqual({ dateTime: '2026-12-01T17:00:00+09:00', timeZone: 'Europe/Vienna' });
    expect((await subject.list({ fields: 'items(' })).status).toBe(400);
    const one = await subject.call('GET', 'calendars/primary/events/event0');
    const again = await subject.call('GET', 'calendars/primary/events/event0', {
      headers: { 'if-none-match': one.body.etag ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('refuses what is not declared', async () => {
    for (const query of [
      'showHidden=true',
      'maxResults=0',
      'maxResults=ten',
      'timeMin=2026-12-01',
      'orderBy=start',
      'timeMax=2026-02-30T00:00:00Z',
    ]) {
      expect([query, (await subject.call('GET', `calendars/primary/events?${query}`)).status]).toEqual([query, 400]);
    }
  });
});
