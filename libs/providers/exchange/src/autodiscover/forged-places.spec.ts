import { FakeWeb, json, pox, redirectTo, services } from '../auth/testing/fake-web';
import { endOf, FormBench } from '../auth/testing/form-bench';

const ADA = { email: 'ada@example.com', password: 'canary' };
const PLAIN = 'GET http://autodiscover.example.com/autodiscover/autodiscover.xml';
const at = (host: string, file = 'xml') => `https://${host}/autodiscover/autodiscover.${file}`;
const urlAt = (host: string) => `https://${host}/EWS/Exchange.asmx`;
const tells = (place: string, host: string) => ({ [`GET ${at(place, 'json')}`]: json({ Url: urlAt(host) }) });
const record = (host: string) => ({ host, port: 443, priority: 1, weight: 1 });

describe('a server that plain http or a name server names', () => {
  it.each(['evil.example', 'evilexample.com', 'example.com.evil.example'])(
    'is asked nothing where it is %s, and the search ends with its host',
    async (evil) => {
      const sites = { ...tells(evil, evil), ...services(evil) };
      const redirected = new FakeWeb({ ...sites, [PLAIN]: redirectTo(at(evil)) });
      const forged = new FakeWeb(sites);
      const one = await new FormBench({ http: redirected }).signIn(ADA);
      const other = await new FormBench({ http: forged, records: [record(evil)] }).signIn(ADA);
      expect([one, other].map(endOf)).toEqual(['address host_unconfirmed', 'address host_unconfirmed']);
      expect(one.steps.slice(2)).toEqual([
        `find_by_redirect ${evil} skipped host_unconfirmed`,
        'find_by_srv - skipped not_there',
        `address ${evil} failed host_unconfirmed`,
      ]);
      expect(other.steps.slice(-2)).toEqual([
        `find_by_srv ${evil} skipped host_unconfirmed`,
        `address ${evil} failed host_unconfirmed`,
      ]);
      for (const web of [redirected, forged])
        expect(web.requests.filter(({ url }) => new URL(url).host === evil)).toEqual([]);
    },
  );

  it('keeps nobody from one that is named beside it and is known', async () => {
    const web = new FakeWeb({
      [PLAIN]: redirectTo(at('evil.example')),
      ...tells('mail.example.com', 'mail.example.com'),
      ...services('mail.example.com'),
    });
    const told = await new FormBench({ http: web, records: [record('mail.example.com')] }).signIn(ADA);
    expect(endOf(told)).toBe('granted');
  });

  it.each([
    ['tells services elsewhere', tells('mail.example.com', 'evil.example')],
    [
      'sends on to a place elsewhere',
      { [`GET ${at('mail.example.com', 'json')}`]: redirectTo(at('evil.example', 'json')) },
    ],
    [
      'tells an address elsewhere',
      {
        [`GET ${at('mail.example.com', 'json')}`]: { status: 404 },
        [`POST ${at('mail.example.com')}`]: pox(
          '<Action>redirectAddr</Action><RedirectAddr>ada@evil.example</RedirectAddr>',
        ),
      },
    ],
    [
      'tells services that have moved elsewhere',
      {
        ...tells('mail.example.com', 'mail.example.com'),
        [`GET ${urlAt('mail.example.com')}`]: redirectTo(urlAt('evil.example')),
      },
    ],
  ])('and that %s leads the password no further', async (_what, sites) => {
    const web = new FakeWeb({
      [PLAIN]: redirectTo(at('mail.example.com')),
      ...tells('evil.example', 'evil.example'),
      ...services('evil.example'),
      ...sites,
    });
    const { outcome } = await new FormBench({ http: web }).signIn(ADA);
    const end = { step: 'address', host: 'evil.example', code: 'host_unconfirmed' };
    expect(outcome).toMatchObject({ type: 'failed', at: end });
    expect(web.asked.filter((asked) => /https:.*evil\.example/.test(asked))).toEqual([]);
  });

  it.each([
    ['Microsoft', 'autodiscover-s.outlook.com', 'outlook.office365.com', {}, {}],
    [
      'one that an administrator allows',
      'a.hoster.example',
      'b.hoster.example',
      { allowedHosts: ['*.hoster.example', '*.example.com'] },
      {},
    ],
    [
      'one that the operator lists',
      'a.hoster.example',
      'a.hoster.example',
      {},
      { listedHosts: ['a.hoster.example:443'] },
    ],
  ])('is signed in to where it is of %s', async (_whom, place, server, rules, listed) => {
    const web = new FakeWeb({ [PLAIN]: redirectTo(at(place)), ...tells(place, server), ...services(server) });
    expect(endOf(await new FormBench({ http: web, ...listed }).signIn(ADA, rules))).toBe('granted');
  });

  it('is signed in to once a person has entered it', async () => {
    const web = new FakeWeb({ [PLAIN]: redirectTo(at('hoster.example')), ...services('hoster.example') });
    expect(endOf(await new FormBench({ http: web }).signIn({ ...ADA, url: urlAt('hoster.example') }))).toBe('granted');
  });

  it('is any that a place at the domain itself tells, which has shown a certificate of it', async () => {
    const web = new FakeWeb({ ...tells('example.com', 'hoster.example'), ...services('hoster.example') });
    expect(endOf(await new FormBench({ http: web }).signIn(ADA))).toBe('granted');
  });
});
