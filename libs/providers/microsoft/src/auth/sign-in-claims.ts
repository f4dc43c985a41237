import { isRecord } from '@daybook/provider-port';

/** In an address they are half as long again; those that occur have some hundred characters. */
const LONGEST = 2048;
/** Which tokens claims may be asked for. Source: openid.net/specs/openid-connect-core-1_0.html, 5.5. */
const TOKENS = ['access_token', 'id_token', 'userinfo'];

/**
 * What a sign-in has to show, as Microsoft asks for it: JSON in a token endpoint's reply, base64 in a header. Null where it is
 * none or too long: then one signs in without it, and Microsoft asks again. Written anew, so that nothing else is handed on.
 */
export function signInClaims(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > 2 * LONGEST) return null;
  const parsed = parsedJson(given) ?? parsedJson(Buffer.from(given, 'base64').toString('utf8'));
  if (!isRecord(parsed) || Object.keys(parsed).length === 0) return null;
  if (!Object.entries(parsed).every(([token, wanted]) => TOKENS.includes(token) && isRecord(wanted))) return null;
  const claims = JSON.stringify(parsed);
  return claims.length > LONGEST ? null : claims;
}

/** `WWW-Authenticate: Bearer …, error="insufficient_claims", claims="…"`: policies for a sign-in, continuous evaluation. */
export function wantsClaims(challenge: string): boolean {
  return /\berror="?insufficient_claims\b/.test(challenge) || /\bclaims="/.test(challenge);
}

export function claimsOfChallenge(challenge: string): string | null {
  return signInClaims(/\bclaims="([^"]*)"/.exec(challenge)?.[1]);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
