import { rootCertificates } from 'node:tls';
import { trustOf } from './form-trust';
import { RULES } from './testing/form-bench';

const [first = '', second = ''] = rootCertificates;
const of = (certificateAuthorities: string) => trustOf({ password: 'x', certificateAuthorities }, RULES);

describe('certificates that a person hands in', () => {
  it('are read one after the other, with what stands between them', () => {
    expect(of(`# ours\r\n${first}\n\n${second}\n`)).toEqual({ trust: { authorities: [first, second] } });
    expect(trustOf({ password: 'x' }, RULES)).toEqual({});
  });

  it.each([
    ['nothing', ''],
    ['no certificate', 'a certificate'],
    ['half a one', first.slice(0, -30)],
    ['a broken one after a good one', `${first}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`],
    ['a key beside it', `${first}\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----`],
    ['too many', `${first}\n`.repeat(33)],
    ['too much', `${first}${' '.repeat(70_000)}`],
    ['a beginning without end', '-----BEGIN CERTIFICATE-----'.repeat(2_000)],
  ])('are refused as %s', (_what, pem) => {
    expect(of(pem)).toEqual({ refused: 'authorities_unreadable' });
  });

  it('are looked at, unless an administrator lets it be', () => {
    const form = { password: 'x', skipCertificateChecks: true };
    expect(trustOf(form, RULES)).toEqual({ refused: 'untrusted_not_allowed' });
    expect(trustOf(form, { ...RULES, allowUntrustedCertificates: true })).toEqual({ trust: { skipChecks: true } });
  });
});
