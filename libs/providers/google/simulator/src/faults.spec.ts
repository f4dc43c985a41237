import { ADA, BEN, CALENDAR_SCOPE, reasonOf, TestSimulator, timed } from './testing/start-simulator';

describe('faults', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
    for (const id of ['one11', 'tuo22']) await subject.insert({ id, ...timed(id, '2026-12-01') });
  });
  afterEach(() => subject.close());

  it.each([
    ['throttled', 429, 'rateLimitExceeded'],
    ['quota', 403, 'rateLimitExceeded'],
    ['server_error', 500, 'backendError'],
    ['unavailable', 503, 'backendError'],
  ] as const)('answers %s in the shape of Google, as often as asked', async (kind, status, reason) => {
    subject.control.addFault({ kind, times: 2 });
    expect(reasonOf(await subject.list())).toEqual([status, reason]);
    expect(reasonOf(await subject.list())).toEqual([status, reason]);
    expect((await subject.list()).status).toBe(200);
  });

  it('strikes one mailbox, for a time, by the clock', async () => {
    subject.control.addFault({ kind: 'unavailable', email: BEN, forMs: 60_000 });
    const ben = subject.control.issueToken(BEN, CALENDAR_SCOPE).accessToken;
    expect((await subject.list()).status).toBe(200);
    expect((await subject.call('GET', 'colors', { token: ben })).status).toBe(503);
    subject.control.setClock('2026-11-22T08:01:01Z');
    expect((await subject.call('GET', 'colors', { token: ben })).status).toBe(200);
  });

  it('drops the connection, before or after a write', async () => {
    subject.control.addFault({ kind: 'cut', times: 1 });
    await expect(subject.list()).rejects.toThrow();
    subject.control.addFault({ kind: 'timeout_after_write', times: 1 });
    await expect(subject.insert({ id: 'lost55', ...timed('Lost', '2026-12-02') })).rejects.toThrow();
    expect(subject.control.event(ADA, 'lost55')?.summary).toBe('Lost');
  });

  it('puts an empty page in the middle, and pages without end', async () => {
    subject.control.addFault({ kind: 'empty_page', times: 1 });
    const empty = await subject.list();
    expect(empty.body.items).toEqual([]);
    const rest = await subject.list({ pageToken: empty.body.nextPageToken ?? '' });
    expect(rest.body.items).toHaveLength(2);
    subject.control.addFault({ kind: 'endless_page' });
    let page = await subject.list();
    for (let turn = 0; turn < 3; turn += 1) page = await subject.list({ pageToken: page.body.nextPageToken ?? '' });
    expect(page.body.nextPageToken).toBeDefined();
    subject.control.clearFaults();
    expect((await subject.list({ pageToken: page.body.nextPageToken ?? '' })).body.nextSyncToken).toBeDefined();
  });

  it('gives an event that nobody can show, and a conflict', async () => {
    subject.control.addFault({ kind: 'bad_item', times: 1 });
    const { body } = await subject.list();
    expect(body.items?.map(({ start }) => start === undefined)).toEqual([true, false]);
    subject.control.addFault({ kind: 'conflict', times: 1 });
    const before = subject.control.event(ADA, 'one11')?.etag;
    expect((await subject.call('PATCH', 'calendars/primary/events/one11', { body: { summary: 'x' } })).status).toBe(
      412,
    );
    expect(subject.control.event(ADA, 'one11')?.etag).not.toBe(before);
  });

  it('is slow when told', async () => {
    subject.control.addFault({ kind: 'slow', times: 1, ms: 300 });
    const began = performance.now();
    await subject.list();
    expect(performance.now() - began).toBeGreaterThanOrEqual(290);
  });

  it('revokes grants at once', async () => {
    subject.control.addFault({ kind: 'grant_revoked', email: ADA });
    expect((await subject.list()).status).toBe(401);
  });
});
