import { describe, expect, it } from 'vitest';
import type { SignInItem } from '@daybook/contracts';
import { checkForm, faultOfSteps, faultsOfFields } from './form-faults';
import type { FormField } from './form-values';

const field = (name: string, type: FormField['type'], required = true): FormField => ({
  name,
  label: name,
  type,
  required,
});
const fields = [
  field('username', 'text'),
  field('email', 'email', false),
  field('password', 'password'),
  field('url', 'text', false),
];
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const whole = { username: 'ada@example.com', password: 'p' };
const faultsOf = (texts: Record<string, string>) => checkForm(fields, { texts, skipCertificateChecks: false });

describe('a sign-in form looked at before it is sent', () => {
  it.each<[string, Record<string, string>, object]>([
    ['a name that is an address', whole, {}],
    ['a name with its server', { username: 'EXAMPLE\\ada', password: 'p', url: 'mail.example.com' }, {}],
    ['a name with an address', { username: 'EXAMPLE\\ada', password: 'p', email: 'ada@example.com' }, {}],
    ['a password of spaces', { ...whole, password: ' ' }, {}],
    ['certificates', { ...whole, certificateAuthorities: PEM }, {}],
    ['no password', { ...whole, password: '' }, { password: { own: 'filled' } }],
    ['a name of spaces', { ...whole, username: '  ', url: 'mail' }, { username: { own: 'filled' } }],
    ['no address', { ...whole, email: 'ada' }, { email: { own: 'email' } }],
    ['nothing to look for a server by', { username: 'EXAMPLE\\ada', password: 'p' }, { url: { own: 'where' } }],
    ['a password in the URL', { ...whole, url: 'https://a:b@mail' }, { url: { own: 'secret' } }],
    ['no certificate', { ...whole, certificateAuthorities: 'MIIB' }, { certificateAuthorities: { own: 'pem' } }],
    [
      'too many certificates',
      { ...whole, certificateAuthorities: PEM.padEnd(65_537, 'x') },
      { certificateAuthorities: { own: 'tooLong' } },
    ],
  ])('with %s', (_what, texts, faults) => {
    expect(faultsOf(texts)).toEqual(faults);
  });
});

describe('a sign-in that failed', () => {
  const failed = (code: NonNullable<SignInItem['code']>): SignInItem => ({
    step: 'address',
    outcome: 'failed',
    code,
    detail: '',
  });
  const skipped: SignInItem = { step: 'find_at_domain', outcome: 'skipped', code: 'not_there', detail: '' };

  it.each([
    ['password_refused', 'password'],
    ['address_not_found', 'url'],
    ['not_found_by_address', 'url'],
    ['host_unconfirmed', 'url'],
    ['version_refused', 'version'],
    ['certificate_refused', 'certificateAuthorities'],
    ['untrusted_not_allowed', 'skipCertificateChecks'],
  ] as const)('with %s is about the field %s', (code, name) => {
    expect(Object.keys(faultOfSteps([skipped, failed(code)]))).toEqual([name]);
  });

  it('is about the last step that failed, and about no field where nobody can mend it there', () => {
    expect(Object.keys(faultOfSteps([failed('no_connection'), failed('password_refused')]))).toEqual(['password']);
    expect(faultOfSteps([failed('provider_unavailable')])).toEqual({});
    expect(faultOfSteps([skipped])).toEqual({});
  });

  it('puts what a server says of a field at that field, and leaves the rest', () => {
    const said = [
      { field: 'ews.url', code: 'too_long', detail: 'Too long.' },
      { field: 'permissions', code: 'invalid', detail: 'No.' },
    ];
    expect(faultsOfFields(said, ['url'])).toEqual({ url: { code: 'too_long', detail: 'Too long.' } });
  });
});
