import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appointment, create, find, get } from './items/testing/item-requests';
import { idIn, textIn } from './http/testing/exchange-bench';
import { ADA, basic, BEN, envelope, NtlmClient, TestSimulator, textsIn } from './testing/start-simulator';

const CALENDAR = find('calendar', '', { base: 'Default' });

describe('the simulated Exchange', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
  });
  afterEach(async () => {
    expect(subject.bugs).toEqual([]);
    await subject.close();
  });

  it('asks who it is, and takes address, domain names and passwords by Basic', async () => {
    const nobody = await subject.post(envelope(CALENDAR), null);
    expect([nobody.status, nobody.text]).toEqual([401, '']);
    expect(nobody.headers.get('www-authenticate')).toBe('NTLM, Basic realm="127.0.0.1"');
    for (const user of [ADA, 'ADA@example.com', 'EXAMPLE\\ada', 'example.com\\ada', 'ada']) {
      expect([user, (await subject.ask(CALENDAR, { user })).status]).toEqual([user, 200]);
    }
    expect((await subject.post(envelope(CALENDAR), basic({ password: 'wrong' }))).status).toBe(401);
    expect(subject.control.failedSignIns(ADA)).toBe(1);
    subject.control.setPassword(ADA, 'other');
    expect((await subject.post(envelope(CALENDAR))).status).toBe(401);
    expect((await subject.ask(CALENDAR, { password: 'other' })).status).toBe(200);
  });

  it('knows who signed in by NTLM as long as the connection lasts', async () => {
    const client = new NtlmClient(subject.running.baseUrl);
    expect(await client.signIn(CALENDAR)).toEqual([401, 401, 200]);
    expect([await client.again(CALENDAR), await client.again(CALENDAR)]).toEqual([200, 200]);
    client.close();
    const other = new NtlmClient(subject.running.baseUrl, { password: 'wrong' });
    expect(await other.signIn(CALENDAR)).toEqual([401, 401, 401]);
    expect(await other.again(CALENDAR)).toBe(401);
    other.close();
    expect(subject.control.failedSignIns(ADA)).toBe(1);
  });

  it('offers the schemes that are set, and takes no others', async () => {
    subject.control.changeSettings({ signIn: ['Negotiate', 'NTLM'] });
    const refused = await subject.post(envelope(CALENDAR));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Negotiate, NTLM']);
    subject.control.reset();
    expect(subject.control.settings().signIn).toEqual(['NTLM', 'Basic']);
  });

  it.each([
    ['2010', 'MajorVersion="14"', 'Exchange2010_SP2', 'Exchange2013'],
    ['2013', 'MajorVersion="15" MinorVersion="0"', 'Exchange2013_SP1', 'Exchange2016'],
    ['SE', 'MajorVersion="15" MinorVersion="2"', 'Exchange2016', 'V2018_01_08'],
  ] as const)('is an Exchange %s where it is set to be one', async (version, info, known, tooNew) => {
    subject.control.changeSettings({ version });
    const reply = await subject.ask(CALENDAR, {}, known);
    expect([reply.status, reply.text]).toEqual([200, expect.stringContaining(info)]);
    const refused = await subject.ask(CALENDAR, {}, tooNew);
    expect([refused.status, textIn(refused, 'ResponseCode')]).toEqual([500, 'ErrorInvalidServerVersion']);
    const told = await subject.web('/autodiscover/autodiscover.svc', {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', authorization: basic() },
      body: userSettings('EwsSupportedSchemas'),
    });
    const schemas = / <\/|Value>([^<]*)</.exec(told.text)?.[1] ?? '';
    expect([schemas.includes(known), schemas.includes(tooNew)]).toEqual([true, false]);
  });

  it('lets service accounts act in the name of others once they may', async () => {
    const impersonating = envelope(CALENDAR).replace(
      '</s:Header>',
      `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${BEN}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>`,
    );
    const denied = await subject.post(impersonating);
    expect([denied.status, denied.text]).toEqual([500, expect.stringContaining('ErrorImpersonateUserDenied')]);
    subject.control.changeSettings({ impersonators: [ADA] });
    expect((await subject.post(impersonating)).status).toBe(200);
  });

  it('tells clients where it is, to people who signed in and by JSON to everybody', async () => {
    const address = `${subject.running.baseUrl}/EWS/Exchange.asmx`;
    const body = `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>${ADA}</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>`;
    const pox = (headers: Record<string, string>) =>
      subject.web('/Autodiscover/Autodiscover.xml', {
        method: 'POST',
        headers: { 'content-type': 'text/xml', ...headers },
        body,
      });
    const nobody = await pox({});
    expect([nobody.status, nobody.headers.get('x-soap-enabled')]).toEqual([401, 'True']);
    const told = await pox({ authorization: basic() });
    expect([told.status, told.text]).toEqual([200, expect.stringContaining(`<EwsUrl>${address}</EwsUrl>`)]);
    subject.control.setRedirection(ADA, { kind: 'address', email: 'ada@elsewhere.example' });
    expect((await pox({ authorization: basic() })).text).toContain(
      '<RedirectAddr>ada@elsewhere.example</RedirectAddr>',
    );
    const json = await subject.web(`/autodiscover/autodiscover.json?Email=${BEN}&Protocol=EWS`);
    expect(JSON.parse(json.text)).toEqual({ Protocol: 'EWS', Url: address });
    expect((await subject.web('/autodiscover/autodiscover.json?Email=x@example.com&Protocol=EWS')).status).toBe(404);
  });

  it('has pages for people: itself, and the one an item links to', async () => {
    expect((await subject.web('/')).text).toContain('Exchange simulator');
    const made = await subject.ask(create(appointment('Tea &amp; &lt;cake&gt;', '<t:Location>Garden</t:Location>')));
    const reply = await subject.ask(get(idIn(made)));
    const page = await subject.web(`/owa/${textIn(reply, 'WebClientReadFormQueryString') ?? ''}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Tea &amp; &lt;cake&gt;')]);
    expect(page.text).toContain('Garden');
    const hidden = await subject.ask(
      create(
        appointment('Salary', '<t:Sensitivity>Private</t:Sensitivity>').replace(
          /(<t:Subject>.*<\/t:Subject>)(.*)(<t:Sensitivity>.*<\/t:Sensitivity>)/,
          '$1$3$2',
        ),
      ),
    );
    const [, id = ''] = /Id="([^"]+)"/.exec(idIn(hidden)) ?? [];
    const shown = await subject.web(`/owa/?itemid=${encodeURIComponent(id)}`);
    expect([shown.status, shown.text.includes('Salary')]).toEqual([200, false]);
    expect((await subject.web('/owa/?ItemID=x')).status).toBe(404);
    expect((await subject.web('/owa/?ItemID=x', { method: 'POST' })).status).toBe(405);
    expect((await subject.web('/elsewhere')).status).toBe(404);
  });

  it('gives back the id of a request that wants it', async () => {
    const headers = { authorization: basic(), 'client-request-id': 'mine', 'return-client-request-id': 'true' };
    const reply = await subject.web('/EWS/Exchange.asmx', { headers });
    expect([reply.headers.get('client-request-id'), reply.headers.get('x-feserver')]).toEqual(['mine', 'EXCH01']);
    expect(reply.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses what no server would read', async () => {
    const reply = await subject.post('x'.repeat(33 * 1024 * 1024));
    expect(reply.status).toBe(413);
  });

  it('tells of changes as they happen, in pieces if that is wished, until the stream is cut', async () => {
    subject.control.splitStreams(7);
    const subscribed = await subject.ask(
      '<m:Subscribe><m:StreamingSubscriptionRequest SubscribeToAllFolders="true"><t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>',
    );
    const id = textIn(subscribed, 'SubscriptionId') ?? '';
    const listen = `<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>${id}</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>30</m:ConnectionTimeout></m:GetStreamingEvents>`;
    const response = await fetch(`${subject.running.baseUrl}/EWS/Exchange.asmx`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', authorization: basic() },
      body: envelope(listen),
    });
    const reader = response.body?.getReader();
    let heard = '';
    const until = async (text: string): Promise<void> => {
      while (!heard.includes(text)) heard += Buffer.from((await reader?.read())?.value ?? []).toString();
    };
    await until('<m:ConnectionStatus>OK</m:ConnectionStatus>');
    await subject.ask(create(appointment('New')));
    await until('<t:CreatedEvent>');
    expect(heard.startsWith('<Envelope ')).toBe(true);
    expect([subject.control.cutStreams(BEN), subject.control.cutStreams(ADA)]).toEqual([0, 1]);
    await expect(until('Closed')).rejects.toThrow();
    expect(subject.control.forgetSubscriptions(ADA)).toBe(1);
    expect((await subject.post(envelope(listen))).text).toContain('ErrorSubscriptionNotFound');
  });

  it('finds everything again after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exchange-'));
    const journalFile = join(folder, 'exchange.journal');
    const first = await TestSimulator.start({ journalFile });
    first.control.createMailbox({ email: 'kept@example.com', password: 'own', timeZone: 'Europe/Vienna' });
    first.control.changeSettings({ version: '2016' });
    const kept = { user: 'kept@example.com', password: 'own' };
    const made = await first.ask(create(appointment('Kept')), kept);
    const before = await first.ask(get(idIn(made)), kept);
    await first.close();
    const second = await TestSimulator.start({ journalFile });
    const after = await second.ask(get(idIn(made)), kept);
    expect(textsIn(after, 'Subject')).toEqual(['Kept']);
    expect(after.text).toBe(before.text);
    expect(second.control.ledger('kept@example.com').writes).toMatchObject([{ operation: 'CreateItem' }]);
    await second.close();
    rmSync(folder, { recursive: true });
  });
});

const userSettings = (setting: string): string =>
  `<soap:Envelope xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${ADA}</a:Mailbox></a:User></a:Users><a:RequestedSettings><a:Setting>${setting}</a:Setting></a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>`;
