import { randomBytes } from 'node:crypto';
import type { SimulatorClock } from '@daybook/simulator-kit';
import type { AccessToken, Grant } from '../state/mailbox';
import type { World } from '../state/world';

/** Google lets the oldest refresh token of an account and client die beyond this number. */
const MOST_REFRESH_TOKENS = 100;
const ACCESS_LIFE = 3599;

/** Consents, refresh tokens and access tokens. */
export class Grants {
  constructor(
    private readonly world: World,
    private readonly clock: SimulatorClock,
  ) {}

  /** What a person has allowed a client so far. */
  of(email: string, clientId: string): Grant | undefined {
    return this.world.grants.get(idOf(email, clientId));
  }

  /** Adds scopes to a consent and keeps it. */
  allow(email: string, clientId: string, scopes: readonly string[]): Grant {
    const id = idOf(email, clientId);
    const before = this.world.grants.get(id);
    const all = [...new Set([...(before?.scopes ?? []), ...scopes])];
    return this.world.grants.set(id, { id, email, clientId, refreshTokens: before?.refreshTokens ?? [], scopes: all });
  }

  issueRefreshToken(grant: Grant, scopes: readonly string[]): string {
    const token = `1//0${randomBytes(36).toString('base64url')}`;
    const entry = { token, scopes: [...scopes], issuedAt: this.clock.now() };
    const refreshTokens = [...grant.refreshTokens, entry].slice(-MOST_REFRESH_TOKENS);
    this.world.grants.set(grant.id, { ...grant, refreshTokens });
    return token;
  }

  /** The grant a refresh token belongs to, with its scopes; null when it is dead. */
  findRefreshToken(token: string): { grant: Grant; scopes: string[] } | null {
    for (const grant of this.world.grants.values()) {
      const entry = grant.refreshTokens.find((one) => one.token === token);
      if (entry !== undefined) return { grant, scopes: entry.scopes };
    }
    return null;
  }

  issueAccessToken(grant: Grant, scopes: readonly string[]): { token: string; expiresIn: number } {
    this.dropExpired();
    const token = `ya29.a0${randomBytes(48).toString('base64url')}`;
    const { id: grantId, email, clientId } = grant;
    const expiresAt = this.clock.now() + ACCESS_LIFE * 1000;
    this.world.accessTokens.set(token, { token, grantId, email, clientId, scopes: [...scopes], expiresAt });
    return { token, expiresIn: ACCESS_LIFE };
  }

  /** A live access token, or null. */
  findAccessToken(token: string): AccessToken | null {
    const known = this.world.accessTokens.get(token);
    return known === undefined || known.expiresAt <= this.clock.now() ? null : known;
  }

  /** Ends a consent with all its tokens, as revoking any one of them does. */
  revoke(grantId: string): void {
    this.world.grants.delete(grantId);
    for (const { token, grantId: owner } of this.world.accessTokens.values()) {
      if (owner === grantId) this.world.accessTokens.delete(token);
    }
  }

  /** Ends the consents of one person, or of all. */
  revokeAll(email: string | null): void {
    for (const grant of this.world.grants.values()) {
      if (email === null || grant.email === email) this.revoke(grant.id);
    }
  }

  private dropExpired(): void {
    const now = this.clock.now();
    if (this.world.accessTokens.size < 500) return;
    for (const { token, expiresAt } of this.world.accessTokens.values()) {
      if (expiresAt <= now) this.world.accessTokens.delete(token);
    }
  }
}

const idOf = (email: string, clientId: string): string => `${clientId}|${email}`;
