import type { ProviderHttpRequest } from '@daybook/provider-port';
import { challenge, FakeWeb, json, LETS_IN, pox, redirectTo, services, type WebAnswer } from '../auth/testing/fake-web';
import { endOf, FormBench } from '../auth/testing/form-bench';

const ADA = { email: 'ada@example.com', password: 'canary' };
const MAIL = 'https://mail.example.com/EWS/Exchange.asmx';
const at = (host: string, file = 'xml') => `https://${host}/autodiscover/autodiscover.${file}`;
const protocols = (...urls: readonly (readonly [string, string])[]): WebAnswer =>
  pox(
    `<AccountType>email</AccountType><Action>settings</Action>${urls.map(([type, url]) => `<Protocol><Type>${type}</Type><EwsUrl>${url}</EwsUrl></Protocol>`).join('')}`,
  );
const NO_SUCH_PAGE: WebAnswer = { status: 404 };
/** What anybody in between may answer. */
const PLAIN = 'GET http://autodiscover.example.com/autodiscover/autodiscover.xml';

/** A host that answers, and asks for a password, in XML alone. */
const host = (name: string, answer: WebAnswer) => ({
  [`GET ${at(name, 'json')}`]: NO_SUCH_PAGE,
  [`POST ${at(name)}`]: answer,
  [`POST ${at(name, 'svc')}`]: NO_SUCH_PAGE,
});

describe('looking for a server', () => {
  it('asks at the domain, then below it, then where plain http leads to, then by name', async () => {
    const web = new FakeWeb({});
    const subject = new FormBench({ http: web });
    const told = await subject.signIn(ADA);
    expect(told.steps).toEqual([
      'find_at_domain example.com skipped not_there',
      'find_at_autodiscover_host autodiscover.example.com skipped not_there',
      'find_by_redirect - skipped not_there',
      'find_by_srv - skipped not_there',
      'address - failed not_found_by_address',
    ]);
    expect(subject.names).toEqual(['_autodiscover._tcp.example.com']);
    expect(web.trusted).toEqual([]);
  });

  it('follows a redirect of plain http without the password, to https alone', async () => {
    const web = new FakeWeb({
      [PLAIN]: redirectTo(at('mail.example.com')),
      [`GET ${at('mail.example.com', 'json')}`]: json({ Protocol: 'EWS', Url: MAIL }),
      ...services('mail.example.com'),
    });
    const told = await new FormBench({ http: web }).signIn(ADA);
    expect(told.steps).toContain('find_by_redirect mail.example.com passed');
    expect(endOf(told)).toBe('granted');
    expect(web.requests.find(({ url }) => url.startsWith('http:'))).not.toHaveProperty('credentials');
    expect(new Set(web.trusted)).toEqual(new Set([MAIL]));
    const down = new FakeWeb({ [PLAIN]: redirectTo('http://mail.example.com/autodiscover/autodiscover.xml') });
    expect(endOf(await new FormBench({ http: down }).signIn(ADA))).toBe('address not_found_by_address');
    expect(down.asked.filter((asked) => asked.includes('mail'))).toEqual([]);
  });

  it('takes the likeliest of what a name server says, and its port', async () => {
    const web = new FakeWeb({
      [`GET ${at('b.example.com:8443', 'json')}`]: json({ Url: MAIL }),
      ...services('mail.example.com'),
    });
    const records = [
      { host: 'c.example.com', port: 443, priority: 5, weight: 0 },
      { host: 'a.example.com', port: 443, priority: 1, weight: 1 },
      { host: 'b.example.com', port: 8443, priority: 1, weight: 0 },
    ];
    const told = await new FormBench({ http: web, records }).signIn(ADA);
    expect(told.steps.filter((step) => step.startsWith('find_by_srv'))).toEqual([
      'find_by_srv a.example.com skipped not_there',
      'find_by_srv b.example.com:8443 passed',
    ]);
    expect(endOf(told)).toBe('granted');
  });

  it('takes the address for outside before the one for inside, and that one where nobody knows the first', async () => {
    const urls = protocols(['EXCH', MAIL], ['EXPR', 'https://out.example.com/EWS/Exchange.asmx']);
    const web = new FakeWeb({ ...host('example.com', urls), ...services('mail.example.com') });
    const told = await new FormBench({ http: web }).signIn(ADA);
    expect(told.steps.filter((step) => step.startsWith('address'))).toEqual([
      'address out.example.com skipped not_there',
      'address mail.example.com passed',
    ]);
    expect(endOf(told)).toBe('granted');
  });

  it('goes on with another address of the mailbox, the name to sign in with unchanged', async () => {
    const moved = pox('<Action>redirectAddr</Action><RedirectAddr>ada@new.example</RedirectAddr>');
    const web = new FakeWeb({
      ...host('example.com', moved),
      ...host('new.example', protocols(['EXPR', MAIL])),
      ...services('mail.example.com'),
    });
    const told = await new FormBench({ http: web }).signIn(ADA);
    expect(told.steps.slice(0, 2)).toEqual(['find_at_domain example.com passed', 'find_at_domain new.example passed']);
    expect(web.requests.find(({ url }) => url === at('new.example'))?.credentials?.user).toBe('ada@example.com');
    expect(endOf(told)).toBe('granted');
  });

  it.each([challenge('NTLM, Basic realm="x"'), challenge('Negotiate'), { status: 401 }])(
    'asks nobody once more after a password was refused with %j',
    async (refusal) => {
      const web = new FakeWeb({ ...host('example.com', refusal), ...services('mail.example.com') });
      const told = await new FormBench({ http: web }).signIn({ ...ADA, username: 'ada' });
      expect(endOf(told)).toBe('sign_in password_refused');
      expect(web.trusted).toEqual([at('example.com')]);
      expect(web.asked).toHaveLength(2);
    },
  );

  it('shows the password in no other way to a host that offers a way and does not keep to it', async () => {
    const broken: WebAnswer = { ...challenge('NTLM'), withheld: true };
    const web = new FakeWeb({ ...host('example.com', broken), [`POST ${at('example.com', 'svc')}`]: broken });
    expect(endOf(await new FormBench({ http: web }).signIn(ADA))).toBe('address not_found_by_address');
    expect(web.trusted).toEqual([at('example.com')]);
  });

  it('goes on from a host that no password could be shown to', async () => {
    const web = new FakeWeb({
      ...host('example.com', { ...challenge('Negotiate'), withheld: true }),
      [`GET ${at('autodiscover.example.com', 'json')}`]: json({ Url: MAIL }),
      ...services('mail.example.com'),
    });
    expect(endOf(await new FormBench({ http: web }).signIn(ADA))).toBe('granted');
  });

  it('takes 40 s at most with servers that use all the time they are given', async () => {
    let now = 0;
    const deadlines: number[] = [];
    const slowly = (answer: WebAnswer) => (request: ProviderHttpRequest) => {
      deadlines.push(request.deadlineMs ?? Infinity);
      now += request.deadlineMs ?? Infinity;
      return answer;
    };
    const silent: WebAnswer = { fails: { kind: 'timeout' } };
    const web = new FakeWeb({
      [`GET ${at('example.com', 'json')}`]: slowly(silent),
      [`GET ${at('autodiscover.example.com', 'json')}`]: slowly(NO_SUCH_PAGE),
      [`POST ${at('autodiscover.example.com')}`]: slowly(protocols(['EXPR', MAIL])),
      [`GET ${MAIL}`]: slowly(challenge('NTLM')),
      [`POST ${MAIL}`]: slowly(LETS_IN),
    });
    const told = await new FormBench({ http: web, now: () => now }).signIn(ADA);
    expect([endOf(told), now]).toEqual(['granted', 40_000]);
    expect(deadlines).toEqual([6_000, 6_000, 6_000, 8_000, 14_000]);
  });

  it('asks no host at all that an administrator does not allow, found or typed', async () => {
    const sites = {
      ...host('example.com', protocols(['EXPR', 'https://evil.example/EWS/Exchange.asmx'])),
      ...services('evil.example'),
    };
    const web = new FakeWeb(sites);
    const told = await new FormBench({ http: web }).signIn(ADA, { allowedHosts: ['example.com'] });
    expect(endOf(told)).toBe('address host_not_allowed');
    const none = new FakeWeb(sites);
    const allowedHosts = ['*.corp.example', 'mail.example.com:8443'];
    expect(endOf(await new FormBench({ http: none }).signIn(ADA, { allowedHosts }))).toBe('address host_not_allowed');
    const typed = { ...ADA, url: MAIL };
    expect(endOf(await new FormBench({ http: none }).signIn(typed, { allowedHosts }))).toBe('address host_not_allowed');
    expect([...web.asked, ...none.asked].filter((asked) => asked.includes('evil'))).toEqual([]);
    expect(none.asked).toEqual([]);
  });

  it('ends at the tenth redirect, wherever it is sent', async () => {
    const round = new FakeWeb({
      ...host('example.com', pox(`<Action>redirectUrl</Action><RedirectUrl>${at('example.com')}</RedirectUrl>`)),
      ...host(
        'autodiscover.example.com',
        pox('<Action>redirectAddr</Action><RedirectAddr>ada@example.com</RedirectAddr>'),
      ),
    });
    const told = await new FormBench({ http: round }).signIn(ADA);
    expect(endOf(told)).toBe('address too_many_redirects');
    expect(round.trusted.length).toBeLessThan(30);
  });

  it.each([
    [5, 'granted'],
    [6, 'address too_many_redirects'],
  ])('counts redirects of places and of services together: five, and then %i, is %s', async (moves, end) => {
    const hosts = [1, 2, 3, 4, 5].map((number) => `place${number}.example`);
    const places = [...hosts, 'mail0.example'].map((next, index) => ({
      [`GET ${at(index === 0 ? 'example.com' : (hosts[index - 1] ?? ''), 'json')}`]:
        index < hosts.length ? redirectTo(at(next, 'json')) : json({ Url: `https://${next}/EWS/Exchange.asmx` }),
    }));
    const moved = Array.from({ length: moves }, (_none, index) => ({
      [`GET https://mail${index}.example/EWS/Exchange.asmx`]: redirectTo(
        `https://mail${index + 1}.example/EWS/Exchange.asmx`,
      ),
    }));
    const web = new FakeWeb(Object.assign({}, services(`mail${moves}.example`), ...places, ...moved));
    expect(endOf(await new FormBench({ http: web }).signIn(ADA))).toBe(end);
  });

  it.each([
    ['plain http', 'http://evil.example/autodiscover/autodiscover.xml'],
    ['a page', 'https://evil.example/login'],
    ['a file', 'file:///etc/passwd'],
    ['an address with a password in it', 'https://a:b@evil.example/autodiscover/autodiscover.xml'],
    ['nothing', ''],
  ])('is not led to %s', async (_where, target) => {
    const redirect = pox(`<Action>redirectUrl</Action><RedirectUrl>${target}</RedirectUrl>`);
    for (const answer of [redirect, redirectTo(target)]) {
      const web = new FakeWeb(host('example.com', answer));
      expect(endOf(await new FormBench({ http: web }).signIn(ADA))).toBe('address not_found_by_address');
      expect(web.asked.filter((asked) => !/example\.com/.test(asked))).toEqual([]);
    }
  });

  it.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><Autodiscover>&c;</Autodiscover>'],
    ['an endless nesting', '<Autodiscover>'.repeat(50_000)],
    ['another document', '<html><body>Sign in</body></html>'],
    ['half a document', '<Autodiscover><Response><Account><Action>settings'],
    ['nothing', ''],
  ])('is not held up by %s', async (_what, body) => {
    const web = new FakeWeb({
      ...host('example.com', { body }),
      [`GET ${at('autodiscover.example.com', 'json')}`]: json({ Url: MAIL }),
      ...services('mail.example.com'),
    });
    expect(endOf(await new FormBench({ http: web }).signIn(ADA))).toBe('granted');
  });

  it.each(['tooLarge', 'timeout', 'tls', 'blocked', 'malformed'])('goes on where a host fails by %s', async (kind) => {
    const failing: WebAnswer = { fails: { kind } };
    const web = new FakeWeb({
      [`GET ${at('example.com', 'json')}`]: failing,
      [`GET ${at('autodiscover.example.com', 'json')}`]: json({ Url: MAIL }),
      ...services('mail.example.com'),
    });
    expect(endOf(await new FormBench({ http: web }).signIn(ADA))).toBe('granted');
    expect(web.asked.filter((asked) => asked.includes('//example.com'))).toHaveLength(1);
    expect(web.requests.every(({ deadlineMs, maxBytes }) => (deadlineMs ?? 0) > 0 && (maxBytes ?? 0) > 0)).toBe(true);
  });

  it.each(['ada@', 'ada@ex ample.com', 'ada@127.0.0.1', 'ada@a.example/..', 'ada@[::1]', 'ada'])(
    'is not led astray by the address %j',
    async (email) => {
      const web = new FakeWeb({});
      expect(endOf(await new FormBench({ http: web }).signIn({ ...ADA, email }))).toBe('address not_found_by_address');
      expect(web.trusted).toEqual([]);
    },
  );
});
