import { isAllowedHost } from './server-rules';

const allows = (url: string, ...allowedHosts: string[]) => isAllowedHost(new URL(url), { allowedHosts });

describe('hosts that an administrator allows', () => {
  it.each([
    ['https://mail.example.com/EWS/Exchange.asmx', 'mail.example.com'],
    ['https://mail.example.com/', ' Mail.Example.com '],
    ['https://mail.example.com/', 'mail.example.com:443'],
    ['http://mail.example.com/', 'mail.example.com:80'],
    ['https://mail.example.com:8443/', 'mail.example.com:8443'],
    ['https://mail.example.com:8443/', 'mail.example.com'],
    ['https://a.b.example.com/', '*.example.com'],
    ['https://[::1]:8443/', '[::1]:8443'],
    ['https://[::1]/', '::1'],
  ])('let %s pass as %j', (url, entry) => {
    expect(allows(url, 'other.example', entry)).toBe(true);
  });

  it.each([
    ['https://mail.example.com/', 'example.com'],
    ['https://example.com/', '*.example.com'],
    ['https://evilexample.com/', '*.example.com'],
    ['https://mail.example.com/', 'mail.example.com:8443'],
    ['https://mail.example.com.evil.example/', 'mail.example.com'],
    ['https://mail.example.com/', ''],
  ])('do not let %s pass as %j', (url, entry) => {
    expect(allows(url, entry)).toBe(false);
  });

  it('are all where none is named', () => {
    expect(allows('https://anything.example/')).toBe(true);
  });
});
