import { type Cursor, ProviderError } from '@daybook/provider-port';

/**
 * Google's sync and page tokens are good only with the very parameters they were made with. The prefix names the set of
 * parameters `event-query.ts` uses: change one that counts, raise it, and older cursors end in a full resync instead of
 * undefined behaviour.
 */
const PARAMETERS = 'g1.';

export function toCursor(token: string): Cursor {
  return PARAMETERS + token;
}

/** @throws ProviderError CursorExpired */
export function tokenOf(cursor: Cursor): string {
  if (cursor.startsWith(PARAMETERS)) return cursor.slice(PARAMETERS.length);
  throw new ProviderError('CursorExpired', { detail: 'a cursor of other parameters' });
}
