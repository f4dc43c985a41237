import { type Cursor, ProviderError } from '@daybook/provider-port';

/** Names how folders are asked; another one ends older cursors in a full resync. */
const KIND = 'e1.';
const LONGEST_STATE = 4 * 1024 * 1024;

/** A state that was cut would be refused later, as one that Exchange has forgotten. @throws ProviderError Unknown */
export function toCursor(state: string): Cursor {
  if (state.length > LONGEST_STATE) throw new ProviderError('Unknown', { detail: 'a state too long to be kept' });
  return KIND + state;
}

/** @throws ProviderError CursorExpired for what is none of ours */
export function readCursor(cursor: Cursor): string {
  if (!cursor.startsWith(KIND) || cursor.length === KIND.length)
    throw new ProviderError('CursorExpired', { detail: 'a cursor of another kind' });
  return cursor.slice(KIND.length);
}

/** What a state is read as: one unit more than it may have shows that it was cut. */
export const READ_STATE = LONGEST_STATE + 1;
