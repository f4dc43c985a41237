import { codeOf, GraphBench, timed } from './testing/graph-bench';

const allDay = (subject: string, from: string, to: string, timeZone = 'UTC') => ({
  subject,
  isAllDay: true,
  start: { dateTime: `${from}T00:00:00`, timeZone },
  end: { dateTime: `${to}T00:00:00`, timeZone },
});

describe('writing events', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    subject.call('POST', '/me/events', { body, headers });

  it('creates an event, serves it in UTC and keeps the zone it was written in', async () => {
    const { status, body } = await post(timed('Planning', '2026-12-01'));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      subject: 'Planning',
      type: 'singleInstance',
      start: { dateTime: '2026-12-01T08:00:00.0000000', timeZone: 'UTC' },
      end: { dateTime: '2026-12-01T08:30:00.0000000', timeZone: 'UTC' },
      originalStartTimeZone: 'Europe/Vienna',
      originalEndTimeZone: 'Europe/Vienna',
      isOrganizer: true,
      organizer: { emailAddress: { address: 'ada@example.com' } },
      responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
      '@odata.etag': expect.stringMatching(/^W\/".+"$/),
    });
    expect((await subject.get(`/me/events/${body.id}`)).body).toEqual(body);
    expect(subject.ledger.view('ada@example.com').writes).toMatchObject([{ operation: 'create', itemId: body.id }]);
  });

  it('changes what a patch names, under another change key, and only if the version is the one meant', async () => {
    const created = await subject.create(timed('Before', '2026-12-01'));
    const path = `/me/events/${created.id}`;
    const fresh = { 'if-match': created['@odata.etag'] ?? '' };
    const patched = await subject.call('PATCH', path, { body: { subject: 'After', showAs: 'OOF' }, headers: fresh });
    expect(patched).toMatchObject({ status: 200, body: { subject: 'After', showAs: 'oof', start: created['start'] } });
    expect(patched.body['changeKey']).not.toBe(created['changeKey']);
    for (const verb of ['PATCH', 'DELETE']) {
      const stale = await subject.call(verb, path, {
        headers: fresh,
        ...(verb === 'PATCH' ? { body: { subject: 'x' } } : {}),
      });
      expect(codeOf(stale)).toEqual([412, 'ErrorIrresolvableConflict']);
    }
    expect((await subject.call('DELETE', path, { headers: { 'if-match': '*' } })).status).toBe(204);
    expect(codeOf(await subject.get(path))).toEqual([404, 'ErrorItemNotFound']);
    expect(codeOf(await subject.call('DELETE', path))).toEqual([404, 'ErrorItemNotFound']);
  });

  it('creates once for each transaction id, even after the event is gone', async () => {
    const event = { ...timed('Once', '2026-12-01'), transactionId: 'attempt-1' };
    const created = await subject.create(event);
    const again = await post(event);
    expect(codeOf(again)).toEqual([400, 'ErrorDuplicateTransactionId']);
    expect(again.body.error?.['@event.existingEventId']).toBe(created.id);
    const immutable = await post(event, { prefer: 'IdType="ImmutableId"' });
    expect(immutable.body.error?.['@event.existingEventId']).toMatch(/^AAkALg/);
    await subject.call('DELETE', `/me/events/${created.id}`);
    expect(codeOf(await post(event))).toEqual([400, 'ErrorDuplicateTransactionId']);
    const changed = await subject.create(timed('Other', '2026-12-01'));
    const late = await subject.call('PATCH', `/me/events/${changed.id}`, { body: { transactionId: 'attempt-2' } });
    expect(codeOf(late)).toEqual([400, 'ErrorInvalidRequest']);
  });

  it('names an event by its default id and by its immutable one', async () => {
    const created = await subject.create(timed('Two names', '2026-12-01'));
    const immutable = { prefer: 'IdType="ImmutableId"' };
    const { body, headers } = await subject.get(`/me/events/${created.id}`, { headers: immutable });
    expect(body.id).not.toBe(created.id);
    expect(headers.get('preference-applied')).toBe('IdType="ImmutableId"');
    const back = await subject.get(`/me/events/${body.id}`);
    expect(back.body.id).toBe(created.id);
    expect(back.body['@odata.etag']).toBe(body['@odata.etag']);
    expect(codeOf(await subject.get('/me/events/nonsense'))).toEqual([400, 'ErrorInvalidIdMalformed']);
  });

  it('makes ids that differ by case only', async () => {
    const ids = [];
    for (const name of ['a', 'b']) ids.push((await subject.create(timed(name, '2026-12-01'))).id);
    expect(new Set(ids).size).toBe(2);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(1);
    expect((await subject.get(`/me/events/${ids[1]}`)).body['subject']).toBe('b');
  });

  it('takes Windows and IANA zones and refuses others', async () => {
    const inZone = (timeZone: string) => ({
      subject: 'Zoned',
      start: { dateTime: '2026-07-01T09:00:00', timeZone },
      end: { dateTime: '2026-07-01T10:00:00', timeZone },
    });
    for (const zone of ['W. Europe Standard Time', 'Europe/Berlin']) {
      expect(await subject.create(inZone(zone))).toMatchObject({
        start: { dateTime: '2026-07-01T07:00:00.0000000', timeZone: 'UTC' },
        originalStartTimeZone: zone,
      });
    }
    expect(codeOf(await post(inZone('Atlantis/Port')))).toEqual([400, 'TimeZoneNotSupportedException']);
    const preferred = await post(inZone('UTC'), { prefer: 'outlook.timezone="Pacific Standard Time"' });
    expect(preferred.body['start']).toEqual({
      dateTime: '2026-07-01T02:00:00.0000000',
      timeZone: 'Pacific Standard Time',
    });
    const refused = await subject.get('/me/events', { headers: { prefer: 'outlook.timezone="Atlantis"' } });
    expect(codeOf(refused)).toEqual([400, 'TimeZoneNotSupportedException']);
  });

  it('keeps the dates of an all-day event in every zone', async () => {
    const created = await subject.create(allDay('Day off', '2026-12-01', '2026-12-02', 'Pacific Standard Time'));
    const read = await subject.get(`/me/events/${created.id}`, {
      headers: { prefer: 'outlook.timezone="Tokyo Standard Time"' },
    });
    expect(read.body).toMatchObject({
      isAllDay: true,
      start: { dateTime: '2026-12-01T00:00:00.0000000', timeZone: 'Tokyo Standard Time' },
      end: { dateTime: '2026-12-02T00:00:00.0000000' },
      originalStartTimeZone: 'Pacific Standard Time',
    });
  });

  it.each([
    [
      'no midnight',
      { ...allDay('x', '2026-12-01', '2026-12-02'), start: { dateTime: '2026-12-01T08:00:00', timeZone: 'UTC' } },
    ],
    ['less than a day', allDay('x', '2026-12-01', '2026-12-01')],
    [
      'two zones',
      {
        ...allDay('x', '2026-12-01', '2026-12-02'),
        end: { dateTime: '2026-12-02T00:00:00', timeZone: 'Europe/Vienna' },
      },
    ],
    ['no end', { subject: 'x', start: { dateTime: '2026-12-01T08:00:00', timeZone: 'UTC' } }],
    [
      'an end before the start',
      { ...timed('x', '2026-12-02'), end: { dateTime: '2026-12-01T08:00:00', timeZone: 'UTC' } },
    ],
  ])('refuses an event with %s', async (_reason, event) => {
    expect(codeOf(await post(event))).toEqual([400, 'ErrorPropertyValidationFailure']);
  });

  it('refuses unknown names and values of another type', async () => {
    const unknown = await post({ ...timed('x', '2026-12-01'), summary: 'x' });
    expect(codeOf(unknown)).toEqual([400, 'RequestBodyRead']);
    expect(unknown.body.error?.message).toContain("'summary' does not exist on type 'microsoft.graph.event'");
    expect(codeOf(await post({ ...timed('x', '2026-12-01'), isAllDay: 'yes' }))).toEqual([400, 'RequestBodyRead']);
    expect(codeOf(await post({ ...timed('x', '2026-12-01'), showAs: 'gone' }))).toEqual([400, 'RequestBodyRead']);
  });

  it('keeps bodies as HTML and gives them as text on request', async () => {
    const body = { contentType: 'text', content: 'One & two\nhttps://example.com/j/1' };
    const created = await subject.create({ ...timed('Text', '2026-12-01'), body });
    expect(created['body']).toEqual({ contentType: 'html', content: expect.stringContaining('One &amp; two<br>') });
    expect(created['bodyPreview']).toBe('One & two\r\nhttps://example.com/j/1');
    const read = await subject.get(`/me/events/${created.id}`, {
      headers: { prefer: 'outlook.body-content-type="text"' },
    });
    expect(read.body['body']).toEqual({ contentType: 'text', content: 'One & two\r\nhttps://example.com/j/1' });
    expect(read.headers.get('preference-applied')).toBe('outlook.body-content-type="text"');
  });

  it('lets a location overwrite the locations', async () => {
    const places = [{ displayName: 'Room 1' }, { displayName: 'Room 2' }];
    const created = await subject.create({ ...timed('Where', '2026-12-01'), locations: places });
    expect(created['location']).toMatchObject({ displayName: 'Room 1; Room 2' });
    const { body } = await subject.call('PATCH', `/me/events/${created.id}`, {
      body: { location: { displayName: 'Café' } },
    });
    expect(body['locations']).toMatchObject([{ displayName: 'Café' }]);
  });

  it('gives an online meeting a way in that stays', async () => {
    const created = await subject.create({ ...timed('Call', '2026-12-01'), isOnlineMeeting: true });
    const joinUrl = Reflect.get(Object(created['onlineMeeting']), 'joinUrl');
    expect(joinUrl).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//);
    expect(created).toMatchObject({ isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' });
    expect(Reflect.get(Object(created['body']), 'content')).toContain(joinUrl);
    const { body } = await subject.call('PATCH', `/me/events/${created.id}`, { body: { isOnlineMeeting: false } });
    expect(body).toMatchObject({ isOnlineMeeting: true, onlineMeeting: { joinUrl } });
  });

  it('sends nothing for an event without attendees', async () => {
    const created = await subject.create(timed('Alone', '2026-12-01'));
    await subject.call('PATCH', `/me/events/${created.id}`, { body: { subject: 'Still alone' } });
    await subject.call('DELETE', `/me/events/${created.id}`);
    expect(subject.ledger.view(null).mails).toEqual([]);
  });
});
