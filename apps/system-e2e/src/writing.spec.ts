import {
  changesSchema,
  listOf,
  meetingChangedSchema,
  meetingSchema,
  meetingWithdrawnSchema,
  policySchema,
  calendarCalendarList,
  type Meeting,
} from '@daybook/contracts';
import {
  BrowserlessPerson,
  eventually,
  faultsOfEvents,
  Person,
  readEvents,
  Stack,
  type GoogleEvent,
  type HttpOrder,
  type Simulator,
} from '@daybook/testing/stack';
import { deleteConnections, newMailbox, SERVICE } from './connected-person';

/** Leases of a dead process run out after 15 s, a connection that was refused is tried again within seconds. */
const OVER_MS = 60_000;
jest.setTimeout(3 * OVER_MS);

const BERLIN = 'Europe/Berlin';

/** A day some weeks ahead, so that nothing here depends on the hour. */
function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

describe('meetings are scheduled, changed and deleted, and the calendar follows', () => {
  let stack: Stack;
  let cleo: Person;
  let mailbox: Simulator;
  let connectionId = '';
  let calendarId = '';
  const startedAt = new Date().toISOString();

  const time = (day: string, clock: string) => ({ dateTime: `${day}T${clock}:00`, timeZone: BERLIN });
  const wish = (topic: string, more: object = {}) => ({
    ...{ topic, start: time(dayAhead(20), '09:00'), end: time(dayAhead(20), '10:00'), calendarId },
    ...more,
  });
  const post = (body: object, headers: Record<string, string> = {}) =>
    cleo.call('/v1/meetings', { method: 'POST', json: body, headers });
  const schedule = async (topic: string, more: object = {}): Promise<Meeting> =>
    cleo.expecting(201, meetingSchema, '/v1/meetings', { method: 'POST', json: wish(topic, more) });
  const patch = (id: string, body: object, order: HttpOrder & { scope?: string } = {}) =>
    cleo.expecting(200, meetingChangedSchema, `/v1/meetings/${id}${order.scope ? `?scope=${order.scope}` : ''}`, {
      ...order,
      method: 'PATCH',
      json: body,
    });
  const remove = (id: string, query = '') => cleo.call(`/v1/meetings/${id}${query}`, { method: 'DELETE' });
  const get = (id: string): Promise<Meeting> => cleo.get(`/v1/meetings/${id}`, meetingSchema);
  const named = async (topic: string): Promise<GoogleEvent[]> =>
    (await mailbox.events({ showDeleted: 'false' })).filter(({ summary }) => summary === topic);
  const rows = async (topic: string): Promise<Meeting[]> =>
    (await cleo.meetings({ q: topic })).filter(({ title }) => title === topic);
  const writesSince = async (count: number) => (await mailbox.ledger()).writes.slice(count);
  const countWrites = async () => (await mailbox.ledger()).writes.length;

  beforeAll(async () => {
    stack = await Stack.shared();
    cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    mailbox = await newMailbox(stack, 'writing');
    const { id, authorizeUrl } = await cleo.connect(SERVICE, 'readWrite');
    await new BrowserlessPerson().consent(authorizeUrl, { account: mailbox.email });
    connectionId = id;
    await cleo.until(id, 'active');
    const { items } = await cleo.get('/v1/calendars', calendarCalendarList.output);
    calendarId = items.find(({ primary }) => primary)?.id ?? '';
  });
  afterAll(async () => {
    await stack.ready();
    await deleteConnections(cleo);
  });

  it('schedules a weekly meeting with a number nobody issues, and the provider has it without mailing anybody', async () => {
    const lines = ['RRULE:FREQ=WEEKLY;COUNT=5'];
    const meeting = await schedule('Weekly', { recurrence: lines, attendees: ['ben@example.com'] });
    expect(meeting).toMatchObject({ origin: 'client', pending: null, series: { id: meeting.id, rule: lines } });
    expect(meeting.join).toMatchObject({ recognised: true, number: expect.stringMatching(/^00\d{9}$/) });
    const [event] = await named('Weekly');
    expect(event).toMatchObject({
      location: meeting.join.url,
      recurrence: lines,
      attendees: [{ email: 'ben@example.com' }],
    });
    expect(event?.description).toContain(meeting.join.url);
    expect(meeting.editUrl).toBe(event?.htmlLink);
    expect(await rows('Weekly')).toHaveLength(5);
    expect((await mailbox.ledger()).mails).toEqual([]);
  });

  it('accepts many meetings at once', async () => {
    const topics = Array.from({ length: 16 }, (_none, index) => `At once ${index}`);
    const answers = await Promise.all(topics.map((topic) => post(wish(topic))));
    expect(answers.map(({ status }) => status)).toEqual(topics.map(() => 201));
    await eventually(async () => {
      const written = (await mailbox.events()).flatMap(({ summary = '' }) =>
        /^At once/.test(summary) ? [summary] : [],
      );
      expect(written.sort()).toEqual([...topics].sort());
    });
  });

  it('changes one occurrence that is moved at the provider, here as well', async () => {
    const [event] = await named('Weekly');
    const [, second] = await mailbox.instances(event?.id ?? '');
    await mailbox.patch(second?.id ?? '', {
      start: { dateTime: `${dayAhead(28)}T14:00:00`, timeZone: BERLIN },
      end: { dateTime: `${dayAhead(28)}T15:00:00`, timeZone: BERLIN },
    });
    await eventually(async () => {
      const [, moved] = await rows('Weekly');
      expect(moved?.start).toEqual(time(dayAhead(28), '14:00'));
    });
  });

  it("edits the topic and leads to the event's own page", async () => {
    const meeting = await schedule('Topic');
    const { meeting: changed, editUrl } = await patch(meeting.id, { topic: 'Topic two' });
    expect(changed).toMatchObject({ id: meeting.id, title: 'Topic two', pending: null });
    const [event] = await named('Topic two');
    expect(editUrl).toBe(event?.htmlLink);
    const page = await new BrowserlessPerson().open(editUrl ?? '');
    expect([page.status, page.html.includes('Topic two')]).toEqual([200, true]);
  });

  it('makes a separate event for a changed time and says so', async () => {
    const meeting = await schedule('Moved');
    const later = { start: time(dayAhead(21), '11:00'), end: time(dayAhead(21), '12:00') };
    const { meeting: old, separateEvent, editUrl } = await patch(meeting.id, later);
    expect(old).toMatchObject({ id: meeting.id, start: meeting.start });
    expect(separateEvent).toMatchObject({ ...later, join: { number: meeting.join.number, url: meeting.join.url } });
    expect(editUrl).toBe(separateEvent?.editUrl);
    expect(await named('Moved')).toHaveLength(2);
  });

  it('refuses a stale version and tells the present one', async () => {
    const meeting = await schedule('Stale');
    await patch(meeting.id, { topic: 'Stale two' });
    const answer = await cleo.call(`/v1/meetings/${meeting.id}`, {
      ...{ method: 'PATCH', json: { topic: 'Stale three' } },
      headers: { 'if-match': `"${meeting.version}"` },
    });
    const { version } = await get(meeting.id);
    expect(answer).toMatchObject({ status: 412, json: { code: 'version_conflict', currentVersion: version } });
  });

  it('deletes what was scheduled here, and of others says where that is done', async () => {
    const meeting = await schedule('Deleted');
    expect((await remove(meeting.id)).status).toBe(204);
    expect(await named('Deleted')).toEqual([]);
    expect((await cleo.call(`/v1/meetings/${meeting.id}`)).status).toBe(404);

    const theirs = await mailbox.insert({
      ...{
        summary: 'Theirs',
        start: { dateTime: `${dayAhead(20)}T09:00:00Z` },
        end: { dateTime: `${dayAhead(20)}T10:00:00Z` },
      },
    });
    const [row] = await eventually(async () => {
      const found = await rows('Theirs');
      expect(found).toHaveLength(1);
      return found;
    });
    expect(row?.actions).toMatchObject({ delete: false, reasons: { delete: 'scheduled_elsewhere' } });
    expect(await remove(row?.id ?? '')).toMatchObject({
      status: 403,
      json: { code: 'scheduled_elsewhere', editUrl: theirs.htmlLink },
    });
    expect(await named('Theirs')).toHaveLength(1);
  });

  it('mails attendees only when it is asked to', async () => {
    const meeting = await schedule('Mailed', { attendees: ['ben@example.com'] });
    await patch(meeting.id, { topic: 'Mailed quietly' });
    const mailed = async () => (await mailbox.ledger()).mails.filter(({ subject }) => subject.includes('Mailed'));
    expect(await mailed()).toEqual([]);
    await patch(meeting.id, { topic: 'Mailed loudly', notify: true });
    expect((await mailed()).map(({ to }) => to)).toEqual(['ben@example.com']);
  });

  it('answers a repetition with the same meeting, and another body with a refusal', async () => {
    const headers = { 'idempotency-key': `key-${Date.now()}` };
    const [first, again] = [await post(wish('Once'), headers), await post(wish('Once'), headers)];
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(await named('Once')).toHaveLength(1);
    expect(await post(wish('Twice'), headers)).toMatchObject({ status: 422, json: { code: 'idempotency_mismatch' } });
  });

  it('costs no write when what it wrote comes back', async () => {
    const meeting = await schedule('Echo');
    const count = await countWrites();
    const cursor = await readToTheEnd(cleo);
    await cleo.call(`/v1/connections/${connectionId}/sync`, { method: 'POST' });
    await eventually(async () => {
      const { calendar } = await cleo.connection(connectionId);
      expect(Date.parse(calendar.freshness.sources[0]?.lastSuccessAt ?? '')).toBeGreaterThan(Date.now() - 5_000);
    });
    expect(await writesSince(count)).toEqual([]);
    const { items } = await cleo.get(`/v1/meetings/changes?since=${cursor}`, changesSchema);
    expect(items).toEqual([]);
    expect((await get(meeting.id)).version).toBe(meeting.version);
  });

  it.each([
    ['a time that does not exist', { start: { dateTime: '2027-03-28T02:30:00', timeZone: BERLIN } }, 'start'],
    ['an end before its start', { end: { dateTime: '2020-01-01T00:00:00', timeZone: BERLIN } }, 'end'],
    ['a rule without an end', { recurrence: ['RRULE:FREQ=DAILY'] }, 'recurrence'],
    ["somebody else's calendar", { calendarId: 'cal_00000000000000000000000000' }, 'calendarId'],
    ['garbage for a guest', { attendees: ['<script>'] }, 'attendees.0'],
    ['markup for a topic', { topic: '<img src=x>' }, 'topic'],
    ['a field nobody knows', { colour: 'red' }, 'colour'],
  ])('refuses %s by the name of the field, and writes nothing anywhere', async (_what, more, field) => {
    const count = await countWrites();
    const answer = await post(wish('Bad', more));
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid_body' } });
    expect(answer.text).toContain(`"field":"${field}"`);
    expect(await writesSince(count)).toEqual([]);
    expect(await rows('Bad')).toEqual([]);
  });

  it("hides another person's meeting from whoever would change it", async () => {
    const meeting = await schedule('Mine');
    const ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    for (const [method, path] of [
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/withdraw'],
    ] as const) {
      const order = { method, ...(method === 'PATCH' ? { json: { topic: 'Theirs' } } : {}) };
      expect((await ben.call(`/v1/meetings/${meeting.id}${path}`, order)).status).toBe(404);
    }
    expect((await get(meeting.id)).title).toBe('Mine');
  });

  it('waits while the provider is down, and writes once when it is back', async () => {
    await mailbox.addFault('unavailable', { forMs: 60_000 });
    const answer = await post(wish('Waiting'));
    expect(answer).toMatchObject({ status: 202, json: { pending: { operation: 'create', waitingFor: SERVICE } } });
    expect(await rows('Waiting')).toHaveLength(1);
    await mailbox.clearFaults();
    await eventually(
      async () => expect((await rows('Waiting'))[0]).toMatchObject({ pending: null, calendar: { id: calendarId } }),
      { timeoutMs: OVER_MS },
    );
    expect(await named('Waiting')).toHaveLength(1);
  });

  it("writes once when the provider's answer is lost", async () => {
    await mailbox.addFault('timeout_after_write', { times: 1 });
    const answer = await post(wish('Lost answer'));
    expect([201, 202]).toContain(answer.status);
    await eventually(async () => expect((await rows('Lost answer'))[0]?.pending).toBeNull(), { timeoutMs: OVER_MS });
    expect(await named('Lost answer')).toHaveLength(1);
  });

  it('takes back what waits', async () => {
    await mailbox.addFault('unavailable', { forMs: 60_000 });
    const { json } = await post(wish('Taken back'));
    const { id } = meetingSchema.parse(json);
    const answer = await cleo.call(`/v1/meetings/${id}/withdraw`, { method: 'POST' });
    expect([200, 202]).toContain(answer.status);
    meetingWithdrawnSchema.parse(answer.json);
    await mailbox.clearFaults();
    await eventually(async () => expect(await rows('Taken back')).toEqual([]), { timeoutMs: OVER_MS });
    expect(await named('Taken back')).toEqual([]);
  });

  it('survives calendar-svc killed between asking and answering', async () => {
    await mailbox.addFault('slow', { ms: 3_000, times: 2 });
    const asked = post(wish('Killed')).catch(() => null);
    await eventually(async () => expect(await rows('Killed')).toHaveLength(1));
    await stack.kill('calendar-svc');
    await asked;
    await stack.ready();
    await eventually(async () => expect((await rows('Killed'))[0]?.pending).toBeNull(), { timeoutMs: OVER_MS });
    expect(await named('Killed')).toHaveLength(1);
  });

  it('moves a meeting from no calendar into one and out again', async () => {
    const meeting = await schedule('Nowhere', { calendarId: null });
    expect(meeting).toMatchObject({ calendar: null, pending: null, host: { isMe: true } });
    expect(await named('Nowhere')).toEqual([]);
    expect((await patch(meeting.id, { calendarId })).meeting).toMatchObject({
      id: meeting.id,
      calendar: { id: calendarId },
    });
    expect(await named('Nowhere')).toHaveLength(1);
    await patch(meeting.id, { calendarId: null });
    await eventually(async () => expect(await named('Nowhere')).toEqual([]));
    expect(await get(meeting.id)).toMatchObject({ calendar: null, title: 'Nowhere' });
  });

  describe('as the policy says', () => {
    let admin: Person;
    const put = async (change: object) => {
      const { version: _version, ...policy } = await admin.get('/v1/admin/policy', policySchema);
      await admin.expecting(200, policySchema, '/v1/admin/policy', { method: 'PUT', json: { ...policy, ...change } });
    };
    beforeAll(async () => {
      admin = await Person.signIn(stack.addresses.gateway, 'admin@example.com');
    });
    afterAll(() => put({ twoWaySync: true, reschedule: 'separate', enabled: true }));

    it('moves the same event where it says update', async () => {
      const meeting = await schedule('Same event');
      await put({ reschedule: 'update' });
      const later = { start: time(dayAhead(22), '11:00'), end: time(dayAhead(22), '12:00') };
      const changed = await eventually(async () => {
        const answer = await patch(meeting.id, later);
        expect(answer.separateEvent).toBeUndefined();
        return answer;
      });
      expect(changed.meeting).toMatchObject({ id: meeting.id, ...later });
    });

    it('writes to no calendar while two-way sync is off, and says why', async () => {
      const meeting = await schedule('One way');
      await put({ twoWaySync: false });
      await eventually(async () => {
        expect(await post(wish('Not written'))).toMatchObject({
          status: 403,
          json: { code: 'two_way_off', blame: 'admin' },
        });
      });
      expect((await get(meeting.id)).actions).toMatchObject({ edit: false, reasons: { edit: 'two_way_off' } });
      await schedule('In none', { calendarId: null });
    });

    it('shows what was scheduled here while the integration is off', async () => {
      await put({ twoWaySync: true, enabled: false });
      await eventually(async () => {
        const { items } = await cleo.get('/v1/meetings?limit=500', listOf(meetingSchema));
        expect(items.length).toBeGreaterThan(0);
        expect(items.every(({ origin }) => origin === 'client')).toBe(true);
      });
      await put({ enabled: true });
      await eventually(async () => expect(await rows('Theirs')).toHaveLength(1));
    });
  });

  it('leaves events that are whole, in order and told once', async () => {
    await eventually(async () => {
      const all = await readEvents(stack.eventsReader, cleo.id);
      const events = all.filter(({ body }) => body.time >= startedAt);
      expect(faultsOfEvents(events.filter(({ body }) => body.data.origin === 'client'))).toEqual([]);
    });
  });
});

async function readToTheEnd(person: Person): Promise<string> {
  for (let since = ''; ;) {
    const page = await person.get(`/v1/meetings/changes?limit=500${since && `&since=${since}`}`, changesSchema);
    if (!page.more) return page.next;
    since = page.next;
  }
}
