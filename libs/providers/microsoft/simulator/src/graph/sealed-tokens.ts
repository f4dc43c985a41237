import { Sealer } from '../sealer';

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

/** Seals delta tokens. */
export class SealedTokens extends Sealer<TokenBody> {}
