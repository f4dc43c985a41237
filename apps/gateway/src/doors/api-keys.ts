import { authApiKeyVerify, ProblemError, type OutputOf } from '@daybook/contracts';
import type { CallOptions, RpcClient } from '@daybook/platform/nats';
import { createHash } from 'node:crypto';
import type { Clock } from './clock';

export type KeyHolder = OutputOf<typeof authApiKeyVerify>;

interface Remembered {
  readonly holder: KeyHolder | null;
  readonly until: number;
}

const goodForMs = 30_000;
const badForMs = 5_000;
const remembered = 2_000;

/** API keys as auth-svc knows them, remembered for half a minute by their hash; refused ones for five seconds. */
export class ApiKeys {
  private readonly known = new Map<string, Remembered>();
  /** Grows with each revocation: an answer asked for before it is not remembered. */
  private generation = 0;

  constructor(
    private readonly rpc: Pick<RpcClient, 'call'>,
    private readonly clock: Clock,
  ) {}

  /** Whose key it is; null when it is nobody's. Throws ProblemError when auth-svc cannot be asked. */
  async read(key: string, options: CallOptions): Promise<KeyHolder | null> {
    const hash = createHash('sha256').update(key).digest('base64url');
    const now = this.clock.now().getTime();
    const known = this.known.get(hash);
    if (known && known.until > now) {
      return known.holder;
    }
    const { generation } = this;
    const holder = await this.ask(key, options);
    if (generation === this.generation) {
      this.remember(hash, { holder, until: now + (holder ? goodForMs : badForMs) });
    }
    return holder;
  }

  /** Keys that were deleted: their holders are asked for again. */
  forget(keyIds: readonly string[]): void {
    this.generation += 1;
    for (const [hash, { holder }] of this.known) {
      if (holder && keyIds.includes(holder.keyId)) {
        this.known.delete(hash);
      }
    }
  }

  /** After a lost connection to the broker: deletions may have been missed. */
  forgetAll(): void {
    this.generation += 1;
    this.known.clear();
  }

  private async ask(key: string, options: CallOptions): Promise<KeyHolder | null> {
    try {
      return await this.rpc.call(authApiKeyVerify, { key }, options);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status < 500) {
        return null;
      }
      throw error;
    }
  }

  private remember(hash: string, entry: Remembered): void {
    this.known.delete(hash);
    if (this.known.size >= remembered) {
      const oldest = this.known.keys().next();
      if (!oldest.done) {
        this.known.delete(oldest.value);
      }
    }
    this.known.set(hash, entry);
  }
}
