import { accessClaimsSchema, ACCESS_TOKEN_ISSUER, authKeyList, fail, type AccessClaims } from '@daybook/contracts';
import type { RpcClient } from '@daybook/platform/nats';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from './clock';

type KeySet = ReturnType<typeof createLocalJWKSet>;

const keySchema = z.object({ kty: z.literal('OKP'), crv: z.string(), x: z.string(), kid: z.string() });
const keysLastMs = 600_000;
const askAgainMs = 5_000;
const remembered = 5_000;

/**
 * Proves access tokens here, without asking for each request: signature by auth-svc's public keys, issuer, expiry. Keys are
 * asked for when first needed, every ten minutes, and when a token names one that is not known (at most every 5 s, so that
 * invented names do not become a flood). What was proven is remembered, because checking a signature costs more than all
 * the rest of a request.
 */
export class AccessTokens {
  private keys: KeySet | null = null;
  private askedAt = Number.NEGATIVE_INFINITY;
  private asking: Promise<KeySet> | null = null;
  private readonly proven = new Map<string, AccessClaims>();

  constructor(
    private readonly rpc: Pick<RpcClient, 'call'>,
    private readonly clock: Clock,
  ) {}

  /** The claims of a valid token. Throws 401 `unauthenticated`, or 503 when no key was ever had and none can be. */
  async read(token: string): Promise<AccessClaims> {
    const now = this.clock.now();
    const known = this.proven.get(token);
    if (known) {
      if (known.exp * 1000 > now.getTime()) {
        return known;
      }
      this.proven.delete(token);
    }
    const claims = await this.prove(token, now);
    this.remember(token, claims);
    return claims;
  }

  private async prove(token: string, now: Date): Promise<AccessClaims> {
    const keys = await this.currentKeys(now);
    try {
      return await verified(token, keys, now);
    } catch (error) {
      const unknownKey = error instanceof errors.JWKSNoMatchingKey;
      if (!unknownKey || now.getTime() - this.askedAt < askAgainMs) {
        throw fail('unauthenticated');
      }
    }
    try {
      return await verified(token, await this.ask(now), now);
    } catch {
      throw fail('unauthenticated');
    }
  }

  private async currentKeys(now: Date): Promise<KeySet> {
    if (this.keys && now.getTime() - this.askedAt < keysLastMs) {
      return this.keys;
    }
    try {
      return await this.ask(now);
    } catch (error) {
      if (!this.keys) {
        throw error;
      }
      return this.keys;
    }
  }

  private ask(now: Date): Promise<KeySet> {
    this.asking ??= this.fetchKeys(now).finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  private async fetchKeys(now: Date): Promise<KeySet> {
    const { keys } = await this.rpc.call(authKeyList, {});
    this.askedAt = now.getTime();
    const before = this.keys;
    this.keys = createLocalJWKSet({ keys: z.array(keySchema).parse(keys) });
    if (before) {
      this.proven.clear();
    }
    return this.keys;
  }

  private remember(token: string, claims: AccessClaims): void {
    if (this.proven.size >= remembered) {
      const oldest = this.proven.keys().next();
      if (!oldest.done) {
        this.proven.delete(oldest.value);
      }
    }
    this.proven.set(token, claims);
  }
}

async function verified(token: string, keys: KeySet, now: Date): Promise<AccessClaims> {
  const { payload } = await jwtVerify(token, keys, {
    issuer: ACCESS_TOKEN_ISSUER,
    algorithms: ['EdDSA'],
    currentDate: now,
  });
  return accessClaimsSchema.parse(payload);
}
