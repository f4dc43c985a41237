import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Where a listing goes on: a slot, a version, or a sort key with the id that breaks ties. */
export interface ListPosition {
  /** Next slot (listing by slot), version being delivered (delta), or sort key of the last delivered row. */
  at: number;
  /** Rows of the change at `at` that were already delivered (delta over instances). */
  skip?: number;
  /** Id of the last delivered row (sorted listing). */
  id?: string;
}

interface TokenBody {
  /** Page or sync token. */
  t: 'p' | 's';
  /** Calendar or list it belongs to. */
  c: string;
  /** Person it was given to. */
  u: string;
  /** Fingerprint of the parameters. */
  h: string;
  /** Issued at, epoch milliseconds. */
  i: number;
  /** Version of the calendar when the listing began (page) or ended (sync). */
  v: number;
  /** Version the delta began at; absent in a full listing. */
  d?: number;
  p?: ListPosition;
}

export type PageToken = TokenBody & { t: 'p'; p: ListPosition };
export type SyncToken = TokenBody & { t: 's' };

/** Seals page and sync tokens: opaque to clients, bound to person, calendar and parameters, not to be forged. */
export class ListTokens {
  constructor(private readonly key: string) {}

  page(body: Omit<PageToken, 't'>): string {
    return this.seal({ t: 'p', ...body });
  }

  sync(body: Omit<SyncToken, 't' | 'p' | 'd'>): string {
    return this.seal({ t: 's', ...body });
  }

  readPage(text: string): PageToken | null {
    const body = this.open(text);
    return body !== null && body.t === 'p' && body.p !== undefined ? { ...body, t: 'p', p: body.p } : null;
  }

  readSync(text: string): SyncToken | null {
    const body = this.open(text);
    return body !== null && body.t === 's' ? { ...body, t: 's' } : null;
  }

  private seal(body: TokenBody): string {
    const payload = Buffer.from(JSON.stringify(body)).toString('base64url');
    return `C${this.sign(payload)}${payload}`;
  }

  private open(text: string): TokenBody | null {
    const [given, payload] = [text.slice(1, 17), text.slice(17)];
    if (!text.startsWith('C') || given.length !== 16 || payload.length > 2000) return null;
    if (!timingSafeEqual(Buffer.from(this.sign(payload)), Buffer.from(given.padEnd(16).slice(0, 16)))) return null;
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  }

  private sign(payload: string): string {
    return createHmac('sha256', this.key).update(payload).digest('base64url').slice(0, 16);
  }
}

/** Fingerprint of the parameters a token is bound to; the order they were given in does not count. */
export function fingerprint(parameters: Record<string, unknown>): string {
  const known = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const sorted = known.sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 12);
}
