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
  const lookWith = (http: ProviderHttp): NonNullable<Provider['diagnosis']> => {
    const { diagnosis } = createExchangeProvider({
      ...{ http, clock: { now: () => Date.now() }, log: new FakeLog() },
      ...{ findServers: { srv: async () => [] }, autodiscoverHosts: [] },
    });
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
