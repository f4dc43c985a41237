import { createHash } from 'node:crypto';
import { signatureHash } from './signature-hash';
import { uint32 } from './message-parts';

/** Initiator and acceptor of a gss_channel_bindings_struct: each an address type and an empty address. */
const NO_ADDRESSES = Buffer.alloc(16);
const PREFIX = Buffer.from('tls-server-end-point:', 'latin1');

/**
 * What ties an answer to one TLS connection, from the server's certificate as DER: sixteen bytes for `channelBinding`.
 * MS-NLMP section 3.1.1.2 with the binding of RFC 5929 section 4.
 */
export function channelBindingOf(certificate: Uint8Array): Buffer {
  return bindingOfDigest(createHash(signatureHash(certificate)).update(certificate).digest());
}

/** The same from the digest of the certificate. */
export function bindingOfDigest(digest: Uint8Array): Buffer {
  const data = Buffer.concat([PREFIX, digest]);
  return createHash('md5').update(NO_ADDRESSES).update(uint32(data.length)).update(data).digest();
}
