import { filledIn } from './sign-in-form';

describe('a form that is filled in again', () => {
  const before = {
    url: 'https://mail.corp.example/EWS/Exchange.asmx',
    username: 'CORP\\ada',
    version: 'Exchange2016',
    certificateChecksSkipped: true,
    certificateAuthorities: 'PEM',
  };
  const subject = (given: object, old = before) => filledIn({ password: 'new', ...given }, old, 'ada@corp.example');

  it('keeps all that is left out, except for the password', () => {
    const { certificateChecksSkipped: skipCertificateChecks, ...others } = before;
    expect(subject({})).toEqual({ email: 'ada@corp.example', password: 'new', ...others, skipCertificateChecks });
  });

  it.each(['https://mail.corp.example/other', 'https://MAIL.corp.example:443/', 'mail.corp.example'])(
    'goes on without certificate checks at the same host, as in %s',
    (url) => expect(subject({ url })).toMatchObject({ url, skipCertificateChecks: true }),
  );

  it.each([
    'https://mail2.corp.example/EWS/Exchange.asmx',
    'https://mail.corp.example:8443/EWS/Exchange.asmx',
    'mail2.corp.example',
    'ada@mail.corp.example',
    'no address at all',
  ])('checks certificates again where it leads elsewhere, as to %s', (url) => {
    expect(subject({ url })).not.toHaveProperty('skipCertificateChecks');
    expect(subject({ url, skipCertificateChecks: true })).toMatchObject({ skipCertificateChecks: true });
  });

  it('has no address of the mailbox where the account of the connection is a name to sign in with', () => {
    const form = filledIn({ password: 'new' }, before, 'CORP\\ada');
    expect(form).not.toHaveProperty('email');
    expect(form).toMatchObject({ username: 'CORP\\ada', url: before.url });
  });

  it('takes an empty list of authorities for what it says', () => {
    expect(subject({ certificateAuthorities: '' })).not.toHaveProperty('certificateAuthorities');
  });
});
