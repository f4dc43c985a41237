import { createLogger } from '@daybook/platform/logging';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSandboxSettings } from './config';
import { startSandbox, type RunningSandbox } from './start-sandbox';

const ADA = 'ada@example.com';
const SCOPE = 'https://www.googleapis.com/auth/calendar';

/** How many items the calendar has. */
const COUNTED =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Body><m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder></s:Body></s:Envelope>';

interface Reply {
  status: number;
  body: Record<string, unknown>;
}

describe('the sandbox', () => {
  let home: string;
  let subject: RunningSandbox;

  const start = (): Promise<RunningSandbox> => {
    const recordings = { SANDBOX_RECORD_DIR: process.env['SANDBOX_RECORD_DIR'] };
    const names = ['SANDBOX_CONTROL_PORT', 'SANDBOX_GOOGLE_PORT', 'SANDBOX_MICROSOFT_PORT', 'SANDBOX_EXCHANGE_PORT'];
    const ports = Object.fromEntries(names.map((name) => [name, '0']));
    const settings = readSandboxSettings({ DAYBOOK_HOME: home, ...ports, ...recordings });
    return startSandbox(settings, createLogger({ service: 'sandbox', destination: { write: () => undefined } }));
  };
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'sandbox-'));
    subject = await start();
  });
  afterAll(async () => {
    await subject.close();
    rmSync(home, { recursive: true });
  });
  beforeEach(async () => {
    await order('POST', '/reset');
  });

  const order = async (
    verb: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const text = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body);
    const response = await fetch(`${subject.control}${path}`, {
      method: verb,
      headers,
      ...(text === null ? {} : { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, body: answer.startsWith('{') ? JSON.parse(answer) : { text: answer } };
  };
  const simulator = (key: string) => subject.simulators.find((one) => one.key === key);
  const google = (): string => subject.simulators[0]?.addresses[0] ?? '';
  const token = async (email = ADA): Promise<string> =>
    String((await order('POST', '/tokens', { provider: 'google', email, scope: SCOPE })).body['accessToken']);
  const summaries = async (email = ADA): Promise<unknown> => {
    const response = await fetch(`${google()}/calendar/v3/calendars/primary/events?fields=items(summary)`, {
      headers: { authorization: `Bearer ${await token(email)}` },
    });
    const { items }: { items?: { summary?: string }[] } = JSON.parse(await response.text());
    return items?.map(({ summary }) => summary);
  };

  it('makes mailboxes, empty and once', async () => {
    const box = { provider: 'google', email: 'zoe@example.com', password: 'own' };
    expect(await order('POST', '/mailboxes', box)).toEqual({
      status: 201,
      body: { provider: 'google', email: 'zoe@example.com' },
    });
    expect(await order('POST', '/mailboxes', box)).toMatchObject({ status: 409, body: { code: 'mailbox_exists' } });
    expect(await summaries('zoe@example.com')).toEqual([]);
  });

  it('names what it knows when asked for what it does not', async () => {
    const cases: [string, unknown, string[]][] = [
      ['/mailboxes', { provider: 'gogle', email: ADA }, ['google', 'microsoft', 'exchange']],
      ['/mailboxes', { provider: 'google', email: ADA, colour: 1 }, ['provider', 'email', 'password']],
      ['/import', { provider: 'google', email: ADA, format: 'vcf', body: '' }, ['ics']],
      ['/import', { provider: 'microsoft', email: ADA, format: 'vcf', body: '' }, ['ics']],
      ['/import', { provider: 'exchange', email: ADA, format: 'csv', body: '' }, ['ics', 'vcf']],
      ['/faults', { provider: 'google', kind: 'gremlins' }, expect.arrayContaining(['throttled', 'bad_item'])],
      ['/faults', { provider: 'exchange', kind: 'admin_approval' }, expect.arrayContaining(['ews_disabled'])],
      ['/settings', { provider: 'google', version: 'SE' }, []],
      ['/settings', { provider: 'exchange', colour: 1 }, expect.arrayContaining(['version', 'signIn'])],
      ['/settings', { provider: 'exchange', version: '2003' }, ['2010', '2013', '2016', '2019', 'SE']],
      ['/settings', { provider: 'exchange', streaming: 'off' }, ['open', 'held', 'full', 'unknown']],
    ];
    for (const [path, body, known] of cases)
      expect(await order('POST', path, body)).toMatchObject({ status: 400, body: { known } });
    expect(
      await order('POST', '/import', { provider: 'google', email: 'nobody@example.com', format: 'ics', body: '' }),
    ).toMatchObject({
      status: 404,
      body: { code: 'unknown_mailbox' },
    });
    expect(await order('POST', '/seed', '{broken')).toMatchObject({ status: 400, body: { code: 'invalid_json' } });
    expect(await order('GET', '/nothing')).toMatchObject({ status: 404 });
    expect(await order('PATCH', '/clock', {})).toMatchObject({ status: 405 });
    expect(await order('PUT', '/clock', { now: 'tomorrow' })).toMatchObject({ status: 400 });
  });

  it('bounds bodies and refuses orders from web pages elsewhere', async () => {
    expect(await order('POST', '/mailboxes', 'x'.repeat(100_000))).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    expect((await order('POST', '/mailboxes', 'x'.repeat(20_000_000))).status).toBe(413);
    expect(await order('POST', '/reset', undefined, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    const latin = Buffer.from('{"provider":"google","email":"caf\u00e9@example.com"}', 'latin1');
    const answer = await fetch(`${subject.control}/mailboxes`, { method: 'POST', body: latin });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'invalid_encoding' })]);
  });

  it('loads a file, seeds, strikes with faults, tells the ledger and moves the clock', async () => {
    const body =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261201T090000Z\nSUMMARY:Loaded\nEND:VEVENT\nEND:VCALENDAR\n';
    expect(
      await order('POST', '/import', { provider: 'google', email: 'admin@example.com', format: 'ics', body }),
    ).toEqual({
      status: 200,
      body: { imported: 1, unreadable: [] },
    });
    expect(await summaries('admin@example.com')).toEqual(['Loaded']);
    const cards = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n';
    expect(await order('POST', '/import', { provider: 'exchange', email: ADA, format: 'vcf', body: cards })).toEqual({
      status: 200,
      body: { imported: 1, unreadable: [{ line: 5, reason: 'the card names nobody' }] },
    });
    expect(
      await order('POST', '/seed', { provider: 'google', email: 'admin@example.com', events: 5, contacts: 0, seed: 1 }),
    ).toEqual({
      status: 200,
      body: { events: 5, contacts: 0 },
    });
    expect(await summaries('admin@example.com')).toHaveLength(6);
    expect(await order('POST', '/faults', { provider: 'google', kind: 'throttled', times: 1 })).toMatchObject({
      status: 201,
    });
    const headers = { authorization: `Bearer ${await token()}` };
    expect((await fetch(`${google()}/calendar/v3/colors`, { headers })).status).toBe(429);
    expect((await order('DELETE', '/faults')).status).toBe(204);
    const ledger = await order('GET', '/ledger?provider=google&email=admin@example.com');
    expect(ledger.body).toMatchObject({ served: expect.any(Array), writes: [], mails: [] });
    expect(await order('PUT', '/clock', { now: '2027-01-01T00:00:00Z' })).toMatchObject({
      status: 200,
      body: { now: expect.stringMatching(/^2027-01-01/) },
    });
    expect((await fetch(`${google()}/calendar/v3/colors`, { headers })).status).toBe(401);
    expect((await order('PUT', '/clock', { now: null })).status).toBe(200);
  });

  it('resets the clock of all simulators before it makes the demo mailboxes', async () => {
    await order('PUT', '/clock', { now: '2033-03-03T00:00:00Z' });
    expect((await order('POST', '/reset')).status).toBe(204);
    expect(Date.parse(String((await order('GET', '/clock')).body['now']))).toBeLessThan(Date.parse('2033-03-01'));
    const from = Date.parse('2033-02-01');
    expect(subject.simulators.map(({ items }) => items(ADA, from, from + 90 * 86_400_000))).toEqual([[], [], []]);
    expect((await order('GET', '/ledger?provider=google')).body).toEqual({ served: [], writes: [], mails: [] });
  });

  it.each([
    ['google', '/.well-known/openid-configuration'],
    ['microsoft', '/common/v2.0/.well-known/openid-configuration'],
    ['exchange', '/autodiscover/autodiscover.json?Email=ada@example.com&Protocol=EWS'],
  ])('speaks https with a certificate of its own authority: %s', async (key, path) => {
    const [, secure = ''] = simulator(key)?.addresses ?? [];
    const ca = readFileSync(join(home, 'ca.pem'));
    const status = await new Promise((resolve, reject) => {
      request(`${secure}${path}`, { ca }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
    expect(statSync(join(home, 'sandbox', 'server-key.pem')).mode & 0o077).toBe(0);
  });

  it.each(['google', 'microsoft', 'exchange'])(
    'has a page where items are added, changed and deleted by hand: %s',
    async (key) => {
      const post = (path: string, form: Record<string, string>) =>
        fetch(`${subject.control}${path}`, {
          method: 'POST',
          body: new URLSearchParams({ provider: key, email: 'cleo@example.com', ...form }),
        });
      const now = new Date(simulator(key)?.now() ?? 0);
      const items = () =>
        simulator(key)?.items('cleo@example.com', now.getTime(), now.getTime() + 3 * 86_400_000) ?? [];
      const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
      const added = await (
        await post('/page/add', { title: 'By <hand>', start: `${tomorrow}T10:00`, minutes: '30' })
      ).text();
      expect(added).toContain('“By &lt;hand&gt;” is added.');
      const item = items().find(({ title }) => title === 'By <hand>');
      expect(item).toMatchObject({ start: `${tomorrow}T10:00`, end: `${tomorrow}T10:30` });
      await post('/page/change', { id: item?.id ?? '', title: 'Renamed', start: `${tomorrow}T12:00` });
      expect(items().find(({ id }) => id === item?.id)).toMatchObject({ title: 'Renamed', end: `${tomorrow}T12:30` });
      await post('/page/change', { id: item?.id ?? '', start: tomorrow });
      expect(items().find(({ id }) => id === item?.id)).toMatchObject({ allDay: true, start: tomorrow });
      const gone = await post('/page/delete', { id: item?.id ?? '' });
      expect(await gone.text()).not.toContain('Renamed');
      const wrong = await post('/page/add', { title: 'x', start: 'soon' });
      expect([wrong.status, (await wrong.text()).includes('role="alert"')]).toEqual([400, true]);
    },
  );

  it('takes orders for Microsoft mailboxes, too', async () => {
    const box = { provider: 'microsoft', email: 'admin@example.com' };
    const body =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261201T090000Z\nSUMMARY:Loaded\nEND:VEVENT\nEND:VCALENDAR\n';
    const receipt = { imported: 1, unreadable: [] };
    expect((await order('POST', '/import', { ...box, format: 'ics', body })).body).toEqual(receipt);
    expect((await order('POST', '/seed', { ...box, events: 5, contacts: 0, seed: 1 })).status).toBe(200);
    expect((await order('POST', '/faults', { ...box, kind: 'throttled', times: 1 })).status).toBe(201);
    const { body: issued } = await order('POST', '/tokens', { ...box, scope: 'Calendars.Read' });
    const headers = { authorization: `Bearer ${String(issued['accessToken'])}` };
    const events = () => fetch(`${simulator('microsoft')?.addresses[0]}/v1.0/me/events?$top=50`, { headers });
    expect((await events()).status).toBe(429);
    const listed: { value: unknown[] } = JSON.parse(await (await events()).text());
    expect(listed.value).toHaveLength(6);
    const ledger = await order('GET', '/ledger?provider=microsoft&email=admin@example.com');
    expect(ledger.body).toMatchObject({ served: expect.any(Array), writes: [], mails: [] });
    expect((await order('POST', '/tokens', { ...box, scope: 'Everything' })).status).toBe(400);
  });

  it('takes orders for Exchange mailboxes, too, and sets their server up', async () => {
    const box = { provider: 'exchange', email: 'zoe@example.com' };
    expect((await order('POST', '/mailboxes', { ...box, password: 'own' })).status).toBe(201);
    const body =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261201T090000Z\nSUMMARY:Loaded\nEND:VEVENT\nEND:VCALENDAR\n';
    const receipt = { imported: 1, unreadable: [] };
    expect((await order('POST', '/import', { ...box, format: 'ics', body })).body).toEqual(receipt);
    const seeded = await order('POST', '/seed', { ...box, events: 5, contacts: 3, seed: 1 });
    expect(seeded.body).toEqual({ events: 5, contacts: 3 });
    const ews = (path = '/EWS/Exchange.asmx') =>
      fetch(`${simulator('exchange')?.addresses[0]}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from('EXAMPLE\\zoe:own').toString('base64')}`,
          'content-type': 'text/xml; charset=utf-8',
        },
        body: COUNTED,
      });
    expect(await (await ews()).text()).toContain('<t:TotalCount>6</t:TotalCount>');
    expect((await order('POST', '/faults', { ...box, kind: 'ews_disabled', times: 1 })).status).toBe(201);
    expect([(await ews('/ews/EXCHANGE.asmx')).status, (await ews()).status]).toEqual([403, 200]);
    const changed = await order('POST', '/settings', { provider: 'exchange', version: '2016', signIn: ['NTLM'] });
    expect(changed).toMatchObject({ status: 200, body: { version: '2016', signIn: ['NTLM'] } });
    expect((await order('GET', '/settings?provider=exchange')).body).toEqual(changed.body);
    expect((await ews()).status).toBe(401);
    expect((await order('GET', '/settings')).status).toBe(400);
    const tokens = await order('POST', '/tokens', { ...box, scope: 'EWS' });
    expect(tokens).toMatchObject({ status: 400, body: { detail: expect.stringContaining('password') } });
    const ledger = await order('GET', '/ledger?provider=exchange&email=zoe@example.com');
    expect(ledger.body).toEqual({ served: [], writes: [], mails: [] });
  });

  it('finds everything again after a restart', async () => {
    await order('POST', '/mailboxes', { provider: 'google', email: 'kept@example.com' });
    await order('POST', '/mailboxes', { provider: 'exchange', email: 'kept@example.com' });
    const ca = readFileSync(join(home, 'ca.pem'), 'utf8');
    await subject.close();
    subject = await start();
    expect(await summaries('kept@example.com')).toEqual([]);
    expect(simulator('exchange')?.mailboxes()).toContainEqual(expect.objectContaining({ email: 'kept@example.com' }));
    expect(readFileSync(join(home, 'ca.pem'), 'utf8')).toBe(ca);
    expect(existsSync(join(home, 'sandbox', 'addresses.json'))).toBe(true);
  });
});
