import { allowedHosts } from './allowed-hosts';
import { createCatalog, type CatalogSettings, type CatalogSurroundings } from './catalog';

const CONFIGURED = { clientId: 'client', clientSecret: 'secret', baseUrl: null };
const MICROSOFT = { clientId: 'client', clientSecret: 'secret', loginUrl: null, graphUrl: null };

/** Making a catalog calls nobody, so nobody answers. */
const surroundings: CatalogSurroundings = {
  http: { request: () => Promise.reject(new Error('the catalog made a call')) },
  typedHttp: { request: () => Promise.reject(new Error('the catalog made a call')) },
  findServers: { srv: () => Promise.reject(new Error('the catalog asked for a name')) },
  clock: { now: () => 0 },
  log: { warn: () => undefined, debug: () => undefined },
};

function catalogOf(settings: Partial<CatalogSettings> = {}, around: Partial<CatalogSurroundings> = {}) {
  return createCatalog(
    {
      publicUrl: 'https://daybook.example.com',
      google: CONFIGURED,
      microsoft: MICROSOFT,
      exchange: { autodiscoverHosts: [] },
      ...settings,
    },
    { ...surroundings, ...around },
  );
}

describe('the catalog of providers', () => {
  it.each([
    ['google', 'oauth2', 'google'],
    ['office365', 'oauth2', 'microsoft'],
    ['office365', 'ews', 'exchange'],
    ['exchange', 'ews', 'exchange'],
  ])('maps the service %s by %s to the provider %s, and its key to the same one', (service, method, key) => {
    const subject = catalogOf();
    const provider = subject.providerFor(service, method);
    expect(provider?.key).toBe(key);
    expect(subject.providerByKey(key)).toBe(provider);
    expect(subject.providers()).toContain(provider);
  });

  it.each([
    ['google', 'ews'],
    ['exchange', 'oauth2'],
    ['microsoft', 'oauth2'],
    ['', ''],
    ['constructor', 'oauth2'],
  ])('knows no provider for %j by %j', (service, method) => {
    expect(catalogOf().providerFor(service, method)).toBeNull();
    expect(catalogOf().providerByKey(`${service}/${method}`)).toBeNull();
  });

  it('offers permissions only for parts that a port stands behind', () => {
    for (const { service, methods, permissions } of catalogOf().services()) {
      for (const { method } of methods) {
        const provider = catalogOf().providerFor(service, method);
        const parts = permissions.map(({ part }) => part);
        expect(parts.includes('calendar')).toBe(provider?.calendar !== undefined);
        expect(parts).not.toContain('contacts');
      }
    }
  });

  it('shows a service that is not configured with the reason, and has no provider for it', () => {
    const subject = catalogOf({ google: { ...CONFIGURED, clientId: null } });
    expect(subject.services()[0]).toMatchObject({ service: 'google', reason: { code: 'capability_not_available' } });
    expect(subject.providerFor('google', 'oauth2')).toBeNull();
    expect(subject.providers().map(({ key }) => key)).toEqual(['microsoft', 'exchange']);
  });

  it('offers Office 365 by password alone where there is no client at Microsoft', () => {
    const methodsOf = (settings: Partial<CatalogSettings>) =>
      catalogOf(settings)
        .services()
        .filter(({ service }) => service === 'office365')
        .flatMap(({ methods, reason }) => methods.map(({ method, recommended }) => [method, recommended, reason]));
    expect(methodsOf({})).toEqual([
      ['oauth2', true, null],
      ['ews', false, null],
    ]);
    const unknown = { microsoft: { ...MICROSOFT, clientId: null } };
    expect(methodsOf(unknown)).toEqual([['ews', false, null]]);
    expect(catalogOf(unknown).providerFor('office365', 'oauth2')).toBeNull();
  });

  it('tells what a person fills in for a password', () => {
    const fieldsOf = (wanted: string) =>
      catalogOf()
        .services()
        .filter(({ service }) => service === wanted)
        .flatMap(({ methods }) => methods.flatMap(({ fields }) => fields))
        .map(({ name, required, ...more }) => [name, required, more.default]);
    expect(fieldsOf('office365')).toEqual([
      ['email', true, undefined],
      ['password', true, undefined],
      ['url', true, 'https://outlook.office365.com/EWS/Exchange.asmx'],
    ]);
    expect(fieldsOf('exchange')).toEqual([
      ['username', true, undefined],
      ['email', false, undefined],
      ['password', true, undefined],
      ['version', true, 'auto'],
      ['url', false, undefined],
    ]);
  });

  it.each([
    ['https://daybook.example.com', null, true],
    ['http://localhost:8080', null, false],
    ['http://localhost:8080', 'http://127.0.0.1:8101', true],
  ])('at %s with the base address %s change notifications are there: %s', (publicUrl, baseUrl, there) => {
    const microsoft = { ...MICROSOFT, graphUrl: baseUrl };
    const subject = catalogOf({ publicUrl, google: { ...CONFIGURED, baseUrl }, microsoft });
    for (const key of ['google', 'microsoft'])
      expect(subject.providerByKey(key)?.notifications !== undefined).toBe(there);
  });

  it.each([
    [[], false],
    [['mail.hoster.example:443'], true],
  ])(
    'asks a server of Exchange that only a name server names where the operator lists %j: %s',
    async (listedHosts, is) => {
      const asked: string[] = [];
      const request = ({ url }: { readonly url: string }) => {
        asked.push(new URL(url).host);
        return Promise.reject(new Error('nobody answers'));
      };
      const srv = async () => [{ host: 'mail.hoster.example', port: 443, priority: 1, weight: 1 }];
      const exchange = { autodiscoverHosts: [], listedHosts };
      const subject = catalogOf({ exchange }, { typedHttp: { request }, findServers: { srv } }).providerByKey(
        'exchange',
      );
      await subject?.auth.form?.signIn(
        { email: 'ada@example.com', password: 'secret' },
        {
          permissions: { calendar: 'read', contacts: 'none' },
          rules: { allowedHosts: [], allowUntrustedCertificates: false },
          tell: () => undefined,
        },
      );
      expect(asked.includes('mail.hoster.example')).toBe(is);
    },
  );

  it('refuses addresses that are none', () => {
    expect(() => catalogOf({ publicUrl: 'daybook' })).toThrow('Invalid URL');
    expect(() => catalogOf({ google: { ...CONFIGURED, baseUrl: 'file:///etc/passwd' } })).toThrow('http or https');
    expect(() => catalogOf({ microsoft: { ...MICROSOFT, loginUrl: 'ftp://x' } })).toThrow('http or https');
    for (const place of ['example.com', '=https://a.example', 'example.com=ftp://a.example', '*=mail.internal'])
      expect(() => catalogOf({ exchange: { autodiscoverHosts: [place] } })).toThrow('http or https');
  });

  it('names the hosts an operator has set, with their ports', () => {
    const hosts = (baseUrl: string | null, graphUrl: string | null = null) =>
      allowedHosts({ google: { ...CONFIGURED, baseUrl }, microsoft: { ...MICROSOFT, graphUrl, loginUrl: graphUrl } });
    expect(hosts(null)).toEqual([]);
    expect(hosts('http://127.0.0.1:8101/base')).toEqual(['127.0.0.1:8101']);
    expect(hosts('https://sandbox.example')).toEqual(['sandbox.example:443']);
    expect(hosts(null, 'http://localhost:8102')).toEqual(['localhost:8102']);
  });
});
