import { md4 } from './md4';

const ascii = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('md4', () => {
  // https://www.rfc-editor.org/rfc/rfc1320#appendix-A.5
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ])('digests "%s" as RFC 1320 says', (message, digest) => {
    expect(hex(md4(ascii(message)))).toBe(digest);
  });

  // As OpenSSL digests them with its legacy provider.
  it.each([
    [55, '2df5a83f688f18c0866c64173be82a8f'],
    [56, '7b9b4593cd9322ea492cf0bcdd84f0ae'],
    [63, '594697fc0810937e0e899a65911293b5'],
    [64, '2f6f7b10c5cadca6d5770f428c899ba7'],
    [65, '4fc27bbf517522311018663e59ced7a5'],
    [119, '8bf9d82d3cd1246ab64363d6da010259'],
    [120, '888e0376839fc84239dba15a308df398'],
  ])('digests %i zeros, where the length fits into the last block or no longer does', (length, digest) => {
    expect(hex(md4(new Uint8Array(length)))).toBe(digest);
  });

  it('digests a view that does not start where its memory starts, and leaves it as it was', () => {
    const view = ascii('xxabcxx').subarray(2, 5);
    expect(hex(md4(view))).toBe('a448017aaf21d8525fc10ae87aa6729d');
    expect([...view]).toEqual([...ascii('abc')]);
  });

  it('gives the password hash that MS-NLMP 4.2.2.1.2 publishes', () => {
    expect(hex(md4(Buffer.from('Password', 'utf16le')))).toBe('a4f49c406510bdcab6824ee7c30fd852');
  });
});
