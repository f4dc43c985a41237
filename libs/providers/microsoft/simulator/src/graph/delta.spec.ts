import { codeOf, GraphBench, timed, weekly, BEN } from './testing/graph-bench';

const WINDOW = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-31T00:00:00Z';
const VIEW = `/me/calendarView/delta?${WINDOW}`;
const subjects = (items: readonly Record<string, unknown>[]): unknown[] =>
  items.map((item) => item['subject'] ?? item['@removed'] ?? item['type']);

describe('change tracking', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  const prefer = (size: number) => ({ headers: { prefer: `odata.maxpagesize=${size}` } });

  it('gives what is in the window, then what changed', async () => {
    const first = await subject.create(timed('One', '2026-12-01'));
    await subject.create(timed('Far away', '2028-01-01'));
    const round = await subject.all(VIEW);
    expect(round.items).toMatchObject([{ '@odata.type': '#microsoft.graph.event', subject: 'One', attendees: [] }]);
    const second = await subject.create(timed('Two', '2026-12-02'));
    await subject.call('PATCH', `/me/events/${first.id}`, { body: { subject: 'One again' } });
    const changes = await subject.all(round.deltaLink);
    expect(subjects(changes.items)).toEqual(['Two', 'One again']);
    await subject.call('DELETE', `/me/events/${second.id}`);
    const removal = await subject.all(changes.deltaLink);
    expect(removal.items).toEqual([
      { '@odata.type': '#microsoft.graph.event', id: second.id, '@removed': { reason: 'deleted' } },
    ]);
    expect((await subject.all(removal.deltaLink)).items).toEqual([]);
  });

  it('shows an event that leaves the window, or never was in it, as removed', async () => {
    const { id } = await subject.create(timed('Here', '2026-12-01'));
    const round = await subject.all(VIEW);
    await subject.call('PATCH', `/me/events/${id}`, { body: timed('Gone', '2027-05-01') });
    const outside = await subject.create(timed('Outside', '2027-06-01'));
    const { items } = await subject.all(round.deltaLink);
    expect(items).toMatchObject([
      { id, '@removed': { reason: 'deleted' } },
      { id: outside.id, '@removed': { reason: 'deleted' } },
    ]);
    expect((await subject.get(`/me/events/${id}`)).status).toBe(200);
  });

  it('gives series and exceptions whole and plain occurrences sparse', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const { body } = await subject.get(`/me/events/${id}/instances?${WINDOW}`);
    await subject.call('PATCH', `/me/events/${body.value?.[1]?.['id']}`, { body: { subject: 'Changed' } });
    const { items } = await subject.all(VIEW);
    expect(subjects(items)).toEqual(['Weekly', 'occurrence', 'Changed', 'occurrence', 'occurrence', 'occurrence']);
    expect(Object.keys(items[1] ?? {}).sort()).toEqual(
      ['@odata.etag', '@odata.type', 'end', 'id', 'seriesMasterId', 'start', 'type'].sort(),
    );
    expect(items[1]).toMatchObject({ seriesMasterId: id });
  });

  it('gives a series again, without a word, when one occurrence is removed', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const round = await subject.all(VIEW);
    const third = round.items[3]?.['id'];
    await subject.call('DELETE', `/me/events/${third}`);
    const { items } = await subject.all(round.deltaLink);
    expect(subjects(items)).toEqual(['Weekly', 'occurrence', 'occurrence', 'occurrence', 'occurrence']);
    expect(items.map((item) => item['id'])).not.toContain(third);
    await subject.call('DELETE', `/me/events/${id}`);
  });

  it('cuts a round anywhere, in the middle of a series too, and misses nothing that changes meanwhile', async () => {
    await subject.create(weekly('Weekly'));
    const moved = await subject.create(timed('Last', '2026-12-29'));
    const first = await subject.get(VIEW, prefer(2));
    expect(first.body.value).toHaveLength(2);
    expect(first.body).not.toHaveProperty('@odata.deltaLink');
    expect(first.headers.get('preference-applied')).toBe('odata.track-changes, odata.maxpagesize=2');
    await subject.call('PATCH', `/me/events/${moved.id}`, { body: timed('Moved up', '2026-11-22') });
    const rest = await subject.all(first.body['@odata.nextLink'] ?? '', prefer(2));
    expect(subjects(rest.items)).toEqual(['occurrence', 'occurrence', 'occurrence', 'occurrence']);
    const later = await subject.all(rest.deltaLink, prefer(2));
    expect(subjects(later.items)).toEqual(['Moved up']);
    await subject.call('PATCH', `/me/events/${rest.items[0]?.['id']}`, { body: { subject: 'Changed' } });
    const paged = await subject.all(later.deltaLink, prefer(2));
    expect(paged.pages).toBe(3);
    expect(subjects(paged.items)).toEqual([
      'Weekly',
      'occurrence',
      'Changed',
      'occurrence',
      'occurrence',
      'occurrence',
    ]);
  });

  it('follows the calendar of the path, and all events without a window thinly', async () => {
    const other = subject.desk.createCalendar('ada@example.com', 'Side');
    await subject.call('POST', `/me/calendars/${other}/events`, { body: timed('Side event', '2026-12-01') });
    await subject.create(timed('Main', '2028-12-01'));
    const side = await subject.all(`/me/calendars/${other}/calendarView/delta?${WINDOW}`);
    expect(subjects(side.items)).toEqual(['Side event']);
    const all = await subject.all('/me/calendar/events/delta');
    expect(all.items).toMatchObject([{ type: 'singleInstance', start: { dateTime: '2028-12-01T08:00:00.0000000' } }]);
    expect(all.items[0]).not.toHaveProperty('subject');
    await subject.call('DELETE', `/me/events/${all.items[0]?.['id']}`);
    expect(subjects((await subject.all(all.deltaLink)).items)).toEqual([{ reason: 'deleted' }]);
  });

  it('follows one series in a window', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    await subject.create(timed('Beside', '2026-12-01'));
    const path = `/me/events/${id}/instances/delta`;
    const round = await subject.all(`${path}?${WINDOW}`);
    expect(subjects(round.items)).toEqual(Array.from({ length: 5 }, () => 'occurrence'));
    await subject.create(timed('Beside, too', '2026-12-01'));
    expect((await subject.all(round.deltaLink)).items).toEqual([]);
    await subject.call('DELETE', `/me/events/${round.items[0]?.['id']}`);
    expect((await subject.all(round.deltaLink)).items.map((item) => item['id'])).toEqual(
      round.items.slice(1).map((item) => item['id']),
    );
    expect(codeOf(await subject.get(path))).toEqual([400, 'ErrorInvalidParameter']);
  });

  it('needs a window and takes nothing that would change the shape of its answers', async () => {
    expect(codeOf(await subject.get('/me/calendarView/delta'))).toEqual([400, 'ErrorInvalidParameter']);
    for (const option of [
      '$select=subject',
      "$filter=subject eq 'x'",
      '$orderby=subject',
      '$expand=attachments',
      '$search=x',
    ]) {
      const answer = await subject.get(`${VIEW}&${option}`);
      expect([option, ...codeOf(answer)]).toEqual([option, 400, 'ErrorInvalidUrlQuery']);
    }
  });

  it('binds a token to person, collection and window', async () => {
    const { deltaLink } = await subject.all(VIEW);
    const token = new URL(deltaLink).searchParams.get('$deltatoken');
    const with_ = (path: string, more = '') => `${path}?$deltatoken=${token}${more}`;
    expect(codeOf(await subject.get(with_('/me/calendarView/delta'), { as: BEN }))).toEqual([410, 'SyncStateNotFound']);
    expect(codeOf(await subject.get(with_('/me/events/delta')))).toEqual([410, 'SyncStateNotFound']);
    const moved = await subject.get(
      with_('/me/calendarView/delta', '&startDateTime=2026-12-01&endDateTime=2026-12-31'),
    );
    expect(codeOf(moved)).toEqual([400, 'ErrorInvalidUrlQuery']);
    expect(codeOf(await subject.get('/me/calendarView/delta?$deltatoken=abc'))).toEqual([400, 'BadRequest']);
    expect(codeOf(await subject.get(`/me/calendarView/delta?$skiptoken=${token}`))).toEqual([400, 'BadRequest']);
    subject.clock.set(Date.parse('2027-02-01T00:00:00Z'));
    expect(codeOf(await subject.get(deltaLink))).toEqual([410, 'SyncStateNotFound']);
  });

  it('gives no pages of a calendar that was made anew', async () => {
    const { deltaLink } = await subject.all(VIEW);
    subject.world.clear();
    subject.addMailbox('ada@example.com', 1);
    expect(codeOf(await subject.get(deltaLink))).toEqual([410, 'SyncStateNotFound']);
  });

  it('can lose its state, be empty, endless and odd on order', async () => {
    await subject.create(timed('One', '2026-12-01'));
    subject.faults.add({ kind: 'empty_page', times: 1 });
    const empty = await subject.get(VIEW);
    expect(empty.body.value).toEqual([]);
    expect(subjects((await subject.all(empty.body['@odata.nextLink'] ?? '')).items)).toEqual(['One']);
    subject.faults.add({ kind: 'endless_page', times: 2 });
    const endless = await subject.get(VIEW);
    const again = await subject.get(endless.body['@odata.nextLink'] ?? '');
    expect(again.body.value).toEqual(endless.body.value);
    const round = await subject.all(again.body['@odata.nextLink'] ?? '');
    subject.faults.add({ kind: 'cursor_expired', times: 1 });
    expect(codeOf(await subject.get(round.deltaLink))).toEqual([410, 'SyncStateNotFound']);
    subject.faults.add({ kind: 'bad_item', times: 1 });
    const odd = await subject.all(VIEW);
    expect(odd.items[0]).not.toEqual(round.items[0]);
    expect(odd.items[0]?.['id']).toBe(round.items[0]?.['id']);
  });

  it('notes each version it served', async () => {
    const { id } = await subject.create(timed('One', '2026-12-01'));
    const before = subject.ledger.view('ada@example.com').served.length;
    const { items } = await subject.all(VIEW);
    expect(subject.ledger.view('ada@example.com').served.slice(before)).toMatchObject([
      { itemId: id, version: items[0]?.['@odata.etag'] },
    ]);
  });
});
