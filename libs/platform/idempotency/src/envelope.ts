import { sealedRecordSchema, type Keyring } from '@daybook/platform/crypto';
import { z } from 'zod';

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

/** For answers that hold nothing the owner's database does not hold in plain sight anyway. */
export const inPlainSight: Envelope = {
  close: (text) => text,
  open: (kept) => z.string().parse(kept),
};
