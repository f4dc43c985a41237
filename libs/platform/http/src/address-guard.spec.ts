import { AddressGuard } from './address-guard';
import { HttpFailure } from './http-failure';

const reasonOf = (check: () => unknown): string => {
  try {
    check();
    return 'allowed';
  } catch (error) {
    return error instanceof HttpFailure ? `${error.kind}: ${error.code}` : String(error);
  }
};

describe('AddressGuard', () => {
  const subject = new AddressGuard({ allowHosts: ['127.0.0.1:8790', 'Exchange.Corp.Example:443', '[::1]:8790'] });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'not an address',
  ])('refuses the address %s', (address) => {
    expect(subject.refusesAddress(address)).not.toBeNull();
  });

  it.each(['8.8.8.8', '142.250.74.110', '100.128.0.1', '172.32.0.1', '2a00:1450:4001:80b::200e', '2606:4700::1111'])(
    'takes the public address %s',
    (address) => {
      expect(subject.refusesAddress(address)).toBeNull();
    },
  );

  it.each([
    ['http://example.org/', 'blocked: protocol'],
    ['ftp://example.org/', 'blocked: protocol'],
    ['file:///etc/passwd', 'blocked: protocol'],
    ['https://user:pw@example.org/', 'blocked: user_in_url'],
    ['https://127.0.0.1/', 'blocked: loopback'],
    ['https://2130706433/', 'blocked: loopback'],
    ['https://0x7f.1/', 'blocked: loopback'],
    ['https://0177.0.0.1/', 'blocked: loopback'],
    ['https://127.1/', 'blocked: loopback'],
    ['https://①②⑦.0.0.1/', 'blocked: loopback'],
    ['https://[::1]/', 'blocked: loopback'],
    ['https://[::ffff:10.0.0.1]/', 'blocked: ipv4Mapped'],
    ['https://169.254.169.254/latest/meta-data', 'blocked: linkLocal'],
    ['https://127.0.0.1:8791/', 'blocked: loopback'],
    ['not a url', 'malformed: url'],
  ])('does not let %s out (%s)', (url, reason) => {
    expect(reasonOf(() => subject.checkUrl(url))).toBe(reason);
  });

  it.each([
    'https://www.googleapis.com/calendar/v3',
    'http://127.0.0.1:8790/x',
    'https://127.0.0.1:8790/x',
    'http://[::1]:8790/x',
    'https://exchange.corp.example/EWS',
    'https://8.8.8.8/',
  ])('lets %s out', (url) => {
    expect(reasonOf(() => subject.checkUrl(url))).toBe('allowed');
  });

  it.each([
    ['169.254.169.254', 'linkLocal'],
    ['::ffff:169.254.169.254', 'linkLocal'],
    ['fe80::1%eth0', 'linkLocal'],
    ['fd00:ec2::254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['fd20:ce::254', 'metadata'],
    ['64:ff9b::a9fe:a9fe', 'linkLocal'],
    ['64:ff9b::a00:1', null],
    ['10.0.0.1', null],
    ['::1', null],
  ])('lets an allowed host stand for %s: %s', (address, reason) => {
    const host = 'exchange.corp.example:443';
    expect(subject.refusal(host, address)).toBe(reason);
    expect(subject.refusal('other.example:443', address)).not.toBeNull();
  });

  it('lets plain http go to public addresses alone, where nothing secret goes along', () => {
    expect(subject.checkUrl('http://example.org/', { plainHttp: true }).href).toBe('http://example.org/');
    expect(reasonOf(() => subject.checkUrl('http://10.0.0.1/', { plainHttp: true }))).toBe('blocked: private');
    expect(reasonOf(() => subject.checkUrl('ftp://example.org/', { plainHttp: true }))).toBe('blocked: protocol');
  });

  it.each(['https://example.org:25/', 'https://example.org:465/', 'https://example.org:6667/'])(
    'sends nothing to services that are none of the web: %s',
    (url) => {
      expect(reasonOf(() => subject.checkUrl(url))).toBe('blocked: port');
      const { host } = new URL(url);
      expect(reasonOf(() => new AddressGuard({ allowHosts: [host] }).checkUrl(url))).toBe('allowed');
    },
  );

  it('takes an allowed host without a port for the one of https', () => {
    const guard = new AddressGuard({ allowHosts: ['Mail.Internal', '10.0.0.1'] });
    expect(['mail.internal:443', '10.0.0.1:443', 'mail.internal:80'].map((host) => guard.allows(host))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
