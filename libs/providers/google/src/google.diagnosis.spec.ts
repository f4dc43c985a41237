import { failed, passed, skipped, type Provider } from '@daybook/provider-port';
import { type RunningGoogleSimulator, startGoogleSimulator } from '@daybook/providers/google-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { FakeClock, FakeHttp, FakeLog } from '@daybook/testing/fakes';
import { createGoogleDiagnosis } from './google.diagnosis';
import { createGoogleProvider } from './google.provider';
import { googleAddresses } from './transport/google-addresses';

const ADA = 'ada@example.com';

describe('looking at Google', () => {
  let google: RunningGoogleSimulator;
  let http: ReturnType<typeof guardedHttpTo>;
  let provider: Provider;

  beforeAll(async () => {
    google = await startGoogleSimulator();
    google.control.createMailbox({ email: ADA });
    http = guardedHttpTo(google.baseUrl);
    provider = createGoogleProvider({
      http,
      clock: { now: () => Date.now() },
      log: new FakeLog(),
      clientId: 'daybook',
      clientSecret: null,
      baseUrl: google.baseUrl,
      hookAddress: null,
    });
  });
  afterAll(async () => {
    await http.close();
    await google.close();
  });

  it('finds the address, and no certificate where the operator has set plain http', async () => {
    expect(await provider.diagnosis?.reach(null)).toEqual({ address: passed, tls: skipped('plain_http') });
  });

  it('takes a token for what it is, whatever it may do', async () => {
    const scope = 'https://www.googleapis.com/auth/contacts.readonly';
    const { accessToken } = google.control.issueToken(ADA, scope);
    await expect(provider.diagnosis?.signIn({ token: accessToken })).resolves.toBeUndefined();
    await expect(provider.diagnosis?.signIn({ token: 'guessed' })).rejects.toMatchObject({ kind: 'AccessExpired' });
  });

  it('asks the public hosts, the first without any access', async () => {
    const fake = new FakeHttp().fail('tls').answer({ body: { sub: '1' } });
    const subject = createGoogleDiagnosis(fake, new FakeClock(), googleAddresses(null));
    expect(await subject.reach(null)).toEqual({ address: passed, tls: failed('certificate_refused') });
    await subject.signIn({ token: 'at' });
    expect(fake.requests.map(({ url }) => url)).toEqual([
      'https://www.googleapis.com/calendar/v3',
      'https://openidconnect.googleapis.com/v1/userinfo',
    ]);
    expect(fake.requests[0]?.headers).toBeUndefined();
    expect(fake.requests[1]?.headers).toMatchObject({ authorization: 'Bearer at' });
  });
});
