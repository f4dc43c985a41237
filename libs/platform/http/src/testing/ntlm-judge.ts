import { createHash, createHmac, X509Certificate } from 'node:crypto';
import { md4 } from '@daybook/md4';

/** A CHALLENGE_MESSAGE of a server that sends its time, MS-NLMP section 2.2.1.2. */
export function challengeMessage(serverChallenge: Buffer): Buffer {
  const time = Buffer.concat([Buffer.from([7, 0, 8, 0]), Buffer.from('0090d336b734c301', 'hex')]);
  const domain = Buffer.from('CORP', 'utf16le');
  const info = Buffer.concat([Buffer.from([2, 0, domain.length, 0]), domain, time, Buffer.alloc(4)]);
  const head = Buffer.alloc(48);
  head.write('NTLMSSP\0', 0, 'latin1');
  head.writeUInt32LE(2, 8);
  head.writeUInt32LE(0xa0888205, 20);
  serverChallenge.copy(head, 24);
  head.writeUInt16LE(info.length, 40);
  head.writeUInt16LE(info.length, 42);
  head.writeUInt32LE(48, 44);
  return Buffer.concat([head, info]);
}

export interface Asked {
  readonly negotiate: Buffer;
  readonly challenge: Buffer;
}

/** Who signs in by an AUTHENTICATE_MESSAGE. */
export function nameIn(message: Buffer): string {
  return `${part(message, 28).toString('utf16le')}\\${part(message, 36).toString('utf16le')}`;
}

/** What is wrong with an answer by MS-NLMP section 3.2.5.1.2, or `right`. */
export function judge(
  message: Buffer,
  { negotiate, challenge }: Asked,
  { password, cert }: { password: string; cert?: string | undefined },
): 'right' | 'password' | 'mic' | 'binding' {
  const response = part(message, 20);
  const [domain = '', user = ''] = nameIn(message).split('\\');
  const key = hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain));
  const proof = hmac(key, challenge.subarray(24, 32), response.subarray(16));
  if (!response.subarray(0, 16).equals(proof)) return 'password';
  const unsigned = Buffer.from(message).fill(0, 72, 88);
  if (!message.subarray(72, 88).equals(hmac(hmac(key, proof), negotiate, challenge, unsigned))) return 'mic';
  return attribute(response.subarray(44), 10)?.equals(bindingTo(cert)) ? 'right' : 'binding';
}

/** RFC 5929 section 4 in a structure of RFC 2744 section 3.11, of a certificate signed with SHA-256. */
function bindingTo(cert: string | undefined): Buffer {
  if (cert === undefined) return Buffer.alloc(16);
  const digest = createHash('sha256').update(new X509Certificate(cert).raw).digest();
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), digest]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return createHash('md5')
    .update(Buffer.concat([Buffer.alloc(16), length, data]))
    .digest();
}

function attribute(bytes: Buffer, wanted: number): Buffer | undefined {
  for (let at = 0; bytes.readUInt16LE(at) !== 0; at += 4 + bytes.readUInt16LE(at + 2)) {
    if (bytes.readUInt16LE(at) === wanted) return bytes.subarray(at + 4, at + 4 + bytes.readUInt16LE(at + 2));
  }
  return undefined;
}

function part(message: Buffer, at: number): Buffer {
  const offset = message.readUInt32LE(at + 4);
  return message.subarray(offset, offset + message.readUInt16LE(at));
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const hmac = (key: Uint8Array, ...parts: readonly Buffer[]): Buffer =>
  parts.reduce((all, one) => all.update(one), createHmac('md5', key)).digest();
