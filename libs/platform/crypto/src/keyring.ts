import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { masterKeyId } from './master-key';
import { Secret } from './secret';

/**
 * Envelope encryption: each record has its own data key, which the master key wraps. Both layers are AES-256-GCM. The
 * context (`connection:<id>:credential`) is authenticated in both, so a record copied to another place does not open, and
 * rotating the master key touches the wrapped key alone, never the content.
 */
export const sealedRecordSchema = z.object({
  v: z.literal(1),
  keyId: z.string(),
  /** iv, tag and wrapped data key, base64url. */
  wrappedKey: z.string(),
  iv: z.string(),
  tag: z.string(),
  data: z.string(),
});
export type SealedRecord = z.infer<typeof sealedRecordSchema>;

export type SealFault = 'unknown_key' | 'not_authentic';

/** A sealed record cannot be opened: its key is not in the ring, or record and context do not belong together. */
export class SealError extends Error {
  constructor(
    readonly fault: SealFault,
    readonly keyId: string,
  ) {
    super(
      fault === 'unknown_key' ? `no master key ${keyId} in the ring` : 'the sealed record does not fit its context',
    );
    this.name = 'SealError';
  }
}

export interface Keyring {
  readonly currentKeyId: string;
  /** Encrypts under the current master key. `context` names the place of the record and is needed to open it. */
  seal(plaintext: string | Buffer, context: string): SealedRecord;
  /** The text again. Throws SealError. */
  open(sealed: SealedRecord, context: string): Secret<string>;
  openBytes(sealed: SealedRecord, context: string): Secret<Buffer>;
  /** The same content with its data key wrapped by the current master key. Throws SealError. */
  rewrap(sealed: SealedRecord, context: string): SealedRecord;
  needsRewrap(sealed: SealedRecord): boolean;
}

const ivBytes = 12;
const tagBytes = 16;

/** A ring of the current master key and those that may still open older records. */
export function createKeyring(keys: { current: Secret<Buffer>; previous?: readonly Secret<Buffer>[] }): Keyring {
  const ring = new Map([...(keys.previous ?? []), keys.current].map((key) => [masterKeyId(key), key]));
  const currentKeyId = masterKeyId(keys.current);

  const wrap = (dataKey: Buffer, context: string): string => {
    const { iv, tag, data } = encrypt(keys.current.reveal(), dataKey, `wrap:${context}`);
    return Buffer.concat([iv, tag, data]).toString('base64url');
  };
  const unwrap = (sealed: SealedRecord, context: string): Buffer => {
    const key = ring.get(sealed.keyId);
    if (!key) {
      throw new SealError('unknown_key', sealed.keyId);
    }
    const bytes = Buffer.from(sealed.wrappedKey, 'base64url');
    const box = {
      iv: bytes.subarray(0, ivBytes),
      tag: bytes.subarray(ivBytes, ivBytes + tagBytes),
      data: bytes.subarray(ivBytes + tagBytes),
    };
    return decrypt(key.reveal(), box, `wrap:${context}`, sealed.keyId);
  };
  const openBytes = (sealed: SealedRecord, context: string): Buffer => {
    const box = {
      iv: Buffer.from(sealed.iv, 'base64url'),
      tag: Buffer.from(sealed.tag, 'base64url'),
      data: Buffer.from(sealed.data, 'base64url'),
    };
    return decrypt(unwrap(sealed, context), box, `data:${context}`, sealed.keyId);
  };

  return {
    currentKeyId,
    seal(plaintext, context) {
      const dataKey = randomBytes(32);
      const { iv, tag, data } = encrypt(dataKey, Buffer.from(plaintext), `data:${context}`);
      const text = (bytes: Buffer) => bytes.toString('base64url');
      return {
        v: 1,
        keyId: currentKeyId,
        wrappedKey: wrap(dataKey, context),
        iv: text(iv),
        tag: text(tag),
        data: text(data),
      };
    },
    open: (sealed, context) => Secret.of(openBytes(sealed, context).toString('utf8')),
    openBytes: (sealed, context) => Secret.of(openBytes(sealed, context)),
    rewrap: (sealed, context) => ({
      ...sealed,
      keyId: currentKeyId,
      wrappedKey: wrap(unwrap(sealed, context), context),
    }),
    needsRewrap: (sealed) => sealed.keyId !== currentKeyId,
  };
}

interface Box {
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly data: Buffer;
}

function encrypt(key: Buffer, plaintext: Buffer, context: string): Box {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { iv, tag: cipher.getAuthTag(), data };
}

function decrypt(key: Buffer, box: Box, context: string, keyId: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, box.iv, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(box.tag);
    return Buffer.concat([decipher.update(box.data), decipher.final()]);
  } catch {
    throw new SealError('not_authentic', keyId);
  }
}
