import { createHash } from 'node:crypto';
import { AvId } from './av-pairs';

/** How the server judges which TLS connection a client believes to speak on. */
export interface ExtendedProtection {
  /** Without: a client that names no connection gets in, one that names another does not. */
  readonly required: boolean;
  /** The server's certificate as DER, signed with SHA-256 or an older hash. */
  readonly certificate: Uint8Array;
}

const HASH_BYTES = 16;
/** Of a gss_channel_bindings_struct: initiator and acceptor, each with an address type and an empty address. */
const NO_ADDRESSES = Buffer.alloc(16);

/** Whether the attributes of a client name the connection of this certificate, or need to name none. */
export function bindingFits(pairs: ReadonlyMap<number, Buffer>, protection: ExtendedProtection | undefined): boolean {
  if (protection === undefined) return true;
  const named = pairs.get(AvId.channelBindings);
  // Zeros say «no binding», MS-NLMP section 2.2.2.1.
  if (named === undefined || named.equals(Buffer.alloc(HASH_BYTES))) return !protection.required;
  return named.equals(bindingOf(protection.certificate));
}

/** MD5 over the structure of MS-NLMP section 3.1.1.2 with the binding `tls-server-end-point` of RFC 5929. */
export function bindingOf(certificate: Uint8Array): Buffer {
  return bindingOfDigest(createHash('sha256').update(certificate).digest());
}

/** The same from the digest of the certificate. */
export function bindingOfDigest(digest: Uint8Array): Buffer {
  const data = Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), digest]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return createHash('md5').update(NO_ADDRESSES).update(length).update(data).digest();
}
