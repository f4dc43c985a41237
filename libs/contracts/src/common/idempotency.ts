import { z } from 'zod';

/**
 * Belongs to the input of every operation whose repetition would do something twice: `Idempotency-Key` as the client sent it.
 * The owner answers the same caller, operation, item and key with the same answer for a day.
 */
export const idempotentInput = { idempotencyKey: z.string().optional() };

export const IDEMPOTENCY_KEY_FORM = 'Idempotency-Key takes 1 to 255 visible ASCII characters.';

export function isIdempotencyKey(key: unknown): key is string {
  return typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key);
}
