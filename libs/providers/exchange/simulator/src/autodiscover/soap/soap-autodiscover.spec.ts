import { childrenNamed, descendant, type DocumentElement } from '../read-document';
import { ask, EWS, INTERNAL, read } from '../testing/autodiscover-bench';

const AUTODISCOVER = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';

const envelope = (body: string) =>
  `<soap:Envelope xmlns:a="${AUTODISCOVER}" xmlns:wsa="http://www.w3.org/2005/08/addressing" ` +
  `xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header><a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion>` +
  `<wsa:Action>${AUTODISCOVER}/Autodiscover/GetUserSettings</wsa:Action></soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;

const listed = (name: string, texts: readonly string[]) =>
  texts.map((text) => `<a:${name}>${text}</a:${name}>`).join('');

const forUsers = (users: readonly string[], settings: readonly string[]) =>
  envelope(
    `<a:GetUserSettingsRequestMessage><a:Request><a:Users>${users.map((user) => `<a:User>${listed('Mailbox', [user])}</a:User>`).join('')}</a:Users>` +
      `<a:RequestedSettings>${listed('Setting', settings)}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage>`,
  );

const forDomains = (domains: readonly string[], settings: readonly string[]) =>
  envelope(
    `<a:GetDomainSettingsRequestMessage><a:Request><a:Domains>${listed('Domain', domains)}</a:Domains>` +
      `<a:RequestedSettings>${listed('Setting', settings)}</a:RequestedSettings></a:Request></a:GetDomainSettingsRequestMessage>`,
  );

function responseTo(body: string): DocumentElement {
  const answer = ask('soap', { body });
  const message = descendant(read(answer), 'Body')?.children[0];
  const response = message && descendant(message, 'Response');
  if (answer.status !== 200 || response === undefined) throw new Error(answer.body);
  return response;
}

const text = (from: DocumentElement, ...way: string[]) => descendant(from, ...way)?.text;
const usersOf = (response: DocumentElement) => childrenNamed(descendant(response, 'UserResponses'), 'UserResponse');

function settingsOf(user: DocumentElement | undefined) {
  const settings = user && descendant(user, 'UserSettings');
  return Object.fromEntries((settings?.children ?? []).map((one) => [text(one, 'Name'), text(one, 'Value')]));
}

function errorsOf(user: DocumentElement | undefined) {
  const errors = user && descendant(user, 'UserSettingErrors');
  return (errors?.children ?? []).map((one) => one.children.map((child) => child.text));
}

describe('GetUserSettings', () => {
  it('answers with what was asked for', () => {
    const names = ['ExternalEwsUrl', 'InternalEwsUrl', 'EwsSupportedSchemas', 'UserDisplayName', 'CasVersion'];
    const [user] = usersOf(responseTo(forUsers(['Ada@example.com'], names)));
    expect(settingsOf(user)).toEqual({
      ExternalEwsUrl: EWS,
      InternalEwsUrl: INTERNAL,
      EwsSupportedSchemas: 'Exchange2007, Exchange2013_SP1',
      UserDisplayName: 'Ada <&> Lovelace',
      CasVersion: '15.02.1748.010',
    });
    expect([user && text(user, 'ErrorCode'), errorsOf(user)]).toEqual(['NoError', []]);
  });

  it('writes an envelope as Exchange does', () => {
    const { body, headers } = ask('soap', { body: forUsers(['ben@example.com'], ['UserDisplayName']) });
    expect(headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(body).toContain(`GetUserSettingsResponse</a:Action>`);
    expect(body).toContain('<h:MajorVersion>15</h:MajorVersion>');
    expect(body).toContain('<RedirectTarget i:nil="true" />');
    expect(body).toContain(
      '<UserSetting i:type="StringSetting"><Name>UserDisplayName</Name><Value>Ben</Value></UserSetting>',
    );
  });

  it('names settings that it does not have, and those that nobody has', () => {
    const [user] = usersOf(
      responseTo(forUsers(['ada@example.com'], ['UserDN', 'PublicFolderServer', 'NoSuch', 'NoSuch'])),
    );
    expect(Object.keys(settingsOf(user))).toEqual(['UserDN']);
    expect(errorsOf(user)).toEqual([
      ['SettingIsNotAvailable', "User setting 'PublicFolderServer' is not available.", 'PublicFolderServer'],
      ['InvalidSetting', "User setting 'NoSuch' is invalid.", 'NoSuch'],
    ]);
  });

  it('answers for each of several people in their order', () => {
    const asked = ['ben@example.com', 'eve@example.com', 'moved@example.com', 'cloud@example.com'];
    const users = usersOf(responseTo(forUsers(asked, ['UserDisplayName'])));
    expect(users.map((user) => [text(user, 'ErrorCode'), text(user, 'RedirectTarget')])).toEqual([
      ['NoError', ''],
      ['InvalidUser', ''],
      ['RedirectAddress', 'moved@other.example'],
      ['RedirectUrl', 'https://cloud.example/autodiscover/autodiscover.xml'],
    ]);
  });

  it('has no address of a service for somebody without a mailbox here', () => {
    const [user] = usersOf(responseTo(forUsers(['nobox@example.com'], ['ExternalEwsUrl'])));
    expect(errorsOf(user)[0]?.[0]).toBe('SettingIsNotAvailable');
  });

  it.each([
    ['no user', forUsers([], ['UserDN'])],
    ['no setting', forUsers(['ada@example.com'], [])],
    [
      'more than a hundred users',
      forUsers(
        Array.from({ length: 101 }, () => 'ada@example.com'),
        ['UserDN'],
      ),
    ],
  ])('calls a request for %s invalid', (_what, body) => {
    const response = responseTo(body);
    expect([text(response, 'ErrorCode'), usersOf(response)]).toEqual(['InvalidRequest', []]);
  });
});

describe('GetDomainSettings', () => {
  const domainsOf = (response: DocumentElement) => descendant(response, 'DomainResponses')?.children ?? [];

  it('tells the address of the service of a domain, and refuses others', () => {
    const domains = domainsOf(responseTo(forDomains(['Example.com', 'other.example'], ['ExternalEwsUrl', 'Colour'])));
    expect(domains.map((domain) => text(domain, 'ErrorCode'))).toEqual(['NoError', 'InvalidDomain']);
    const [own] = domains;
    expect(own && text(own, 'DomainSettings', 'DomainSetting', 'Value')).toBe(EWS);
    expect(own && text(own, 'DomainSettingErrors', 'DomainSettingError', 'SettingName')).toBe('Colour');
  });

  it.each([
    ['no domain', forDomains([], ['ExternalEwsUrl'])],
    ['no setting', forDomains(['example.com'], [])],
    [
      'more than a hundred domains',
      forDomains(
        Array.from({ length: 101 }, () => 'a.example'),
        ['ExternalEwsUrl'],
      ),
    ],
  ])('calls a request for %s invalid', (_what, body) => {
    expect(text(responseTo(body), 'ErrorCode')).toBe('InvalidRequest');
  });
});

describe('SOAP Autodiscover', () => {
  it('takes POST only', () => {
    expect(ask('soap', { method: 'GET' })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  it.each(['', '<a/>', envelope(''), '<!DOCTYPE a><a/>', envelope('<x>')])('turns "%.30s" away', (body) => {
    expect(ask('soap', { body })).toMatchObject({ status: 400, body: '' });
  });

  it('has a fault for operations it does not know', () => {
    const answer = ask('soap', { body: envelope('<a:GetFederationInformationRequestMessage/>') });
    expect([answer.status, descendant(read(answer), 'Body', 'Fault', 'faultcode')?.text]).toEqual([
      500,
      'a:ActionNotSupported',
    ]);
  });
});
