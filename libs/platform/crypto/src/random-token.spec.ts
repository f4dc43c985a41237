import { createHash } from 'node:crypto';
import { constantTimeEqual, pkcePair, randomToken, sha256Hex } from './random-token';

describe('tokens', () => {
  it('are as long as asked and safe in an address', () => {
    expect(randomToken(32)).toMatch(/^[\w-]{43}$/);
    expect(randomToken()).not.toBe(randomToken());
  });

  it('hash as everybody hashes', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('compare by value', () => {
    expect(constantTimeEqual('abc', 'abc')).toBe(true);
    expect(constantTimeEqual('abc', 'abd')).toBe(false);
    expect(constantTimeEqual('abc', 'abcd')).toBe(false);
  });

  it('prove possession by a challenge that the verifier hashes to', () => {
    const { verifier, challenge, method } = pkcePair();
    expect(verifier.length).toBeGreaterThanOrEqual(43);
    expect(method).toBe('S256');
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge);
  });
});
