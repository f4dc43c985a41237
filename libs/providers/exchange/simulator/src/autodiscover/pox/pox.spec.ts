import { childrenNamed, descendant } from '../read-document';
import { AROUND, ask, EWS, INTERNAL, read } from '../testing/autodiscover-bench';
import { serverVersion } from './pox-settings';

const BASE = 'http://schemas.microsoft.com/exchange/autodiscover';
const OUTLOOK = `${BASE}/outlook/responseschema/2006a`;

const request = (email: string, schema = OUTLOOK) =>
  `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${BASE}/outlook/requestschema/2006"><Request>` +
  `<EMailAddress>${email}</EMailAddress><AcceptableResponseSchema>${schema}</AcceptableResponseSchema></Request></Autodiscover>`;

const answered = (body: string, method = 'POST') => {
  const answer = ask('pox', { body, method });
  const root = read(answer);
  const response = descendant(root, 'Response');
  if (response === undefined) throw new Error('no response');
  return { answer, root, response };
};

const errorOf = (body: string, method?: string) => {
  const { answer, response } = answered(body, method);
  const text = (name: string) => descendant(response, 'Error', name)?.text;
  return [answer.status, text('ErrorCode'), text('Message')];
};

describe('plain old XML', () => {
  it('tells where the services are, inside, outside and in a browser', () => {
    const { answer, root, response } = answered(request('Ada@Example.com'));
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
    expect([root.namespace, response.namespace]).toEqual([`${BASE}/responseschema/2006`, OUTLOOK]);
    expect(descendant(response, 'User', 'DisplayName')?.text).toBe('Ada <&> Lovelace');
    expect(descendant(response, 'User', 'AutoDiscoverSMTPAddress')?.text).toBe('ada@example.com');
    expect(descendant(response, 'Account', 'Action')?.text).toBe('settings');
    const protocols = childrenNamed(descendant(response, 'Account'), 'Protocol');
    const of = (...way: string[]) => protocols.map((protocol) => descendant(protocol, ...way)?.text);
    expect(of('Type')).toEqual(['EXCH', 'EXPR', 'WEB']);
    expect(of('EwsUrl')).toEqual([INTERNAL, EWS, undefined]);
    expect(of('ASUrl')).toEqual([INTERNAL, EWS, undefined]);
    expect(of('External', 'Protocol', 'ASUrl')[2]).toBe(EWS);
    expect(of('Server').slice(0, 2)).toEqual(['EXCH01.example.com', 'mail.example.com']);
  });

  it('tells the same inside and outside where there is one address only', () => {
    const { response } = answered(request('ben@example.com'));
    const urls = childrenNamed(descendant(response, 'Account'), 'Protocol').map(
      (one) => descendant(one, 'EwsUrl')?.text,
    );
    expect(urls.slice(0, 2)).toEqual([EWS, EWS]);
  });

  it('says that SOAP can be spoken, too', () => {
    expect(ask('pox', { body: 'x' }).headers['x-soap-enabled']).toBe('True');
  });

  it('writes the version as the documentation takes it apart', () => {
    const { server } = AROUND;
    // The example of the page: 14.1, build 218.
    expect(serverVersion({ ...server, major: 14, minor: 1, majorBuild: 218 })).toBe('738180DA');
    expect(serverVersion(server)).toBe('73C286D4');
  });

  it.each([
    ['somebody unknown', request('eve@example.com'), '500', "The email address can't be found."],
    ['somebody without a mailbox here', request('nobox@example.com'), '501', 'Bad Address'],
    [
      'another answer',
      request('ada@example.com', `${BASE}/mobilesync/responseschema/2006`),
      '601',
      'Provider is not available',
    ],
    ['no schema', request('ada@example.com', ''), '600', 'Invalid Request'],
    ['nobody', request(''), '600', 'Invalid Request'],
    ['nothing', '', '600', 'Invalid Request'],
    ['another document', '<a/>', '600', 'Invalid Request'],
    ['a document type', `<!DOCTYPE a>${request('ada@example.com').slice(38)}`, '600', 'Invalid Request'],
  ])('answers to a request for %s with an error', (_what, body, code, message) => {
    expect(errorOf(body)).toEqual([200, code, message]);
  });

  it('shows «Invalid Request» with its time to whoever only looks', () => {
    expect(errorOf('', 'GET')).toEqual([200, '600', 'Invalid Request']);
    const { answer, response } = answered('', 'GET');
    expect(response.namespace).toBe(`${BASE}/responseschema/2006`);
    expect(answer.body).toContain('<Error Time="08:09:10.1230000" Id="');
  });

  it('sends people who have moved to another address or another server', () => {
    const account = (email: string) => {
      const found = descendant(answered(request(email)).response, 'Account');
      return Object.fromEntries((found?.children ?? []).map(({ name, text }) => [name, text]));
    };
    expect(account('moved@example.com')).toEqual({ Action: 'redirectAddr', RedirectAddr: 'moved@other.example' });
    expect(account('cloud@example.com')).toMatchObject({
      Action: 'redirectUrl',
      RedirectUrl: 'https://cloud.example/autodiscover/autodiscover.xml',
    });
  });
});
