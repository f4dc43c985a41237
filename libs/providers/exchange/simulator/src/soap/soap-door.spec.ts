import { allOf, BEN, codesOf, ExchangeBench, textIn } from '../http/testing/exchange-bench';
import { element } from '../wire/element';
import { EwsFault, EwsRefusal } from './refusal';
import { responseOf, successMessage } from './response-messages';

const GET_INBOX =
  '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>';
const impersonate = (address: string): string =>
  `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${address}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`;
const STREAM =
  '<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>a</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>';
const EXPAND = '<m:GetServerTimeZones ReturnFullTimeZoneData="false"/>';

const answering = (answer: () => never) =>
  new ExchangeBench({ operations: () => ({ GetServerTimeZones: answer }) }).withMailboxes();

describe('an answer', () => {
  it('says which server gave it', async () => {
    const reply = await new ExchangeBench().withMailboxes().ask(GET_INBOX);
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('<t:ServerVersionInfo MajorVersion="15" MinorVersion="2"');
    expect(codesOf(reply)).toEqual(['NoError']);
  });

  it.each(['Exchange2007_SP1', 'Exchange2010_SP2', 'Exchange2016', 'V2017_07_11'])(
    'is given to a client of %s',
    async (version) => {
      expect((await new ExchangeBench().withMailboxes().ask(GET_INBOX, { version })).status).toBe(200);
    },
  );

  it('passes over headers that Exchange does not know', async () => {
    const headers = '<a:MessageID xmlns:a="http://www.w3.org/2005/08/addressing">1</a:MessageID>';
    expect((await new ExchangeBench().withMailboxes().ask(GET_INBOX, { headers })).status).toBe(200);
  });

  it('comes in several envelopes without prefixes when an operation streams', async () => {
    const beat = (status: string) =>
      responseOf('GetStreamingEvents', [successMessage('GetStreamingEvents', [element('ConnectionStatus', status)])]);
    const stream = async function* () {
      yield beat('OK');
      yield beat('Closed');
    };
    const reply = await new ExchangeBench({ operations: () => ({ GetStreamingEvents: { stream } }) }).ask(STREAM);
    expect(reply.text.match(/<Envelope xmlns="http:\/\/schemas\.xmlsoap\.org\/soap\/envelope\/"/g)).toHaveLength(2);
    expect(reply.text).toMatch(/OK<.*<\/Envelope><Envelope.*Closed</);
  });
});

describe('a fault', () => {
  it.each([
    ['ErrorInvalidServerVersion', 'a version nobody knows', GET_INBOX, { version: 'Exchange3000' }],
    ['ErrorInvalidServerVersion', 'a version newer than the server', GET_INBOX, { version: 'V2018_01_08' }],
    ['ErrorSchemaValidation', 'a request out of order', GET_INBOX.replace('IdOnly', 'Nothing'), {}],
    [
      'ErrorSchemaValidation',
      'a header that is wrong',
      GET_INBOX,
      { headers: '<t:MailboxCulture>!</t:MailboxCulture>' },
    ],
    ['ErrorInvalidRequest', 'an operation nobody knows', '<m:GetWeather/>', {}],
    ['ErrorInvalidRequest', 'no operation', '', {}],
    ['ErrorInvalidRequest', 'two operations', GET_INBOX + GET_INBOX, {}],
    ['ErrorInvalidOperation', 'an operation the simulator has not', '<m:GetInboxRules/>', {}],
    ['ErrorNonExistentMailbox', 'the impersonation of nobody', GET_INBOX, { headers: impersonate('x@example.com') }],
    ['ErrorImpersonateUserDenied', 'an impersonation that is not allowed', GET_INBOX, { headers: impersonate(BEN) }],
  ])('%s answers %s', async (code, _what, request, options) => {
    const reply = await new ExchangeBench().withMailboxes().ask(request, options);
    expect(reply.status).toBe(500);
    expect(textIn(reply, 'faultcode')).toBe(`a:${code}`);
    expect(codesOf(reply)).toEqual([code]);
  });

  it('names line, position and violation of what the schema does not allow', async () => {
    const reply = await new ExchangeBench().withMailboxes().ask('<m:GetFolder/>');
    expect(textIn(reply, 'Message')).toBe('The request failed schema validation.');
    expect(textIn(reply, 'faultstring')).toMatch(/^The request failed schema validation: The element 'GetFolder'/);
    expect(allOf(reply.body, 'MessageXml')[0]?.children.map(({ name }) => name)).toEqual([
      'LineNumber',
      'LinePosition',
      'Violation',
    ]);
  });

  it.each(['no XML', '<a/>', '<!DOCTYPE a><a/>', '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>'])(
    'answers a text that is no envelope: %s',
    async (text) => {
      expect(codesOf(await new ExchangeBench().send(text))).toEqual(['ErrorInvalidRequest']);
    },
  );

  it('is all that is seen of a fault of the simulator', async () => {
    const bench = answering(() => {
      throw new Error('secret');
    });
    const reply = await bench.ask(EXPAND);
    expect([reply.status, codesOf(reply)]).toEqual([500, ['ErrorInternalServerError']]);
    expect(reply.text).not.toContain('secret');
    expect(bench.bugs).toHaveLength(1);
  });

  it('carries what the client must wait', async () => {
    const messageXml = [element('Value', '1000', { Name: 'BackOffMilliseconds' })];
    const bench = answering(() => {
      throw new EwsFault('ErrorServerBusy', 'The server cannot service this request right now.', { messageXml });
    });
    expect((await bench.ask(EXPAND)).text).toContain('<t:Value Name="BackOffMilliseconds">1000</t:Value>');
  });
});

describe('a refusal of a whole operation', () => {
  it('is its only response message', async () => {
    const bench = answering(() => {
      throw new EwsRefusal('ErrorAccessDenied', 'No.');
    });
    const reply = await bench.ask(EXPAND);
    expect([reply.status, codesOf(reply)]).toEqual([200, ['ErrorAccessDenied']]);
    expect(allOf(reply.body, 'GetServerTimeZonesResponseMessage')[0]?.attributes).toEqual({ ResponseClass: 'Error' });
    expect(bench.bugs).toEqual([]);
  });
});

it('acts in the name of another mailbox when that is allowed', async () => {
  const bench = new ExchangeBench({ mayImpersonate: () => true }).withMailboxes();
  const own = await bench.ask(GET_INBOX, { caller: BEN });
  const impersonated = await bench.ask(GET_INBOX, { headers: impersonate(BEN) });
  expect(impersonated.text).toBe(own.text);
});
