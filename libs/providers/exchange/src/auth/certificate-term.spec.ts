import { FakeWeb, redirectTo, services, type WebAnswer } from './testing/fake-web';
import { FormBench } from './testing/form-bench';

const MAIL = 'https://mail.example.com/EWS/Exchange.asmx';
const FORM = { email: 'ada@example.com', password: 'canary', url: MAIL };
const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const inDays = (days: number) => NOW + days * DAY;

/** Web services whose certificate has so many days left. */
function servicesFor(host: string, days: number) {
  const url = `https://${host}/EWS/Exchange.asmx`;
  const sites = services(host);
  return { ...sites, [`GET ${url}`]: { ...sites[`GET ${url}`], expiresAt: inDays(days) } };
}

describe('signing in to a server whose certificate has an end', () => {
  const signIn = (web: FakeWeb, more: object = {}) =>
    new FormBench({ http: web, now: () => NOW }).signIn({ ...FORM, ...more }, { allowUntrustedCertificates: true });

  it.each([
    [15, {}],
    [14, { code: 'certificate_ends_soon' }],
    [2, { code: 'certificate_ends_soon' }],
  ])('in %i days goes through, and says so within 14 days', async (days, note) => {
    const { outcome, told } = await signIn(new FakeWeb(servicesFor('mail.example.com', days)));
    const expiresAt = inDays(days);
    expect(outcome).toMatchObject({ type: 'granted', certificateExpiresAt: expiresAt });
    const step = { step: 'tls', host: 'mail.example.com', outcome: 'passed', expiresAt, ...note };
    expect(told.filter((one) => one.step === 'tls')).toEqual([step]);
  });

  it('goes by the server that it was sent on to', async () => {
    const { outcome, told } = await signIn(
      new FakeWeb({
        [`GET ${MAIL}`]: { ...redirectTo('https://new.example/EWS/Exchange.asmx'), expiresAt: inDays(3) },
        ...servicesFor('new.example', 90),
      }),
    );
    expect(outcome).toMatchObject({ type: 'granted', certificateExpiresAt: inDays(90) });
    expect(told.filter(({ step }) => step === 'tls').map(({ code }) => code)).toEqual([
      'certificate_ends_soon',
      undefined,
    ]);
  });

  it('says nothing of it where certificates are not checked', async () => {
    const web = new FakeWeb(servicesFor('mail.example.com', 2));
    const { outcome, told } = await signIn(web, { skipCertificateChecks: true });
    expect(outcome.type).toBe('granted');
    expect(outcome).not.toHaveProperty('certificateExpiresAt');
    expect(told).toContainEqual({ step: 'tls', host: 'mail.example.com', outcome: 'passed' });
  });

  it('that is over fails as that, with the day, and shows the password to nobody', async () => {
    const over: WebAnswer = { fails: { kind: 'tls', code: 'CERT_HAS_EXPIRED' } };
    const web = new FakeWeb({
      [`GET ${MAIL}`]: ({ trust }) => (trust?.skipChecks ? { status: 401, expiresAt: inDays(-3) } : over),
    });
    const { outcome } = await signIn(web);
    const at = { step: 'tls', outcome: 'failed', code: 'certificate_expired', expiresAt: inDays(-3) };
    expect(outcome).toMatchObject({ type: 'failed', at });
    expect(web.trusted).toEqual([]);
    expect(web.requests).toHaveLength(2);
  });
});
