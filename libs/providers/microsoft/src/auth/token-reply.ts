import { asText, type ForeignRecord, isRecord, ProviderError, type TokenSet } from '@daybook/provider-port';

const LONGEST_TOKEN = 16_384;

/**
 * A token reply (RFC 6749, section 5.1). `scope` is what was granted. Refresh tokens roll: the newest one replaces the others.
 * @throws ProviderError Unreadable
 */
export function readTokenReply(reply: unknown, now: number): TokenSet {
  if (!isRecord(reply)) throw unreadable('no record');
  const accessToken = tokenIn(reply, 'access_token');
  const lifeSeconds = Number(reply['expires_in']);
  if (accessToken === '') throw unreadable('no access token');
  if (!Number.isFinite(lifeSeconds) || lifeSeconds <= 0) throw unreadable('no life');
  return {
    accessToken,
    expiresAt: now + Math.min(lifeSeconds, 86_400) * 1000,
    refreshToken: tokenIn(reply, 'refresh_token') || null,
    scopes: asText(reply['scope'], LONGEST_TOKEN).split(' ').filter(Boolean),
  };
}

/** A token that was cut is none. @throws ProviderError Unreadable */
function tokenIn(reply: ForeignRecord, name: string): string {
  const token = reply[name];
  if (typeof token !== 'string') return '';
  if (token.length > LONGEST_TOKEN) throw unreadable(`${name} too long`);
  return token;
}

function unreadable(what: string): ProviderError {
  return new ProviderError('Unreadable', { detail: `token endpoint: ${what}` });
}
