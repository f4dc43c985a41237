import type { Faults, Incoming } from '@daybook/simulator-kit';
import { GraphError, refusals } from '../graph/graph-error';
import type { Identify } from '../graph/identify';
import type { Principal } from '../principal';
import type { Tokens } from './tokens';

/** What a challenged client has to hand on when it signs the person in again. */
const CLAIMS = { access_token: { nbf: { essential: true, value: '0' } } };

/** Who is behind a request to Graph. A request is judged once, however often it is asked about. */
export function graphIdentity(tokens: Tokens, faults: Faults): Identify {
  const judged = new WeakMap<Incoming, Principal | GraphError>();
  return (incoming) => {
    const verdict = judged.get(incoming) ?? judge(incoming, tokens, faults);
    judged.set(incoming, verdict);
    if (verdict instanceof GraphError) throw verdict;
    return verdict;
  };
}

function judge({ headers, origin }: Incoming, tokens: Tokens, faults: Faults): Principal | GraphError {
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return refusals.noToken();
  const verdict = tokens.judge(token);
  if ('refusal' in verdict) return refusals.noToken(verdict.refusal);
  if (faults.strike('claims_challenge', verdict.principal.email) === null) return verdict.principal;
  const claims = Buffer.from(JSON.stringify(CLAIMS)).toString('base64');
  const challenge = `Bearer realm="", authorization_uri="${origin}/common/oauth2/authorize", error="insufficient_claims", claims="${claims}"`;
  const message = 'Continuous access evaluation resulted in claims challenge with result: InteractionRequired';
  return new GraphError(401, 'InvalidAuthenticationToken', message, { headers: { 'www-authenticate': challenge } });
}
