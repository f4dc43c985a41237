import { FakeHttp } from '@daybook/testing/fakes';
import { writeAccess } from './access-text';
import { createEwsClient, type EwsOperation } from './ews-client';
import { markup } from './markup';
import { text } from './record-shape';

const URL_OF = 'https://mail.example.com/EWS/Exchange.asmx';
const ACCESS = writeAccess({
  url: URL_OF,
  user: 'ada',
  domain: 'EX',
  password: 'secret-canary',
  version: 'Exchange2010_SP2',
});
const GET: EwsOperation = {
  name: 'GetItem',
  content: { Found: text() },
  request: (version) => markup('m:GetItem', { asked: version }),
};
const BACK_OFF = '<m:MessageXml><t:Value Name="BackOffMilliseconds">297749</t:Value></m:MessageXml>';

const envelope = (body: string) => `<s:Envelope><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;
const answer = (...messages: string[]) =>
  envelope(`<m:GetItemResponse><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:GetItemResponse>`);
const found = (what: string) =>
  `<m:GetItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Found>${what}</m:Found></m:GetItemResponseMessage>`;
const refused = (code: string, more = '') =>
  `<m:GetItemResponseMessage ResponseClass="Error"><m:MessageText>told</m:MessageText><m:ResponseCode>${code}</m:ResponseCode>${more}</m:GetItemResponseMessage>`;
const fault = (code: string, more = '') =>
  envelope(
    `<s:Fault><faultcode>a:${code}</faultcode><detail><e:ResponseCode>${code}</e:ResponseCode>${more}</detail></s:Fault>`,
  );

describe('a call of Exchange Web Services', () => {
  let http: FakeHttp;
  let subject: ReturnType<typeof createEwsClient>;
  beforeEach(() => {
    http = new FakeHttp();
    subject = createEwsClient({ http, clock: { now: () => 0 } });
  });
  const asked = () => subject.ask(ACCESS, GET);

  it('goes to the address of its access, in its version, with its credentials', async () => {
    http.answer({ body: answer(found('a')) });
    expect(await asked()).toMatchObject({ Found: 'a' });
    const { url, method, body, credentials, maxBytes } = http.lastRequest;
    expect({ url, method }).toEqual({ url: URL_OF, method: 'POST' });
    expect(credentials).toEqual({ user: 'ada', domain: 'EX', password: 'secret-canary', schemes: ['ntlm', 'basic'] });
    expect(String(body)).toContain('<t:RequestServerVersion Version="Exchange2010_SP2"/>');
    expect(String(body)).toContain('<m:GetItem asked="Exchange2010_SP2"/>');
    expect(maxBytes).toBeGreaterThan(0);
  });

  it('gives what came of each part, in their order', async () => {
    http.answer({ body: answer(found('a'), refused('ErrorItemNotFound'), found('c')) });
    const { parts } = await subject.call(ACCESS, { ...GET, aboutOneCalendar: true });
    expect(parts).toMatchObject([{ ok: true }, { ok: false, error: { kind: 'Gone' } }, { content: { Found: 'c' } }]);
  });

  it('takes a warning for a refusal, unless it says that several people have the name', async () => {
    const warned = (code: string) => refused(code, '<m:Found>a</m:Found>').replace('"Error"', '"Warning"');
    const codes = ['ErrorNameResolutionMultipleResults', 'ErrorBatchProcessingStopped', 'ErrorQuotaExceeded'];
    http.answer({ body: answer(...codes.map(warned), found('a').replace(' ResponseClass="Success"', '')) });
    const { parts } = await subject.call(ACCESS, GET);
    expect(parts).toMatchObject([
      { ok: true, content: { Found: 'a' } },
      { ok: false, untried: true },
      { ok: false, untried: false },
      { ok: false },
    ]);
  });

  it.each([
    [500, fault('ErrorServerBusy', BACK_OFF)],
    [200, answer(refused('ErrorServerBusy', BACK_OFF))],
    [200, answer(found('a'), refused('ErrorServerBusy', BACK_OFF))],
  ])('hears how long a busy server wants to be left alone, with status %i', async (status, body) => {
    http.answer({ status, body });
    await expect(asked()).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: 297_749 });
  });

  it.each([
    ['a wrong password', { status: 401, body: '' }, 'ConsentRevoked'],
    ['services that are switched off', { status: 403, body: '' }, 'SwitchedOff'],
    ['a front end without its back end', { status: 503, body: '<html>' }, 'Unavailable'],
    ['a page of a proxy', { body: '<html><body>Sign in</body></html>' }, 'Unavailable'],
    ['an answer cut short', { body: answer(found('a')).slice(0, -30) }, 'Unavailable'],
    ['an answer to something else', { body: envelope('<m:GetFolderResponse/>') }, 'Unavailable'],
    ['an answer without parts', { body: answer() }, 'Unavailable'],
    ['a fault', { status: 500, body: fault('ErrorSchemaValidation') }, 'Unknown'],
    ['a server without a mailbox', { status: 500, body: fault('ErrorNonExistentMailbox') }, 'NoMailbox'],
  ])('is refused by %s in a word of ours', async (_what, reply, kind) => {
    http.answer(reply);
    await expect(asked()).rejects.toMatchObject({ name: 'ProviderError', kind });
    expect(http.requests).toHaveLength(1);
  });

  it.each([
    ['tls', 'UntrustedServer'],
    ['blocked', 'UntrustedServer'],
    ['timeout', 'Unavailable'],
    ['tooLarge', 'Unreadable'],
  ] as const)('that fails below HTTP by %s is %s', async (failure, kind) => {
    http.fail(failure);
    await expect(asked()).rejects.toMatchObject({ kind });
  });

  it('never tells a password in an error', async () => {
    http.answer({ status: 401, body: 'secret-canary' });
    const error: unknown = await asked().catch((told: unknown) => told);
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-canary');
  });
});
