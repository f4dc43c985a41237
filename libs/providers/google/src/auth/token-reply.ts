import { asText, isRecord, ProviderError, type RemoteIdentity, type TokenSet } from '@daybook/provider-port';

const LONGEST_TOKEN = 8192;

/**
 * A token reply (RFC 6749, section 5.1). `scope` is what was granted, not what was asked.
 * @param asked stands in where the reply leaves `scope` out, which means "as asked"; null where nothing was asked anew
 * @throws ProviderError Unreadable
 */
export function readTokenReply(reply: unknown, now: number, asked: readonly string[] | null): TokenSet {
  if (!isRecord(reply)) throw unreadable('no record');
  const accessToken = asText(reply['access_token'], LONGEST_TOKEN);
  const lifeSeconds = Number(reply['expires_in']);
  const scopes = typeof reply['scope'] === 'string' ? reply['scope'].split(' ').filter(Boolean) : asked;
  if (accessToken === '') throw unreadable('no access token');
  if (!Number.isFinite(lifeSeconds) || lifeSeconds <= 0) throw unreadable('no life');
  if (scopes === null) throw unreadable('no scope');
  return {
    accessToken,
    expiresAt: now + Math.min(lifeSeconds, 86_400) * 1000,
    refreshToken: asText(reply['refresh_token'], LONGEST_TOKEN) || null,
    scopes,
  };
}

/** OpenID Connect user info. `sub` is the identity for good; the address may change. @throws ProviderError Unreadable */
export function readUserInfo(reply: unknown): RemoteIdentity {
  if (!isRecord(reply)) throw unreadable('no user info');
  const subject = asText(reply['sub'], 255);
  const address = asText(reply['email'], 320);
  if (subject === '' || address === '') throw unreadable('user info without sub or email');
  return { subject, address, aliases: [], name: asText(reply['name'], 320) || address };
}

function unreadable(what: string): ProviderError {
  return new ProviderError('Unreadable', { detail: `token endpoint: ${what}` });
}
