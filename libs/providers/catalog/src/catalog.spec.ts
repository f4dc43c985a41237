import { allowedHosts } from './allowed-hosts';
import { createCatalog, type CatalogSettings, type CatalogSurroundings } from './catalog';

const CONFIGURED = { clientId: 'client', clientSecret: 'secret', baseUrl: null };

/** Making a catalog calls nobody, so nobody answers. */
const surroundings: CatalogSurroundings = {
  http: { request: () => Promise.reject(new Error('the catalog made a call')) },
  clock: { now: () => 0 },
  log: { warn: () => undefined, debug: () => undefined },
};

function catalogOf(settings: Partial<CatalogSettings> = {}) {
  return createCatalog({ publicUrl: 'https://daybook.example.com', google: CONFIGURED, ...settings }, surroundings);
}

describe('the catalog of providers', () => {
  it('maps a service and a method to a provider, and a key to the same one', () => {
    const subject = catalogOf();
    const provider = subject.providerFor('google', 'oauth2');
    expect(provider?.key).toBe('google');
    expect(subject.providerByKey('google')).toBe(provider);
    expect(subject.providers()).toEqual([provider]);
  });

  it.each([
    ['google', 'ews'],
    ['exchange', 'oauth2'],
    ['', ''],
    ['constructor', 'oauth2'],
  ])('knows no provider for %j by %j', (service, method) => {
    expect(catalogOf().providerFor(service, method)).toBeNull();
    expect(catalogOf().providerByKey(service === 'google' ? 'x' : service)).toBeNull();
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
    expect(subject.services()).toMatchObject([{ service: 'google', reason: { code: 'capability_not_available' } }]);
    expect(subject.providerFor('google', 'oauth2')).toBeNull();
    expect(subject.providers()).toEqual([]);
  });

  it.each([
    ['https://daybook.example.com', null, true],
    ['http://localhost:8080', null, false],
    ['http://localhost:8080', 'http://127.0.0.1:8101', true],
  ])('at %s with the base address %s change notifications are there: %s', (publicUrl, baseUrl, there) => {
    const subject = catalogOf({ publicUrl, google: { ...CONFIGURED, baseUrl } });
    expect(subject.providerByKey('google')?.notifications !== undefined).toBe(there);
  });

  it('refuses addresses that are none', () => {
    expect(() => catalogOf({ publicUrl: 'daybook' })).toThrow('Invalid URL');
    expect(() => catalogOf({ google: { ...CONFIGURED, baseUrl: 'file:///etc/passwd' } })).toThrow('http or https');
  });

  it('names the hosts an operator has set, with their ports', () => {
    const hosts = (baseUrl: string | null) => allowedHosts({ google: { ...CONFIGURED, baseUrl } });
    expect(hosts(null)).toEqual([]);
    expect(hosts('http://127.0.0.1:8101/base')).toEqual(['127.0.0.1:8101']);
    expect(hosts('https://sandbox.example')).toEqual(['sandbox.example:443']);
  });
});
