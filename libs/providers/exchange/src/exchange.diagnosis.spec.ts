import {
  failed,
  passed,
  skipped,
  type Provider,
  type ProviderHttp,
  type ProviderHttpRequest,
} from '@daybook/provider-port';
import { startExchangeSimulator, type RunningExchangeSimulator } from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { FakeHttp, FakeLog } from '@daybook/testing/fakes';
import { createExchangeProvider } from './exchange.provider';
import { writeAccess, type ExchangeAccess } from './transport/access-text';

const ADA = 'ada@example.com';

describe('looking at a server of Exchange', () => {
  let simulator: RunningExchangeSimulator;
  let wire: ReturnType<typeof guardedHttpTo>;
  let asked: ProviderHttpRequest[];
  beforeAll(async () => {
    simulator = await startExchangeSimulator();
    simulator.control.createMailbox({ email: ADA });
    wire = guardedHttpTo(simulator.baseUrl);
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    await wire.close();
    await simulator.close();
  });

  const counted: ProviderHttp = { request: (request) => (asked.push(request), wire.request(request)) };
  const providerWith = (http: ProviderHttp): Provider =>
    createExchangeProvider({
      ...{ http, clock: { now: () => Date.now() }, log: new FakeLog() },
      ...{ findServers: { srv: async () => [] }, autodiscoverHosts: [] },
    });
  const lookWith = (http: ProviderHttp): NonNullable<Provider['diagnosis']> => {
    const { diagnosis } = providerWith(http);
    if (!diagnosis) throw new Error('there is nothing to look with');
    return diagnosis;
  };
  const accessTo = (url: string, more: Partial<ExchangeAccess> = {}) =>
    writeAccess({ url, user: ADA, domain: null, password: 'daybook', version: 'Exchange2013_SP1', ...more });
  const own = (more?: Partial<ExchangeAccess>) => accessTo(`${simulator.baseUrl}/EWS/Exchange.asmx`, more);

  it('finds the server that the access names, shows it nothing, and no certificate where the operator allows plain http', async () => {
    expect(await lookWith(counted).reach(own())).toEqual({ address: passed, tls: skipped('plain_http') });
    expect(asked).toHaveLength(1);
    expect(asked[0]).not.toHaveProperty('credentials');
    expect(asked[0]).not.toHaveProperty('body');
  });

  it('asks nobody where no access says where to ask', async () => {
    const nothing = { address: skipped('earlier_failed'), tls: skipped('earlier_failed') };
    expect(await lookWith(counted).reach(null)).toEqual(nothing);
    expect(await lookWith(counted).reach({ token: 'of somebody else' })).toEqual(nothing);
    expect(asked).toEqual([]);
  });

  it('trusts the certificates that the access trusts', async () => {
    const http = new FakeHttp().answer({ status: 401 }).fail('tls');
    const look = lookWith(http);
    const url = 'https://mail.example.com/EWS/Exchange.asmx';
    const trust = { authorities: ['-----BEGIN CERTIFICATE-----'] };
    expect(await look.reach(accessTo(url, { trust }))).toEqual({ address: passed, tls: passed });
    expect(http.lastRequest).toMatchObject({ url, trust });
    expect(await look.reach(accessTo(url))).toEqual({ address: passed, tls: failed('certificate_refused') });
  });

  it('tells until when the certificate is good, warns of one that ends soon, and names the day of one that is over', async () => {
    const url = 'https://mail.example.com/EWS/Exchange.asmx';
    const inDays = (days: number) => Date.now() + days * 86_400_000;
    const tlsOf = async (http: FakeHttp, more: Partial<ExchangeAccess> = {}) =>
      (await lookWith(http).reach(accessTo(url, more))).tls;
    const shown = (expiresAt: number) => new FakeHttp().answer({ status: 401, certificate: { expiresAt } });
    const [good, soon, over] = [inDays(40), inDays(7), inDays(-1)];
    expect(await tlsOf(shown(good))).toEqual({ ...passed, expiresAt: good });
    expect(await tlsOf(shown(soon))).toEqual({ ...passed, code: 'certificate_ends_soon', expiresAt: soon });
    expect(await tlsOf(shown(soon), { trust: { skipChecks: true } })).toEqual(passed);
    const expired = new FakeHttp().fail('tls', 'CERT_HAS_EXPIRED').answer({ certificate: { expiresAt: over } });
    expect(await tlsOf(expired)).toEqual({ ...failed('certificate_expired'), expiresAt: over });
  });

  it('knows the certificate of a server by the calls that were made to it', async () => {
    const expiresAt = Date.UTC(2030, 0, 1);
    const http: ProviderHttp = {
      request: async (request) => ({ ...(await wire.request(request)), certificate: { expiresAt } }),
    };
    const { certificateExpiry, diagnosis } = providerWith(http);
    const access = own();
    expect(certificateExpiry?.(access)).toBeNull();
    await diagnosis?.signIn(access);
    expect(certificateExpiry?.(access)).toBe(expiresAt);
    expect(certificateExpiry?.(own({ trust: { skipChecks: true } }))).toBeNull();
    expect(certificateExpiry?.(accessTo('https://another.example/EWS/Exchange.asmx'))).toBeNull();
    expect(certificateExpiry?.({ token: 'of somebody else' })).toBeNull();
  });

  it('signs in once, and shows a password that was refused no second time', async () => {
    const look = lookWith(counted);
    await expect(look.signIn(own())).resolves.toBeUndefined();
    expect(asked).toHaveLength(1);
    const wrong = own({ password: 'wrong' });
    await expect(look.signIn(wrong)).rejects.toMatchObject({ kind: 'ConsentRevoked' });
    await expect(look.signIn(wrong)).rejects.toMatchObject({ kind: 'ConsentRevoked' });
    expect(asked).toHaveLength(2);
  });
});
