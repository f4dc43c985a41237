import { rootCertificates } from 'node:tls';
import { startExchangeSimulator } from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { challenge, FakeWeb, LETS_IN, redirectTo, services, soap, type WebAnswer } from './testing/fake-web';
import { endOf, FormBench, RULES } from './testing/form-bench';

const ADA = { email: 'ada@example.com', password: 'canary' };
const MAIL = 'https://mail.example.com/EWS/Exchange.asmx';

describe('a server that a person names', () => {
  const signIn = (web: FakeWeb, url: string) => new FormBench({ http: web }).signIn({ ...ADA, url });

  it.each(['mail.example.com', MAIL, 'https://mail.example.com', 'https://mail.example.com/', 'MAIL.example.com:443'])(
    'is found by %s',
    async (url) => {
      expect(endOf(await signIn(new FakeWeb(services('mail.example.com')), url))).toBe('granted');
    },
  );

  it.each<[string, WebAnswer['fails'], string]>([
    ['whose name leads nowhere', { kind: 'network', code: 'ENOTFOUND' }, 'address address_not_found'],
    ['that takes no connection', { kind: 'network', code: 'ECONNREFUSED' }, 'address no_connection'],
    ['that is silent', { kind: 'timeout', code: 'deadline' }, 'address no_connection'],
    ['that may not be called', { kind: 'blocked', code: 'private' }, 'address address_blocked'],
    ['whose certificate nobody knows', { kind: 'tls', code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'tls certificate_refused'],
    ['that speaks another language', { kind: 'malformed', code: 'HPE_INVALID_CONSTANT' }, 'address no_services_there'],
  ])('%s is told apart, and given no password', async (_what, fails, end) => {
    const web = new FakeWeb({ [`GET ${MAIL}`]: fails ? { fails } : {} });
    expect(endOf(await signIn(web, MAIL))).toBe(end);
    expect(web.trusted).toEqual([]);
  });

  it.each<[string, WebAnswer, string]>([
    ['a page of a proxy', { body: '<html>Sign in</html>' }, 'sign_in no_services_there'],
    ['no such page', { status: 404 }, 'sign_in no_services_there'],
    ['that it is switched off', { status: 403 }, 'sign_in switched_off'],
    ['that it is not there', { status: 503, body: '<html>' }, 'sign_in provider_unavailable'],
    ['that it is asked too often', { status: 429 }, 'sign_in provider_throttled'],
    ['more than is read', { fails: { kind: 'tooLarge' } }, 'sign_in no_services_there'],
    ['an entity bomb', { body: '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>' }, 'sign_in no_services_there'],
    ['never to the end', { fails: { kind: 'timeout' } }, 'sign_in took_too_long'],
    [
      'in a dialect too old',
      { fails: { kind: 'malformed', code: 'ntlm_noExtendedSecurity' } },
      'sign_in scheme_not_offered',
    ],
    ['with no way in that we know', { ...challenge('Bearer'), withheld: true }, 'sign_in scheme_not_offered'],
    ['with an offer it does not keep', { ...challenge('NTLM'), withheld: true }, 'sign_in provider_unavailable'],
    ['with no challenge any more', { status: 401 }, 'sign_in password_refused'],
  ])('that answers %s is told so', async (_what, answer, end) => {
    expect(endOf(await signIn(new FakeWeb(services('mail.example.com', answer)), MAIL))).toBe(end);
  });

  it('that has moved is followed to other services, each host told', async () => {
    const web = new FakeWeb({
      [`GET ${MAIL}`]: redirectTo('https://new.example/EWS/Exchange.asmx'),
      ...services('new.example'),
    });
    const told = await signIn(web, MAIL);
    expect(told.steps.slice(0, 4)).toEqual([
      'address mail.example.com passed',
      'tls mail.example.com passed',
      'address new.example passed',
      'tls new.example passed',
    ]);
    expect(web.trusted.every((url) => url.startsWith('https://new.example/'))).toBe(true);
  });

  it('that sends on to one whose certificate nobody knows is told as such', async () => {
    const web = new FakeWeb({
      [`GET ${MAIL}`]: redirectTo('https://new.example/EWS/Exchange.asmx'),
      'GET https://new.example/EWS/Exchange.asmx': { fails: { kind: 'tls', code: 'SELF_SIGNED_CERT_IN_CHAIN' } },
    });
    const told = await signIn(web, MAIL);
    expect(told.steps.slice(-2)).toEqual(['address new.example passed', 'tls new.example failed certificate_refused']);
    expect(web.trusted).toEqual([]);
  });

  it('that speaks no TLS is asked over plain http, unless the form tells what certificates are taken', async () => {
    const noTls = { [`GET ${MAIL}`]: { fails: { kind: 'tls', code: 'ERR_SSL_WRONG_VERSION_NUMBER' } } };
    const web = new FakeWeb(noTls);
    await signIn(web, 'mail.example.com');
    expect(web.asked).toEqual([`GET ${MAIL}`, `GET ${MAIL.replace('https', 'http')}`]);
    const [certificateAuthorities = ''] = rootCertificates;
    const strict = new FakeWeb(noTls);
    const form = { ...ADA, url: 'mail.example.com', certificateAuthorities };
    expect(endOf(await new FormBench({ http: strict }).signIn(form))).toBe('tls certificate_refused');
    expect(strict.asked).toEqual([`GET ${MAIL}`]);
  });

  it('is shown a password no more once it was refused after all, and none is kept', async () => {
    const answers = [LETS_IN];
    const web = new FakeWeb(services('mail.example.com', () => answers.shift() ?? { status: 401 }));
    expect(endOf(await signIn(web, MAIL))).toBe('sign_in password_refused');
    expect(web.trusted).toEqual([MAIL, MAIL]);
  });

  it('that is busy when asked whose mailbox it is says nothing against the address that was typed', async () => {
    const mailbox = '<t:Mailbox><t:EmailAddress>ada@example.com</t:EmailAddress></t:Mailbox>';
    const people = soap(
      `<m:ResolveNamesResponse><m:ResponseMessages><m:ResolveNamesResponseMessage ResponseClass="Success"><m:ResolutionSet><t:Resolution>${mailbox}</t:Resolution></m:ResolutionSet></m:ResolveNamesResponseMessage></m:ResponseMessages></m:ResolveNamesResponse>`,
    );
    const refusal = (code: string) =>
      soap(
        `<m:GetFolderResponse><m:ResponseMessages><m:GetFolderResponseMessage ResponseClass="Error"><m:ResponseCode>${code}</m:ResponseCode></m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse>`,
      );
    const addressAfter = async (code: string) => {
      const answers = [LETS_IN, people, refusal(code)];
      const web = new FakeWeb(services('mail.example.com', () => answers.shift() ?? { status: 503 }));
      const { outcome } = await new FormBench({ http: web }).signIn({ ...ADA, username: 'EXAMPLE\\eve', url: MAIL });
      return outcome.type === 'granted' ? outcome.result.identity.address : outcome.at.code;
    };
    expect(await addressAfter('ErrorServerBusy')).toBe(ADA.email);
    expect(await addressAfter('ErrorAccessDenied')).toBe('EXAMPLE\\eve');
  });

  it('is trusted as the person says, in every request of the sign-in and of those after it', async () => {
    const web = new FakeWeb(services('mail.example.com'));
    const subject = new FormBench({ http: web });
    const form = { ...ADA, url: MAIL, skipCertificateChecks: true };
    expect(endOf(await subject.signIn(form))).toBe('tls untrusted_not_allowed');
    expect(web.asked).toEqual([]);
    const rules = { allowUntrustedCertificates: true };
    const { outcome } = await subject.signIn(form, rules);
    expect(new Set(web.requests.map(({ trust }) => JSON.stringify(trust)))).toEqual(new Set(['{"skipChecks":true}']));
    const token = outcome.type === 'granted' ? outcome.result.tokens.accessToken : '';
    expect(subject.subject.visible(token).certificateChecksSkipped).toBe(true);
    expect(subject.subject.objection(token, { ...RULES, ...rules })).toBeNull();
    expect(subject.subject.objection(token, RULES)).toBe('untrusted_not_allowed');
  });

  it.each([
    ['http://mail.example.com/EWS/Exchange.asmx', 'address plain_http_refused'],
    ['https://mail.example.com/owa/', 'sign_in no_services_there'],
    [MAIL, 'address too_many_redirects'],
  ])('that sends on to %s gets no password', async (target, end) => {
    const web = new FakeWeb({ [`GET ${MAIL}`]: redirectTo(target) });
    expect(endOf(await signIn(web, MAIL))).toBe(end);
    expect(web.trusted).toEqual([]);
  });

  it.each([
    ['https://127.0.0.1/EWS/Exchange.asmx', 'address address_blocked'],
    ['https://[::ffff:10.0.0.1]/EWS/Exchange.asmx', 'address address_blocked'],
    ['2130706433', 'address address_blocked'],
    ['https://169.254.169.254/EWS/Exchange.asmx', 'address address_blocked'],
    ['169.254.169.254:8080', 'address address_blocked'],
    ['https://a:b@mail.example.com/', 'address address_not_found'],
    ['a:b@mail.example.com', 'address address_not_found'],
    ['a@mail.example.com/EWS/Exchange.asmx', 'address address_not_found'],
    ['http://mail.example.com/EWS/Exchange.asmx', 'address plain_http_refused'],
    ['ftp://mail.example.com/', 'address address_blocked'],
    ['file:///etc/passwd', 'address address_blocked'],
    ['https://mail.example.com:25/EWS/Exchange.asmx', 'address address_blocked'],
    ['no address at all', 'address address_not_found'],
    ['https://', 'address address_not_found'],
  ])('as %s goes past no guard', async (url, end) => {
    const http = guardedHttpTo('http://169.254.169.254:8080');
    expect(endOf(await new FormBench({ http }).signIn({ ...ADA, url }))).toBe(end);
    await http.close();
  });

  it('whose name leads into this house is not called, whatever it led to before', async () => {
    const simulator = await startExchangeSimulator();
    simulator.control.createMailbox({ email: ADA.email });
    const { port } = new URL(simulator.baseUrl);
    const asked: string[] = [];
    const http = guardedHttpTo('https://another.example:8443', (name, done) => {
      asked.push(name);
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    });
    const told = await new FormBench({ http }).signIn({ ...ADA, url: `mail.example.com:${port}` });
    expect(endOf(told)).toBe('address address_blocked');
    expect(asked).toEqual(['mail.example.com']);
    await http.close();
    await simulator.close();
  });
});
