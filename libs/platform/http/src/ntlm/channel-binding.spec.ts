import { bindingOfDigest, channelBindingOf } from './channel-binding';
import { signatureHash } from './signature-hash';
import { createHash } from 'node:crypto';

/** Self-signed certificates on P-256, whose keys nobody kept. */
const CERTIFICATES = {
  sha256:
    'MIIBbTCCARWgAwIBAgIUKYGGxQNQ3x8yKSF8q99P6frQ5OcwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjYxNTA3MzhaGA8yMTI2MTEwMjE1MDczOFowDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDBUwMxCnLd6I7ns9lpsmGo+XtyqQdk8Z7DxZGx5vmnTOujOzNGmDS4KeD7SfytovRjezx3vEs2+VwAO5ZHNzVCjUzBRMB0GA1UdDgQWBBTynWkyUpqSt+atk4LEhYTQhHavTjAfBgNVHSMEGDAWgBTynWkyUpqSt+atk4LEhYTQhHavTjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0YAMEMCHzhufl2XreXbaV0wZWzLcKa3GKu7pxW+DWhxo7aTnuYCIGgKG2kg67AisfTRP3F/iuhAgZduWY5+sACBlBhPI4j3',
  sha384:
    'MIIBcDCCARWgAwIBAgIUHqCkYYCMRrKY2KPamdNBklEUymcwCgYIKoZIzj0EAwMwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjYxNTA3MzhaGA8yMTI2MTEwMjE1MDczOFowDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPpAbONniaEtXvXkYP+1d3l+mYMDSsPf/TorNd4TOlrYkzX9waSQO32pIz+r3uCma2UIn2RhPzjPj//UV0+Sm1KjUzBRMB0GA1UdDgQWBBQQAevj9uBZsB271bYKfzyvffrE6DAfBgNVHSMEGDAWgBQQAevj9uBZsB271bYKfzyvffrE6DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMDA0kAMEYCIQC8tUr6j1Bv2Z0a/xLOMvouvNP8H4Ya+paXPw/7uCtcNAIhANKoYP+HrbhEe/ZfJvc5ydvBp0j8D5v0P1NaslY7A2g+',
  sha512:
    'MIIBbjCCARWgAwIBAgIURwYujSgK5oy/4YpEHvj5jzeJ4tQwCgYIKoZIzj0EAwQwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjYxNTA3MzhaGA8yMTI2MTEwMjE1MDczOFowDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEyrtoXkcOvQ6E5Kp7LcqMOU4EZfn8pM840zzNqTPoEUHAN2Jv3EKhNBFvQjiLs4LFe2KJ5FJD6xo82dNWeqb6ujUzBRMB0GA1UdDgQWBBSV5aZK3JPz2CBW+miChDl9CNd5qDAfBgNVHSMEGDAWgBSV5aZK3JPz2CBW+miChDl9CNd5qDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMEA0cAMEQCIFOtrE0q6Gf8CinMjV97HZGyKmfaOO/DXExNI4s9ZonrAiArtgfTFFcmGXJ3BARTtQyGajwubcO2Qm+joKjXkQNXLQ==',
} as const;

const der = (name: keyof typeof CERTIFICATES) => Buffer.from(CERTIFICATES[name], 'base64');

describe('a channel binding', () => {
  it('is computed as other programs do', () => {
    // The value with which ntlm-auth and requests_ntlm test themselves.
    const digest = Buffer.from('e3ca49271e5089cc48ce82109f1324f41dbeddc29a777410c738f7868c4ff405', 'hex');
    expect(bindingOfDigest(digest).toString('hex')).toBe('6ea19df066da4622051f9c4f92c6df74');
  });

  it.each(['sha256', 'sha384', 'sha512'] as const)('takes the hash of the signature: %s', (name) => {
    expect(signatureHash(der(name))).toBe(name);
    expect(channelBindingOf(der(name))).toEqual(bindingOfDigest(createHash(name).update(der(name)).digest()));
  });

  it('takes SHA-256 of whatever it cannot read', () => {
    const whole = der('sha384');
    for (let length = 0; length < whole.length; length += 1) {
      expect(signatureHash(whole.subarray(0, length))).toBe('sha256');
    }
    for (const bytes of [
      [0x30, 0x80, 0, 0],
      [0x30, 0xff],
      [0x02, 0x01, 0x01],
      [0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
    ]) {
      expect(signatureHash(Uint8Array.from(bytes))).toBe('sha256');
    }
  });
});
