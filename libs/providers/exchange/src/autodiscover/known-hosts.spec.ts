import { knownHosts } from './known-hosts';

const isKnown = (host: string, more: { allowedHosts?: string[]; listedHosts?: string[] } = {}) => {
  const { allowedHosts = [], listedHosts = [] } = more;
  return knownHosts('corp.example', { rules: { allowedHosts }, listedHosts })(new URL(`https://${host}/`));
};

describe('hosts that a forged redirect or record cannot make up', () => {
  it.each([
    'corp.example',
    'mail.corp.example',
    'MAIL.a.corp.example:8443',
    'outlook.office365.com',
    'autodiscover-s.outlook.com',
    'autodiscover.corp.onmicrosoft.com',
    'outlook.office365.us',
    'partner.outlook.cn',
  ])('are of the domain of the mailbox or of Microsoft, as %s', (host) => expect(isKnown(host)).toBe(true));

  it.each([
    'evilcorp.example',
    'mail.corp.example.evil.example',
    'corp.example.evil.example',
    'example',
    'other.example',
    'evil-outlook.com',
    'outlook.office365.com.evil.example',
    'evil.office365.com',
    'onmicrosoft.com.evil.example',
    '127.0.0.1',
  ])('are not %s', (host) => expect(isKnown(host)).toBe(false));

  it('are also those that an administrator or the operator has named', () => {
    expect(isKnown('mail.hoster.example', { allowedHosts: ['*.hoster.example'] })).toBe(true);
    expect(isKnown('mail.hoster.example', { listedHosts: ['mail.hoster.example:443'] })).toBe(true);
    expect(isKnown('mail.hoster.example:8443', { listedHosts: ['mail.hoster.example:443'] })).toBe(false);
  });
});
