import {
  type AdminConsent,
  asText,
  type AuthPort,
  type Clock,
  errorFromFailure,
  errorFromForeignReply,
  type ForeignRecord,
  isRecord,
  listOf,
  ProviderError,
  type ProviderHttp,
  type ProviderHttpRequest,
  type ProviderHttpResponse,
  type RemoteIdentity,
} from '@daybook/provider-port';
import type { GraphClient } from '../transport/graph-client';
import type { MicrosoftAddresses } from '../transport/microsoft-addresses';
import { errorFromTokenReply } from './entra-errors';
import { readIdentity } from './id-token';
import { grantedBy, scopesFor } from './microsoft-scopes';
import { createMicrosoftStrategy } from './microsoft-strategy';
import { readTokenReply } from './token-reply';

export interface MicrosoftAuthSetup {
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly addresses: MicrosoftAddresses;
  readonly client: GraphClient;
}

const LIMITS = { deadlineMs: 15_000, maxBytes: 256 * 1024 };

/**
 * OAuth at Microsoft Entra. A grant cannot be given back there: it ends when its last token does, or when the person takes it
 * back. Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow.
 */
export function createMicrosoftAuth(setup: MicrosoftAuthSetup): AuthPort {
  const { http, clock, clientId, clientSecret, addresses, client } = setup;
  const now = (): number => clock.now();

  function secret(): string {
    if (clientSecret === null) throw new ProviderError('Unknown', { detail: 'no client secret is set' });
    return clientSecret;
  }

  async function token(form: Readonly<Record<string, string>>): Promise<unknown> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const body = new URLSearchParams({ client_id: clientId, client_secret: secret(), ...form }).toString();
    const response = await sent(http, { method: 'POST', url: addresses.token, headers, body });
    if (response.status !== 200) throw errorFromTokenReply(response, now());
    return jsonOf(response);
  }

  async function keys(): Promise<readonly unknown[]> {
    const response = await sent(http, { method: 'GET', url: addresses.keys });
    if (response.status !== 200) throw new ProviderError('Unavailable', { detail: `keys ${response.status}` });
    const reply = jsonOf(response);
    return listOf(isRecord(reply) ? reply['keys'] : null);
  }

  async function identityOf(accessToken: string, claims: ForeignRecord): Promise<RemoteIdentity> {
    const path = '/me?$select=displayName,mail,userPrincipalName';
    const person = await client.call({ token: accessToken }, { method: 'GET', path, aboutOneCalendar: false });
    return readIdentity(claims, isRecord(person) ? person : null);
  }

  return {
    scopesFor,
    grantedBy,
    adminConsent: adminConsentAt(addresses, clientId),
    strategy: (leg) =>
      createMicrosoftStrategy(
        {
          clientId,
          clientSecret: secret(),
          addresses,
          now,
          keys,
          identityOf,
          scopes: scopesFor(leg.permissions),
          redeem: (code, verifier, callbackUrl) =>
            token({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: callbackUrl }),
        },
        leg,
      ),
    refresh: async (refreshToken) =>
      readTokenReply(await token({ grant_type: 'refresh_token', refresh_token: refreshToken }), now()),
  };
}

/** `organizations`: personal accounts have no administrator. */
function adminConsentAt({ login }: MicrosoftAddresses, clientId: string): AdminConsent {
  return {
    url: ({ callbackUrl, permissions, state }) => {
      const scope = scopesFor(permissions).join(' ');
      const query = new URLSearchParams({ client_id: clientId, scope, redirect_uri: callbackUrl, state });
      return `${login}/organizations/v2.0/adminconsent?${query}`;
    },
    // The tenant named there is no proof of anything. A refusal may come without `admin_consent`.
    read: (query) => {
      const told = asText(query['admin_consent'], 10).toLowerCase();
      const state = asText(query['state'], 4096);
      const isRefused = query['error'] !== undefined;
      const isAnswer = state !== '' && (told !== '' || isRefused);
      return isAnswer ? { state, approved: told === 'true' && !isRefused } : null;
    },
  };
}

async function sent(http: ProviderHttp, request: ProviderHttpRequest): Promise<ProviderHttpResponse> {
  try {
    return await http.request({ ...request, ...LIMITS });
  } catch (failure) {
    throw errorFromFailure(failure);
  }
}

function jsonOf(response: ProviderHttpResponse): unknown {
  try {
    return response.json();
  } catch (cause) {
    throw errorFromForeignReply(response, cause);
  }
}
