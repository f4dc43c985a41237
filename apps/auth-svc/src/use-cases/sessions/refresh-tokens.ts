import { randomToken, sha256Hex } from '@daybook/platform/crypto';
import { SESSION_DAYS, type IssuedToken } from '../../model/session';

export const REFRESH_SECONDS = SESSION_DAYS * 86_400;

/** Makes refresh tokens: 256 random bits, kept as a hash. */
export class RefreshTokens {
  make(now: Date): { token: string; issued: IssuedToken } {
    const token = randomToken();
    return { token, issued: { hash: sha256Hex(token), expiresAt: new Date(now.getTime() + REFRESH_SECONDS * 1000) } };
  }
}
