import { randomToken, sha256Hex, type Keyring, type SealedRecord } from '@daybook/platform/crypto';
import { SESSION_DAYS, type IssuedToken, type Successor } from '../../model/session';

export const REFRESH_SECONDS = SESSION_DAYS * 86_400;

/** Makes refresh tokens: 256 random bits, kept as a hash, and for the length of a race sealed under the token they follow. */
export class RefreshTokens {
  constructor(private readonly keyring: Keyring) {}

  make(now: Date): { token: string; issued: IssuedToken } {
    const token = randomToken();
    return { token, issued: { hash: sha256Hex(token), expiresAt: new Date(now.getTime() + REFRESH_SECONDS * 1000) } };
  }

  makeSuccessor(presentedHash: string, now: Date): { token: string; successor: Successor } {
    const { token, issued } = this.make(now);
    return { token, successor: { ...issued, sealed: this.keyring.seal(token, context(presentedHash)) } };
  }

  open(sealed: SealedRecord, presentedHash: string): string {
    return this.keyring.open(sealed, context(presentedHash)).reveal();
  }
}

function context(presentedHash: string): string {
  return `refresh-token:${presentedHash}:successor`;
}
