import { codeOf, GraphBench, timed, weekly, type AnswerBody } from './testing/graph-bench';

const WINDOW = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2027-12-31T00:00:00Z';
const dayOf = (event: Record<string, unknown>): string =>
  String(Reflect.get(Object(event['start']), 'dateTime')).slice(0, 10);

describe('series', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  const instances = async (id: string, window = WINDOW, headers = {}): Promise<(AnswerBody & { id: string })[]> => {
    const { items } = await subject.all(`/me/events/${id}/instances?${window}&$top=100`, { headers });
    return items.map((item) => ({ ...item, id: String(item['id']) }));
  };
  const days = async (event: Record<string, unknown>): Promise<string[]> =>
    (await instances((await subject.create(event)).id)).map(dayOf);
  const repeated = (start: string, pattern: Record<string, unknown>, range: Record<string, unknown> = {}) => ({
    ...timed('Series', start),
    recurrence: { pattern, range: { type: 'numbered', startDate: start, numberOfOccurrences: 3, ...range } },
  });

  it.each([
    ['daily', '2026-11-23', { type: 'daily', interval: 2 }, ['2026-11-23', '2026-11-25', '2026-11-27']],
    [
      'weekly on several days',
      '2026-11-24',
      { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'sunday'], firstDayOfWeek: 'monday' },
      ['2026-11-24', '2026-11-29', '2026-12-08'],
    ],
    [
      'weekly from Sundays on, which shifts the second week',
      '2026-11-24',
      { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'sunday'], firstDayOfWeek: 'sunday' },
      ['2026-11-24', '2026-12-06', '2026-12-08'],
    ],
    [
      'on a day of the month, or its last one',
      '2026-12-31',
      { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
      ['2026-12-31', '2027-01-31', '2027-02-28'],
    ],
    [
      'on the n-th day that is one of several',
      '2026-12-01',
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday', 'thursday'], index: 'first' },
      ['2026-12-01', '2027-01-05', '2027-02-02'],
    ],
    [
      'on the last Friday of a month',
      '2026-11-27',
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
      ['2026-11-27', '2026-12-25', '2027-01-29'],
    ],
    [
      'yearly',
      '2026-12-24',
      { type: 'absoluteYearly', interval: 1, month: 12, dayOfMonth: 24 },
      ['2026-12-24', '2027-12-24'],
    ],
    [
      'yearly on the n-th weekday',
      '2026-11-26',
      { type: 'relativeYearly', interval: 1, month: 11, daysOfWeek: ['thursday'], index: 'fourth' },
      ['2026-11-26', '2027-11-25'],
    ],
  ])('repeats %s', async (_name, start, pattern, expected) => {
    expect(await days(repeated(start, pattern))).toEqual(expected);
  });

  it('ends by number, by a date that counts too, or never', async () => {
    const pattern = { type: 'daily', interval: 1 };
    const until = repeated('2026-12-01', pattern, { type: 'endDate', endDate: '2026-12-03', numberOfOccurrences: 0 });
    expect(await days(until)).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
    const endless = await subject.create(repeated('2026-12-01', pattern, { type: 'noEnd' }));
    const far = await instances(endless.id, 'startDateTime=2030-01-01T00:00:00Z&endDateTime=2030-01-04T00:00:00Z');
    expect(far.map(dayOf)).toEqual(['2030-01-01', '2030-01-02', '2030-01-03']);
    expect(endless).toMatchObject({
      type: 'seriesMaster',
      recurrence: {
        pattern: {
          type: 'daily',
          interval: 1,
          month: 0,
          dayOfMonth: 0,
          daysOfWeek: [],
          firstDayOfWeek: 'sunday',
          index: 'first',
        },
        range: {
          type: 'noEnd',
          startDate: '2026-12-01',
          endDate: '0001-01-01',
          recurrenceTimeZone: 'Europe/Vienna',
          numberOfOccurrences: 0,
        },
      },
    });
  });

  it('keeps the wall time of its zone over a change of the clock', async () => {
    const created = await subject.create(repeated('2027-03-25', { type: 'daily', interval: 2 }));
    const times = (await instances(created.id)).map((one) => Reflect.get(Object(one['start']), 'dateTime'));
    expect(times).toEqual([
      '2027-03-25T08:00:00.0000000',
      '2027-03-27T08:00:00.0000000',
      '2027-03-29T07:00:00.0000000',
    ]);
  });

  it('demands the start date in the range too, and moves to the first match', async () => {
    const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['friday'] };
    const other = await subject.call('POST', '/me/events', {
      body: repeated('2026-11-23', pattern, { startDate: '2026-11-24' }),
    });
    expect(codeOf(other)).toEqual([400, 'ErrorPropertyValidationFailure']);
    const moved = await subject.create(repeated('2026-11-23', pattern));
    expect(dayOf(moved)).toBe('2026-11-27');
    expect(moved).toMatchObject({ recurrence: { range: { startDate: '2026-11-27' } } });
  });

  it.each([
    ['no days', { type: 'weekly', interval: 1, daysOfWeek: [] }, {}],
    ['no interval', { type: 'daily', interval: 0 }, {}],
    ['no day of the month', { type: 'absoluteMonthly', interval: 1 }, {}],
    ['no number', { type: 'daily', interval: 1 }, { numberOfOccurrences: 0 }],
    ['an end before the start', { type: 'daily', interval: 1 }, { type: 'endDate', endDate: '2026-11-01' }],
  ])('refuses a recurrence with %s', async (_reason, pattern, range) => {
    const answer = await subject.call('POST', '/me/events', { body: repeated('2026-11-23', pattern, range) });
    expect(codeOf(answer)).toEqual([400, 'ErrorPropertyValidationFailure']);
  });

  it('makes an exception of a changed occurrence and names the removed ones', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const [, second, third] = await instances(id);
    expect(second).toMatchObject({
      type: 'occurrence',
      seriesMasterId: id,
      originalStart: '2026-11-30T08:00:00.0000000Z',
    });
    const times = timed('Later today', '2026-11-30', '15');
    const changed = await subject.call('PATCH', `/me/events/${second?.id}`, { body: times });
    expect(changed.body).toMatchObject({ id: second?.id, type: 'exception', subject: 'Later today', recurrence: null });
    expect((await subject.call('DELETE', `/me/events/${third?.id}`)).status).toBe(204);
    expect((await instances(id)).map((one) => [dayOf(one), one['type']])).toEqual([
      ['2026-11-23', 'occurrence'],
      ['2026-11-30', 'exception'],
      ['2026-12-14', 'occurrence'],
      ['2026-12-21', 'occurrence'],
    ]);
    expect(codeOf(await subject.get(`/me/events/${third?.id}`))).toEqual([404, 'ErrorItemNotFound']);
    const master = await subject.get(
      `/me/events/${id}?$select=subject,cancelledOccurrences&$expand=exceptionOccurrences`,
    );
    expect(master.body).toMatchObject({
      cancelledOccurrences: [`OID.${id}.2026-12-07`],
      exceptionOccurrences: [{ id: second?.id, subject: 'Later today' }],
    });
    expect((await subject.get(`/me/events/${id}`)).body).not.toHaveProperty('cancelledOccurrences');
  });

  it('shares its change key with every occurrence', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const [first, second] = await instances(id);
    await subject.call('PATCH', `/me/events/${second?.id}`, { body: { subject: 'Changed' } });
    const headers = { 'if-match': String(first?.['@odata.etag']) };
    const stale = await subject.call('PATCH', `/me/events/${first?.id}`, { body: { subject: 'Too late' }, headers });
    expect(codeOf(stale)).toEqual([412, 'ErrorIrresolvableConflict']);
    const keys = new Set((await instances(id)).map((one) => one['changeKey']));
    expect([...keys]).toEqual([(await subject.get(`/me/events/${id}`)).body['changeKey']]);
  });

  it('lets no occurrence pass its neighbours or share a day with one', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const [, second] = await instances(id);
    const path = `/me/events/${second?.id}`;
    for (const day of ['2026-11-23', '2026-12-07', '2026-12-20']) {
      const answer = await subject.call('PATCH', path, { body: timed('Moved', day) });
      expect([day, ...codeOf(answer)]).toEqual([day, 400, 'ErrorOccurrenceCrossingBoundary']);
    }
    expect((await subject.call('PATCH', path, { body: timed('Moved', '2026-12-06') })).status).toBe(200);
  });

  it('loses its exceptions with another rule, and hands on what they did not change', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const [, second, third] = await instances(id);
    await subject.call('PATCH', `/me/events/${second?.id}`, { body: { location: { displayName: 'Elsewhere' } } });
    await subject.call('DELETE', `/me/events/${third?.id}`);
    await subject.call('PATCH', `/me/events/${id}`, {
      body: { subject: 'Renamed', location: { displayName: 'Here' } },
    });
    const kept = await subject.get(`/me/events/${second?.id}`);
    expect(kept.body).toMatchObject({ subject: 'Renamed', type: 'exception', location: { displayName: 'Elsewhere' } });
    const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday', 'wednesday'], firstDayOfWeek: 'monday' };
    const range = { type: 'numbered', startDate: '2026-11-23', numberOfOccurrences: 5 };
    await subject.call('PATCH', `/me/events/${id}`, { body: { recurrence: { pattern, range } } });
    expect((await instances(id)).map((one) => one['type'])).toEqual(Array.from({ length: 5 }, () => 'occurrence'));
    await subject.call('PATCH', `/me/events/${id}`, { body: { recurrence: null } });
    expect((await subject.get(`/me/events/${id}`)).body).toMatchObject({ type: 'singleInstance', recurrence: null });
  });

  it('has one uid and another iCalUId for each occurrence', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const { body } = await subject.get(`/beta/me/events/${id}/instances?${WINDOW}`);
    const uids = body.value?.map((one) => one['uid']);
    const iCalUids = body.value?.map((one) => one['iCalUId']) ?? [];
    expect(new Set(uids).size).toBe(1);
    expect(new Set(iCalUids).size).toBe(5);
    expect(iCalUids[0]).toContain('07EA0B17');
    expect(body.value?.[0]?.['occurrenceId']).toBe(`OID.${id}.2026-11-23`);
    expect((await instances(id))[0]).not.toHaveProperty('uid');
  });

  it('goes as a whole, and single events have no instances', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const [first] = await instances(id);
    await subject.call('DELETE', `/me/events/${id}`);
    expect(codeOf(await subject.get(`/me/events/${first?.id}`))).toEqual([404, 'ErrorItemNotFound']);
    const single = await subject.create(timed('Single', '2026-12-01'));
    expect(codeOf(await subject.get(`/me/events/${single.id}/instances?${WINDOW}`))).toEqual([
      400,
      'ErrorInvalidRequest',
    ]);
    expect(codeOf(await subject.get(`/me/events/${single.id}/instances`))).toEqual([400, 'ErrorInvalidParameter']);
  });
});
