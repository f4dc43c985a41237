import { sealedRecordSchema, type Keyring } from '@daybook/platform/crypto';

/** How an answer lies in the database. `context` is the place it belongs to. */
export interface Envelope {
  close(text: string, context: string): unknown;
  open(kept: unknown, context: string): string;
}

/** For answers that hold secrets: a key, a link that works once. */
export function sealedBy(keyring: Keyring): Envelope {
  return {
    close: (text, context) => keyring.seal(text, context),
    open: (kept, context) => keyring.open(sealedRecordSchema.parse(kept), context).reveal(),
  };
}
