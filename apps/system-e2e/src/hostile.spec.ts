import { connectedSchema, listOf, policySchema, problemSchema } from '@daybook/contracts';
import {
  BrowserlessPerson,
  eventually,
  httpCall,
  ourSide,
  Person,
  providersSide,
  Stack,
  type HttpAnswer,
  type Simulator,
} from '@daybook/testing/stack';
import { z } from 'zod';
import { connectMailbox, deleteConnections, newMailbox, SERVICE } from './connected-person';
import { forgedHooks, hostileAddresses, hostileBearers, hostileBodies } from './hostile-requests';
import { ownCalendar } from './own-calendar';

const summary = ({ status, json, headers }: HttpAnswer) => ({
  status,
  code: problemSchema.safeParse(json).data?.code,
  media: headers.get('content-type')?.split(';', 1)[0],
});
const aProblem = (status: number, code: string) => ({ status, code, media: 'application/problem+json' });

describe('bad input to the running product', () => {
  let stack: Stack;
  let ben: Person;
  let admin: Person;
  let mailbox: Simulator;
  let connectionId: string;
  let before: unknown;

  /** Everything of ben's that a request could have changed. */
  const state = async (): Promise<unknown> => ({
    connection: await ben
      .connection(connectionId)
      .then(({ state: now, permissions, version }) => [now, permissions, version]),
    connections: (await ben.connections()).length,
    calendars: (
      await ben.get('/v1/calendars', listOf(z.looseObject({ id: z.string(), version: z.string() })))
    ).items.map(({ id, version }) => [id, version]),
    meetings: await ourSide(ben),
    policy: await admin.get('/v1/admin/policy', policySchema),
  });

  beforeAll(async () => {
    stack = await Stack.shared();
    ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    admin = await Person.signIn(stack.addresses.gateway, 'admin@example.com');
    mailbox = await newMailbox(stack, 'hostile');
    await mailbox.importIcs(ownCalendar());
    connectionId = await connectMailbox(ben, mailbox);
    await eventually(async () => expect(await ourSide(ben)).toEqual(await providersSide(mailbox)));
    before = await state();
  });
  afterAll(() => deleteConnections(ben));
  afterEach(async () => expect(await state()).toEqual(before));

  it.each(hostileBodies)('answers %s with a problem and changes nothing', async (_, path, order, status, code) => {
    expect(summary(await ben.call(path, order))).toEqual(aProblem(status, code));
  });

  it.each(hostileAddresses)('answers %s with a problem', async (_, path, order, status, code) => {
    expect(summary(await ben.call(path, order))).toEqual(aProblem(status, code));
  });

  it.each(hostileBearers)('lets nobody in with %s', async (_, path, order, status, code) => {
    expect(summary(await httpCall(`${stack.addresses.gateway}${path}`, order))).toEqual(aProblem(status, code));
  });

  it('answers each fault of a body by its field, and echoes nothing', async () => {
    const json = { service: 'google', permissions: { calendar: '<script>', contacts: 'none' } };
    const answer = await ben.call('/v1/connections', { method: 'POST', json });
    expect(problemSchema.parse(answer.json)).toMatchObject({
      blame: 'user',
      fields: [{ field: 'permissions.calendar' }],
      correlationId: expect.stringMatching(/./),
    });
    expect(answer.text).not.toContain('<script>');
  });

  it.each(forgedHooks)(
    'gives a forged hook call with %s nothing to learn and starts no run',
    async (_, path, order) => {
      const served = (await mailbox.ledger()).served.length;
      const answer = await httpCall(`${stack.addresses.gateway}${path}`, order);
      expect([200, 202, 204, 400, 404, 413]).toContain(answer.status);
      expect(answer.text).not.toContain(connectionId);
      expect((await mailbox.ledger()).served).toHaveLength(served);
    },
  );

  it('hides what belongs to somebody else as if it were not there', async () => {
    const cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    const [meeting] = await ben.meetings();
    const [calendar] = (await ben.get('/v1/calendars', listOf(z.looseObject({ id: z.string() })))).items;
    const paths: readonly [string, string, unknown?][] = [
      ['GET', `/v1/connections/${connectionId}`],
      ['DELETE', `/v1/connections/${connectionId}`],
      ['POST', `/v1/connections/${connectionId}/sync`],
      ['POST', `/v1/connections/${connectionId}/reconnect`],
      ['PATCH', `/v1/connections/${connectionId}`, { permissions: { calendar: 'none', contacts: 'none' } }],
      ['PATCH', `/v1/calendars/${calendar?.id}`, { selected: false }],
      ['GET', `/v1/meetings/${meeting?.id}`],
    ];
    for (const [method, path, json] of paths) {
      const answer = await cleo.call(path, { method, ...(json === undefined ? {} : { json }) });
      expect({ method, path, ...summary(answer) }).toEqual({ method, path, ...aProblem(404, 'not_found') });
    }
  });

  it('opens its doors in the order of the contract', async () => {
    const broken = {
      method: 'PUT',
      body: '{',
      headers: { 'content-type': 'application/json', 'x-client': 'desktop/1.0' },
    };
    const nobody = await httpCall(`${stack.addresses.gateway}/v1/admin/policy`, broken);
    const steps = [
      nobody,
      await ben.call('/v1/admin/policy', broken),
      await ben.call('/v1/admin/policy', { ...broken, headers: { 'content-type': 'application/json' } }),
      await ben.call('/v1/calendars/cal_none', { method: 'PATCH', json: 7 }),
      await admin.call('/v1/admin/policy', { method: 'PUT', json: {}, headers: { 'if-match': 'stale' } }),
      await admin.call('/v1/admin/policy', {
        method: 'PUT',
        json: await admin.get('/v1/admin/policy', policySchema),
        headers: { 'if-match': '"stale"' },
      }),
    ];
    expect(steps.map(summary)).toEqual([
      aProblem(401, 'unauthenticated'),
      aProblem(426, 'client_too_old'),
      aProblem(403, 'forbidden'),
      aProblem(404, 'not_found'),
      aProblem(422, 'invalid_body'),
      aProblem(412, 'version_conflict'),
    ]);
  });
});

describe('hostile ways through the consent', () => {
  let stack: Stack;
  let cleo: Person;
  let mailbox: Simulator;
  let browser: BrowserlessPerson;

  const resultOf = (page: { url: string }) => {
    const { searchParams } = new URL(page.url);
    return { result: searchParams.get('result'), code: searchParams.get('code') };
  };
  const atCallback = ({ pathname }: URL) => pathname.endsWith('/callback');

  beforeAll(async () => {
    stack = await Stack.shared();
    cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    mailbox = await newMailbox(stack, 'consent');
    browser = new BrowserlessPerson();
  });
  afterEach(() => deleteConnections(cleo));

  it('takes a ticket once', async () => {
    const { authorizeUrl } = await cleo.connect(SERVICE);
    await browser.open(authorizeUrl, ({ origin }) => origin === stack.addresses.google);
    expect(resultOf(await browser.open(authorizeUrl))).toEqual({ result: 'failed', code: 'ticket_invalid' });
    const madeUp = `${stack.addresses.gateway}/v1/oauth/${SERVICE}/start?ticket=${'a'.repeat(43)}`;
    expect(resultOf(await browser.open(madeUp))).toEqual({ result: 'failed', code: 'ticket_invalid' });
  });

  it('refuses a callback in another browser, and still takes it from the right one, once', async () => {
    const { id, authorizeUrl } = await cleo.connect(SERVICE);
    const { location } = await browser.consent(authorizeUrl, { account: mailbox.email, stopBefore: atCallback });
    const foreign = await new BrowserlessPerson().open(location ?? '');
    expect(resultOf(foreign)).toEqual({ result: 'failed', code: 'state_invalid' });
    expect(await cleo.connection(id)).toMatchObject({ state: 'pending', account: null });

    expect(resultOf(await browser.open(location ?? '')).result).toBe('connected');
    expect(resultOf(await browser.open(location ?? ''))).toEqual({ result: 'failed', code: 'state_invalid' });
    await cleo.until(id, 'active');
  });

  it('refuses made-up states and other words of the provider', async () => {
    const { id } = await cleo.connect(SERVICE);
    const callback = `${stack.addresses.gateway}/v1/oauth/${SERVICE}/callback`;
    for (const search of [
      '',
      '?state=made-up&code=x',
      '?state[]=a&code=b',
      `?state=${'x'.repeat(5_000)}`,
      '?error=access_denied',
    ]) {
      expect(resultOf(await browser.open(`${callback}${search}`))).toEqual({ result: 'failed', code: 'state_invalid' });
    }
    expect(await cleo.connection(id)).toMatchObject({ state: 'pending' });
  });

  it('gets nothing for a code that was used, and keeps the connection that works', async () => {
    const id = await connectMailbox(cleo, mailbox);
    const reconnect = async () =>
      (await cleo.expecting(200, connectedSchema, `/v1/connections/${id}/reconnect`, { method: 'POST' }))
        .authorizeUrl ?? '';
    const first = await browser.consent(await reconnect(), { account: mailbox.email, stopBefore: atCallback });
    const used = new URL(first.location ?? '').searchParams.get('code') ?? '';
    expect(resultOf(await browser.open(first.location ?? '')).result).toBe('connected');

    const second = await browser.consent(await reconnect(), { account: mailbox.email, stopBefore: atCallback });
    const forged = new URL(second.location ?? '');
    forged.searchParams.set('code', used);
    expect(resultOf(await browser.open(forged.href)).result).toBe('failed');
    expect(await cleo.connection(id)).toMatchObject({ account: mailbox.email });
  });

  it('refuses to reconnect as somebody else', async () => {
    const id = await connectMailbox(cleo, mailbox);
    const other = await newMailbox(stack, 'somebody-else');
    const before = await cleo.connection(id);
    const { authorizeUrl } = await cleo.expecting(200, connectedSchema, `/v1/connections/${id}/reconnect`, {
      method: 'POST',
    });
    const landed = await browser.consent(authorizeUrl ?? '', { account: other.email });
    expect(resultOf(landed)).toEqual({ result: 'failed', code: 'different_account' });
    expect(await cleo.connection(id)).toMatchObject({
      account: mailbox.email,
      state: 'active',
      version: before.version,
    });
  });
});

describe('hostile calendar files', () => {
  let stack: Stack;
  let cleo: Person;
  let mailbox: Simulator;

  const file = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
  const event = (uid: string, ...lines: string[]) => [
    ...['BEGIN:VEVENT', `UID:${uid}@example.com`, 'DTSTAMP:20261101T000000Z'],
    ...lines,
    'END:VEVENT',
  ];
  const start = 'DTSTART;TZID=Europe/Berlin:20260105T090000';

  beforeAll(async () => {
    stack = await Stack.shared();
    cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    mailbox = await newMailbox(stack, 'files');
    await connectMailbox(cleo, mailbox);
  });
  afterAll(() => deleteConnections(cleo));

  it.each([
    ['an endless rule by the second', file(...event('seconds', start, 'RRULE:FREQ=SECONDLY'))],
    ['a rule with millions of instances', file(...event('minutes', start, 'RRULE:FREQ=MINUTELY;COUNT=50000000'))],
    ['a rule that never matches', file(...event('never', start, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31'))],
    ['a line of 40 MB', file(...event('long', start, `SUMMARY:${'x'.repeat(40_000_000)}`))],
    [
      'wrong UTF-8',
      file(...event('utf', start, `SUMMARY:${Buffer.from([0xc3, 0x28, 0xff]).toString('latin1')}\u0000`)),
    ],
    ['nesting without end', 'BEGIN:VCALENDAR\r\n'.repeat(50_000)],
    ['events in events', file(...Array.from({ length: 20_000 }, () => 'BEGIN:VEVENT'))],
    [
      'a zone with 50,000 descriptions',
      file(
        'BEGIN:VTIMEZONE',
        'TZID:Z',
        ...Array.from({ length: 50_000 }, () => 'BEGIN:STANDARD'),
        'END:VTIMEZONE',
        ...event('zone', 'DTSTART;TZID=Z:20260105T090000'),
      ),
    ],
    ['no calendar at all', '\u0000\u0001\u0002 MZ'],
  ])('reads %s within bounds and stays there for everybody', async (_, body) => {
    const receipt = await mailbox.importIcs(body);
    expect(receipt.imported + receipt.unreadable.length).toBeGreaterThan(0);
    await stack.ready();
    await eventually(async () => expect(await ourSide(cleo)).toEqual(await providersSide(mailbox)));
  });

  it('shows a daily series without end with 1,500 left out as far as anybody looks', async () => {
    const days = Array.from({ length: 1_500 }, (_, day) => new Date(Date.UTC(2000, 0, 1 + day)).toISOString());
    const left = days.map((day) => `EXDATE;TZID=Europe/Berlin:${day.slice(0, 10).replaceAll('-', '')}T090000`);
    const body = file(
      ...event('daily', 'DTSTART;TZID=Europe/Berlin:20000101T090000', 'RRULE:FREQ=DAILY', 'SUMMARY:Daily', ...left),
    );
    expect(await mailbox.importIcs(body)).toEqual({ imported: 1, unreadable: [] });
    await eventually(async () => {
      const ours = await ourSide(cleo);
      expect(ours.length).toBeGreaterThan(300);
      expect(ours).toEqual(await providersSide(mailbox));
    });
  });
});
