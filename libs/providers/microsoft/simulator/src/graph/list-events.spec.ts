import { ADA, codeOf, GraphBench, timed, weekly, type CallAnswer } from './testing/graph-bench';

const WINDOW = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-31T00:00:00Z';
const subjectsOf = ({ body }: CallAnswer): unknown[] => (body.value ?? []).map((one) => one['subject']);

describe('listing events', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  it('pages by ten, by $top or by the preferred size, and counts on request', async () => {
    for (let index = 0; index < 12; index += 1) subject.desk.insertEvent(ADA, bodyOf(`Event ${index}`, '2026-12-01'));
    const first = await subject.get('/me/events?$count=true');
    expect(first.body.value).toHaveLength(10);
    expect(first.body['@odata.count']).toBe(12);
    expect(first.body['@odata.nextLink']).toContain('$skip=10');
    expect((await subject.get(first.body['@odata.nextLink'] ?? '')).body.value).toHaveLength(2);
    expect((await subject.all('/me/events?$top=5')).pages).toBe(3);
    expect((await subject.all('/me/events', { headers: { prefer: 'odata.maxpagesize=12' } })).pages).toBe(1);
    expect((await subject.get('/me/events/$count')).body['text']).toBe('12');
  });

  it('lists series as they are under events, and expanded in a window', async () => {
    await subject.create(weekly('Weekly'));
    await subject.create(timed('Single', '2026-11-29'));
    expect(subjectsOf(await subject.get('/me/calendar/events'))).toEqual(['Weekly', 'Single']);
    const view = await subject.get(`/me/calendarView?${WINDOW}`);
    expect(view.body.value?.map((one) => one['type'])).toEqual([
      'occurrence',
      'singleInstance',
      'occurrence',
      'occurrence',
      'occurrence',
      'occurrence',
    ]);
    expect((await subject.get(`/me/calendarView/$count?${WINDOW}`)).body['text']).toBe('6');
  });

  it('needs a window with both ends, and reads its offsets', async () => {
    await subject.create(timed('Morning', '2026-12-01'));
    for (const query of [
      '',
      '?startDateTime=2026-12-01',
      '?startDateTime=x&endDateTime=y',
      '?startDateTime=2026-12-02&endDateTime=2026-12-01',
    ]) {
      expect([query, ...codeOf(await subject.get(`/me/calendarView${query}`))]).toEqual([
        query,
        400,
        'ErrorInvalidParameter',
      ]);
    }
    const at = (from: string, to: string) =>
      subject.get(`/me/calendarView?startDateTime=${encodeURIComponent(from)}&endDateTime=${encodeURIComponent(to)}`);
    expect(subjectsOf(await at('2026-12-01T09:00:00+01:00', '2026-12-01T09:10:00+01:00'))).toEqual(['Morning']);
    expect(subjectsOf(await at('2026-12-01T09:00:00', '2026-12-01T09:10:00'))).toEqual([]);
    expect(subjectsOf(await at('2026-12-01T08:00:00', '2026-12-01T08:10:00'))).toEqual(['Morning']);
  });

  it('gives the members that are selected, and refuses names there are not', async () => {
    await subject.create(timed('Cut', '2026-12-01'));
    const { body } = await subject.get('/me/events?$select=subject,start');
    expect(Object.keys(body.value?.[0] ?? {}).sort()).toEqual(['@odata.etag', 'id', 'start', 'subject']);
    expect(codeOf(await subject.get('/me/events?$select=start_time'))).toEqual([400, 'BadRequest']);
    expect(codeOf(await subject.get('/me/events?$expand=people'))).toEqual([400, 'BadRequest']);
  });

  it.each([
    ["subject eq 'lunch'", ['Lunch']],
    ["startswith(subject,'L')", ['Lunch', 'Late']],
    ["contains(subject,'unc') or subject eq 'Late'", ['Lunch', 'Late']],
    ["start/dateTime ge '2026-12-02T00:00:00' and not (subject eq 'Late')", ['Breakfast']],
    ["start/dateTime lt '2026-12-01T12:00:00Z'", ['Lunch']],
    ['isAllDay eq true', []],
    ["showAs in ('oof', 'free')", ['Late']],
    ["categories/any(c: c eq 'Red')", ['Breakfast']],
    ["organizer/emailAddress/address eq 'ada@example.com'", ['Lunch', 'Breakfast', 'Late']],
    ['seriesMasterId ne null', []],
  ])('filters by %s', async (filter, expected) => {
    await subject.create(timed('Lunch', '2026-12-01', '12'));
    await subject.create({ ...timed('Breakfast', '2026-12-02'), categories: ['Red'] });
    await subject.create({ ...timed('Late', '2026-12-03', '20'), showAs: 'oof' });
    expect(subjectsOf(await subject.get(`/me/events?$filter=${encodeURIComponent(filter)}`))).toEqual(expected);
  });

  it.each([
    ['summary eq 1', 'BadRequest'],
    ["bodyPreview eq 'x'", 'ErrorInvalidUrlQueryFilter'],
    ["subject eq 'x", 'ErrorInvalidUrlQueryFilter'],
    ['subject eq 1', 'ErrorInvalidUrlQueryFilter'],
    ["(subject eq 'x'", 'ErrorInvalidUrlQueryFilter'],
  ])('refuses to filter by %s', async (filter, code) => {
    await subject.create(timed('One', '2026-12-01'));
    expect(codeOf(await subject.get(`/me/events?$filter=${encodeURIComponent(filter)}`))).toEqual([400, code]);
  });

  it('sorts by what Exchange sorts by, keeping the order over pages', async () => {
    for (const [name, day] of [
      ['B', '2026-12-03'],
      ['A', '2026-12-02'],
      ['C', '2026-12-01'],
    ] as const) {
      await subject.create(timed(name, day));
    }
    const sorted = async (by: string): Promise<unknown[]> =>
      (await subject.all(`/me/events?$top=2&$orderby=${encodeURIComponent(by)}`)).items.map((one) => one['subject']);
    expect(await sorted('start/dateTime')).toEqual(['C', 'A', 'B']);
    expect(await sorted('subject desc')).toEqual(['C', 'B', 'A']);
    expect(codeOf(await subject.get('/me/events?$orderby=body'))).toEqual([400, 'ErrorInvalidUrlQuery']);
  });

  it('refuses options the set does not take', async () => {
    expect(codeOf(await subject.get('/me/events?$search=x'))).toEqual([400, 'ErrorInvalidUrlQuery']);
    expect(codeOf(await subject.get('/me/events?maxResults=3'))).toEqual([400, 'BadRequest']);
    expect(codeOf(await subject.get('/me/events?$top=1001'))).toEqual([400, 'ErrorInvalidParameter']);
    expect(codeOf(await subject.get('/me/events?$top=many'))).toEqual([400, 'BadRequest']);
    expect(codeOf(await subject.get('/me/meetings'))).toEqual([400, 'BadRequest']);
    expect(codeOf(await subject.call('PATCH', '/me/events', { body: {} }))).toEqual([405, 'Request_BadRequest']);
  });

  it('is found under every path there is to a calendar', async () => {
    await subject.create(timed('Found', '2026-12-01'));
    const calendar = (await subject.get('/me/calendar')).body.id;
    const group = (await subject.get('/me/calendarGroups')).body.value?.[0]?.['id'];
    for (const path of [
      '/me/calendar/events',
      `/me/calendars/${calendar}/events`,
      `/me/calendars('${calendar}')/events`,
      `/me/calendarGroups/${group}/calendars/${calendar}/events`,
      '/users/ada@example.com/events',
      `/ME/CALENDARVIEW?${WINDOW}`,
    ]) {
      expect([path, subjectsOf(await subject.get(path))]).toEqual([path, ['Found']]);
    }
  });

  it('can be made to page badly', async () => {
    await subject.create(timed('One', '2026-12-01'));
    subject.faults.add({ kind: 'empty_page', times: 1 });
    const empty = await subject.get('/me/events');
    expect(empty.body.value).toEqual([]);
    expect(subjectsOf(await subject.get(empty.body['@odata.nextLink'] ?? ''))).toEqual(['One']);
    subject.faults.add({ kind: 'endless_page', times: 1 });
    const endless = await subject.get('/me/events');
    expect(endless.body['@odata.nextLink']).toContain('$skip=0');
  });

  const bodyOf = (name: string, day: string) => ({
    subject: name,
    start: { dateTime: `${day}T09:00:00`, timeZone: 'UTC' },
    end: { dateTime: `${day}T10:00:00`, timeZone: 'UTC' },
  });
});
