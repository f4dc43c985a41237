import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a walk goes on: in a first round the last item given, in a later one the change at hand. */
export type Position =
  { kind: 'item'; at: number; rank: number; key: string } | { kind: 'change'; version: number; skip: number };

export interface TokenBody {
  /** `skip`: the round goes on; `delta`: it has ended. */
  type: 'skip' | 'delta';
  /** What is walked: kind, folder and its generation. */
  collection: string;
  /** Whose token it is. */
  user: string;
  window: [from: number, to: number] | null;
  issuedAt: number;
  /** Version of the folder that the next round starts from. */
  version: number;
  /** Version this round started from; null in a first round. */
  since: number | null;
  position: Position | null;
}

/** Seals delta tokens: opaque to clients, not to be forged. */
export class SealedTokens {
  constructor(private readonly key: string) {}

  seal(body: TokenBody): string {
    const payload = Buffer.from(JSON.stringify(body)).toString('base64url');
    return `${this.sign(payload)}${payload}`;
  }

  /** Null for anything that was not sealed here. */
  open(text: string): TokenBody | null {
    const [given, payload] = [text.slice(0, 22), text.slice(22)];
    if (given.length !== 22 || payload.length > 2000) return null;
    if (!timingSafeEqual(Buffer.from(this.sign(payload)), Buffer.from(given))) return null;
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  }

  private sign(payload: string): string {
    return createHmac('sha256', this.key).update(payload).digest('base64url').slice(0, 22);
  }
}
