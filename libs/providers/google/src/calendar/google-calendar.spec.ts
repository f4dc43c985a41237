import type { ChangesRequest, DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import { FakeClock, FakeHttp } from '@daybook/testing/fakes';
import { createGoogleClient } from '../transport/google-client';
import { createGoogleCalendar } from './google-calendar';

const BASE = 'https://www.googleapis.com/calendar/v3';
const ALL: ChangesRequest = { calendarRemoteId: 'primary', since: null, window: { type: 'all' }, continueAt: null };
const EVENT = { id: 'e1', etag: '"1"', start: { date: '2026-11-22' }, end: { date: '2026-11-23' } };

function setUp() {
  const http = new FakeHttp();
  return { http, session: createGoogleCalendar(createGoogleClient(http, new FakeClock(), BASE)).open({ token: 'at' }) };
}

async function pagesOf(pages: AsyncIterable<DeltaPage<RemoteMeeting>>): Promise<DeltaPage<RemoteMeeting>[]> {
  const all: DeltaPage<RemoteMeeting>[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

const queryOf = (url: string | undefined) => Object.fromEntries(new URL(url ?? '').searchParams);

describe('listing Google events', () => {
  it('pages on by tokens, also over an empty page, and ends with a cursor', async () => {
    const { http, session } = setUp();
    http
      .answer({ body: { items: [EVENT], nextPageToken: 'p2' } })
      .answer({ body: { items: [], nextPageToken: 'p3' } })
      .answer({ body: { items: [EVENT], nextSyncToken: 's1' } });
    const pages = await pagesOf(session.changes(ALL));
    expect(
      pages.map(({ changes, continuation, resume, complete }) => [changes.length, continuation, resume, complete]),
    ).toEqual([
      [1, 'g1.p2', null, false],
      [0, 'g1.p3', null, false],
      [1, null, 'g1.s1', true],
    ]);
    expect(http.requests.map(({ url }) => queryOf(url)['pageToken'])).toEqual([undefined, 'p2', 'p3']);
  });

  it('asks for whole series on the largest page and never names what a sync token forbids', async () => {
    const { http, session } = setUp();
    http.answer({ body: { items: [], nextSyncToken: 's2' } });
    await pagesOf(session.changes({ ...ALL, since: 'g1.s1' }));
    const { fields, ...query } = queryOf(http.lastRequest.url);
    expect(query).toEqual({ maxResults: '2500', singleEvents: 'false', prettyPrint: 'false', syncToken: 's1' });
    expect(fields).toContain('nextSyncToken');
  });

  it('goes on in the middle with the parameters of the listing', async () => {
    const { http, session } = setUp();
    http.answer({ body: { items: [], nextSyncToken: 's2' } });
    await pagesOf(session.changes({ ...ALL, since: 'g1.s1', continueAt: 'g1.p7' }));
    expect(queryOf(http.lastRequest.url)).toMatchObject({ syncToken: 's1', pageToken: 'p7' });
  });

  it('bounds a glance in time and gives no cursor for it', async () => {
    const { http, session } = setUp();
    http.answer({ body: { items: [], nextSyncToken: 's2' } });
    const from = Date.UTC(2026, 10, 22, 8);
    const pages = await pagesOf(session.changes({ ...ALL, window: { type: 'between', from, to: from + 86_400_500 } }));
    expect(pages).toMatchObject([{ resume: null, complete: true }]);
    expect(queryOf(http.lastRequest.url)).toMatchObject({
      timeMin: '2026-11-22T08:00:00Z',
      timeMax: '2026-11-23T08:00:01Z',
    });
  });

  it('asks for a page only when it is wanted', async () => {
    const { http, session } = setUp();
    http.answer({ body: { items: [EVENT], nextPageToken: 'p2' } });
    for await (const page of session.changes(ALL)) {
      expect(page.complete).toBe(false);
      break;
    }
    expect(http.requests).toHaveLength(1);
  });

  it('does not take an end without a sync token for the end', async () => {
    const { http, session } = setUp();
    http.answer({ body: { items: [EVENT] } });
    expect(await pagesOf(session.changes(ALL))).toMatchObject([{ complete: false, resume: null, continuation: null }]);
  });

  it('stops at a page that follows itself', async () => {
    const { http, session } = setUp();
    http.answer({ body: { items: [], nextPageToken: 'p' } }).answer({ body: { items: [], nextPageToken: 'p' } });
    await expect(pagesOf(session.changes(ALL))).rejects.toMatchObject({ kind: 'Unavailable' });
  });

  it('stops at a page that comes again under another token, but not at an item that changed in between', async () => {
    const { http, session } = setUp();
    http
      .answer({ body: { items: [EVENT], nextPageToken: 'p2' } })
      .answer({ body: { items: [EVENT], nextPageToken: 'p3' } });
    await expect(pagesOf(session.changes(ALL))).rejects.toMatchObject({ kind: 'Unavailable' });
    http
      .answer({ body: { items: [EVENT], nextPageToken: 'p2' } })
      .answer({ body: { items: [{ ...EVENT, etag: '"2"' }], nextPageToken: 'p3' } })
      .answer({ body: { items: [], nextSyncToken: 's' } });
    expect(await pagesOf(session.changes(ALL))).toHaveLength(3);
  });

  it.each([['g0.s1'], ['s1'], ['']])('refuses the cursor %j of other parameters without asking', async (since) => {
    const { http, session } = setUp();
    await expect(pagesOf(session.changes({ ...ALL, since }))).rejects.toMatchObject({ kind: 'CursorExpired' });
    expect(http.requests).toEqual([]);
  });

  it('takes a token Google no longer knows for expired', async () => {
    const { http, session } = setUp();
    http.answer({ status: 410, body: { error: { errors: [{ reason: 'fullSyncRequired' }] } } });
    await expect(pagesOf(session.changes({ ...ALL, since: 'g1.s' }))).rejects.toMatchObject({ kind: 'CursorExpired' });
    http.answer({ status: 400, body: { error: { errors: [{ reason: 'invalid' }] } } });
    await expect(pagesOf(session.changes({ ...ALL, continueAt: 'g1.p' }))).rejects.toMatchObject({
      kind: 'CursorExpired',
    });
  });

  it.each([['<html>'], ['null'], ['[]'], ['{"items":{}}']])('takes %j for an outage', async (body) => {
    const { http, session } = setUp();
    http.answer({ body });
    await expect(pagesOf(session.changes(ALL))).rejects.toMatchObject({ kind: 'Unavailable' });
  });

  it('sends the token to its own address only, whatever the calendar is called', async () => {
    const { http, session } = setUp();
    http.answer({ body: { items: [], nextSyncToken: 's' } });
    await pagesOf(session.changes({ ...ALL, calendarRemoteId: '../../evil?x=@host/#' }));
    const url = new URL(http.lastRequest.url);
    expect(url.href.startsWith(`${BASE}/calendars/`)).toBe(true);
    expect(url.pathname.endsWith('/events')).toBe(true);
  });
});

describe('listing Google calendars', () => {
  it('reads what a calendar is and leaves out those without details', async () => {
    const { http, session } = setUp();
    const items = [
      {
        id: 'ada@x.org',
        summary: 'ada@x.org',
        primary: true,
        accessRole: 'owner',
        timeZone: 'Europe/Berlin',
        backgroundColor: '#9fe1e7',
      },
      {
        id: 'team',
        summary: 'Team',
        summaryOverride: 'Our team',
        accessRole: 'reader',
        selected: true,
        timeZone: 'Nowhere/At all',
      },
      { id: 'busy', summary: 'Boss', accessRole: 'freeBusyReader' },
      { summary: 'no id', accessRole: 'owner' },
    ];
    http.answer({ body: { items, nextPageToken: 'p2' } }).answer({ body: { items: [] } });
    const calendars = [];
    for await (const page of session.calendars()) calendars.push(...page);
    expect(calendars).toEqual([
      {
        remoteId: 'ada@x.org',
        name: 'ada@x.org',
        colour: '#9fe1e7',
        timeZone: 'Europe/Berlin',
        primary: true,
        writable: true,
        shown: true,
        owned: true,
      },
      {
        remoteId: 'team',
        name: 'Our team',
        colour: null,
        timeZone: null,
        primary: false,
        writable: false,
        shown: true,
        owned: false,
      },
    ]);
  });

  it('says when the permission was not granted', async () => {
    const { http, session } = setUp();
    http.answer({ status: 403, body: { error: { errors: [{ reason: 'insufficientPermissions' }] } } });
    const listing = async () => {
      for await (const page of session.calendars()) void page;
    };
    await expect(listing()).rejects.toMatchObject({ kind: 'PermissionMissing' });
  });
});
