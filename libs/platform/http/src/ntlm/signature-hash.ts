export type CertificateHash = 'sha256' | 'sha384' | 'sha512';

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;

/** Algorithms whose hash is not SHA-256, by their object identifiers: RSA and ECDSA with SHA-384 and SHA-512. */
const LARGER_HASHES: Readonly<Record<string, CertificateHash>> = {
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
};

interface Element {
  readonly content: Buffer;
  /** What stands after it. */
  readonly rest: Buffer;
}

/**
 * The hash that RFC 5929 section 4.1 has a certificate bound with: that of its signature, but SHA-256 in place of MD5 and
 * SHA-1. Also of what is no certificate, and of algorithms not known here, SHA-256.
 */
export function signatureHash(certificate: Uint8Array): CertificateHash {
  const whole = elementOf(Buffer.from(certificate), SEQUENCE);
  const toBeSigned = whole && elementOf(whole.content, SEQUENCE);
  const algorithm = toBeSigned && elementOf(toBeSigned.rest, SEQUENCE);
  const identifier = algorithm && elementOf(algorithm.content, OBJECT_IDENTIFIER);
  return LARGER_HASHES[identifier?.content.toString('hex') ?? ''] ?? 'sha256';
}

/** The first element of DER, when it has this tag and is whole. */
function elementOf(bytes: Buffer, tag: number): Element | null {
  const [found, first] = bytes;
  // 0x80 is a length without end, which DER forbids.
  if (found !== tag || first === undefined || first === 0x80) return null;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4 || bytes.length < 2 + lengthBytes) return null;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  const start = 2 + lengthBytes;
  if (start + length > bytes.length) return null;
  return { content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}
