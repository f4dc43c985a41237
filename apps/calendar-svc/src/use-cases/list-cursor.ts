import { fail } from '@daybook/contracts';

/** Where a list goes on: the start and id of the last row shown. Opaque to clients. */
export interface ListPosition {
  readonly startsAt: Date;
  readonly id: string;
}

export function encodeListCursor({ startsAt, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([startsAt.getTime(), id])).toString('base64url');
}

/** Throws 400 `invalid_query` for anything we did not make. */
export function decodeListCursor(text: string | undefined): ListPosition | null {
  if (text === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [at, id]: unknown[] = parsed;
      if (typeof at === 'number' && Number.isSafeInteger(at) && Math.abs(at) < 8.64e15 && typeof id === 'string')
        return { startsAt: new Date(at), id };
    }
  } catch {
    // Not ours: said below.
  }
  const fields = [{ field: 'cursor', code: 'invalid' as const, detail: 'This cursor is not one of ours.' }];
  throw fail('invalid_query', undefined, { fields });
}
