import { rc4 } from './rc4';

describe('rc4', () => {
  // https://www.rfc-editor.org/rfc/rfc6229#section-2
  it.each([
    ['0102030405', 'b2396305f03dc027ccc3524a0a1118a86982944f18fc82d589c403a47a0d0919'],
    ['0102030405060708090a0b0c0d0e0f10', '9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c'],
  ])('gives the stream of RFC 6229 for the key %s', (key, stream) => {
    expect(rc4(Buffer.from(key, 'hex'), Buffer.alloc(32)).toString('hex')).toBe(stream);
  });

  it('decrypts what it encrypted', () => {
    const key = Buffer.from('secret');
    expect(rc4(key, rc4(key, Buffer.from('a session key'))).toString()).toBe('a session key');
  });
});
