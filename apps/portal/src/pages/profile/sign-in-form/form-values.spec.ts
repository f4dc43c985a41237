import { describe, expect, it } from 'vitest';
import { aConnection } from '../../../testing/samples';
import { checkForm } from './form-faults';
import { ewsOf, startValues, valuesOf, type FormField } from './form-values';

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  type: 'text',
  required: true,
  ...more,
});
const exchange = [
  field('username'),
  field('email', { type: 'email', required: false }),
  field('password', { type: 'password' }),
  field('version', { type: 'select', default: 'auto', options: ['auto', 'Exchange2019'] }),
  field('url', { required: false }),
];
const office = [field('email', { type: 'email' }), field('password', { type: 'password' }), field('url')];
const server = {
  url: 'https://mail.example.com/EWS/Exchange.asmx',
  username: 'EXAMPLE\\ada',
  version: 'Exchange2019',
  certificateChecksSkipped: true,
};

describe('what a sign-in form begins with', () => {
  it('is the defaults of its fields', () => {
    expect(startValues(exchange).texts).toEqual({
      username: '',
      email: '',
      password: '',
      version: 'auto',
      url: '',
      certificateAuthorities: '',
    });
  });

  it('is of a connection what it has, but never a password', () => {
    const { texts, skipCertificateChecks } = valuesOf(exchange, aConnection({ method: 'ews', server }));
    expect(texts).toMatchObject({ username: 'EXAMPLE\\ada', email: 'ada@example.com', password: '', url: server.url });
    expect(texts.version).toBe('Exchange2019');
    expect(skipCertificateChecks).toBe(true);
  });

  it('takes the name for the address where there is no field for a name, and no version that cannot be chosen', () => {
    const known = { ...server, username: 'ada@contoso.example', version: 'Exchange2007' };
    expect(valuesOf(office, aConnection({ server: known })).texts.email).toBe('ada@contoso.example');
    expect(valuesOf(exchange, aConnection({ server: known })).texts.version).toBe('auto');
  });
});

describe('what a sign-in form of an account without an address begins with', () => {
  it('is no address, so that nothing in it is wrong', () => {
    const nameless = aConnection({ method: 'ews', server, account: 'EXAMPLE\\ada' });
    const before = valuesOf(exchange, nameless);
    expect(before.texts).toMatchObject({ username: 'EXAMPLE\\ada', email: '' });
    const typed = { ...before, texts: { ...before.texts, password: 'new' } };
    expect(checkForm(exchange, typed)).toEqual({});
    expect(ewsOf(typed, before)).toEqual({ password: 'new', skipCertificateChecks: true });
  });
});

describe('what a sign-in form sends', () => {
  const typed = (texts: Record<string, string>, skipCertificateChecks = false) => {
    const start = startValues(exchange);
    return { texts: { ...start.texts, ...texts }, skipCertificateChecks };
  };

  it('leaves out what is empty, trims names and keeps a password as it is', () => {
    expect(ewsOf(typed({ username: ' ada ', password: ' p ' }))).toEqual({
      username: 'ada',
      password: ' p ',
      version: 'auto',
    });
  });

  it('skips certificate checks only when that is chosen', () => {
    expect(ewsOf(typed({}, true))).toMatchObject({ skipCertificateChecks: true });
    expect(ewsOf(typed({}))).not.toHaveProperty('skipCertificateChecks');
  });

  it('is of a connection only what differs, and the end of skipping as well', () => {
    const before = valuesOf(exchange, aConnection({ method: 'ews', server }));
    const now = { texts: { ...before.texts, password: 'new', url: 'mail2.example.com' }, skipCertificateChecks: false };
    expect(ewsOf(now, before)).toEqual({ password: 'new', url: 'mail2.example.com', skipCertificateChecks: false });
    const still = { ...now, skipCertificateChecks: true };
    expect(ewsOf(still, before)).toMatchObject({ url: 'mail2.example.com', skipCertificateChecks: true });
  });
});
