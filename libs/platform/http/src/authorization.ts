import { readChallenges } from './challenges';
import type { Opened } from './exchange';
import { hostOf, HttpFailure } from './http-failure';
import type { HttpCredentials } from './http-types';
import { authenticateMessage, negotiateMessage, NtlmRefusal } from './ntlm';
import type { Outgoing } from './redirect';

export function withBasic(outgoing: Outgoing, { user, domain, password }: HttpCredentials): Outgoing {
  const name = domain ? `${domain}\\${user}` : user;
  return authorized(outgoing, `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`);
}

/** The first leg: the message and nothing of the request's body. */
export function ntlmBeginning({ url, method, headers }: Outgoing): Outgoing {
  return authorized({ url, method, headers }, `NTLM ${negotiateMessage().toString('base64')}`);
}

/** The server's message in a response to the first leg; null when there is none. */
export function challengeToken({ headers }: Opened): Buffer | null {
  const ntlm = readChallenges(headers['www-authenticate']).find(({ scheme }) => scheme === 'ntlm');
  return ntlm && ntlm.token !== '' ? Buffer.from(ntlm.token, 'base64') : null;
}

/** The last leg, with the request's body. @throws HttpFailure `malformed` when no NTLMv2 answer can be given */
export function ntlmAnswer(
  { outgoing, credentials }: { readonly outgoing: Outgoing; readonly credentials: HttpCredentials },
  challenge: Buffer,
  channelBinding: Buffer | undefined,
): Outgoing {
  const { user, domain = '', password } = credentials;
  const targetName = `HTTP/${outgoing.url.hostname}`;
  try {
    const answer = authenticateMessage({
      ...{ challenge, user, domain, password, targetName },
      ...(channelBinding && { channelBinding }),
    });
    return authorized(outgoing, `NTLM ${answer.toString('base64')}`);
  } catch (error) {
    if (!(error instanceof NtlmRefusal)) throw error;
    throw new HttpFailure('malformed', hostOf(outgoing.url), `ntlm_${error.kind}`);
  }
}

function authorized(outgoing: Outgoing, authorization: string): Outgoing {
  return { ...outgoing, headers: { ...outgoing.headers, authorization } };
}
