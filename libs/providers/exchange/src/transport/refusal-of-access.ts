import type { ProviderHttpResponse } from '@daybook/provider-port';

type Answered = Pick<ProviderHttpResponse, 'status'> & Partial<ProviderHttpResponse>;

/** Whether a challenge names a way in that we know; Kerberos and tokens are none. */
export function offersOurs({ headers }: Pick<ProviderHttpResponse, 'headers'>): boolean {
  return /(?:^|,)\s*(?:ntlm|basic)(?:[\s,]|$)/i.test(headers['www-authenticate'] ?? '');
}

/** Whether the password was shown, and not taken. Some servers repeat no challenge then, so that their words do not tell. */
export const isPasswordRefused = ({ status, credentialsWithheld }: Answered): boolean =>
  status === 401 && credentialsWithheld !== true;

/**
 * Whether no other request with this access can do better: the password was not taken, or the server takes none. A 401 that asks for
 * nothing, or breaks off what it has asked for, is of a gateway or a bad moment.
 */
export function isAccessRefused(answer: Answered): boolean {
  const { status, headers = {} } = answer;
  if (status !== 401 || isPasswordRefused(answer)) return status === 401;
  return headers['www-authenticate'] !== undefined && !offersOurs({ headers });
}
