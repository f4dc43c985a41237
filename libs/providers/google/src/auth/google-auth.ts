import {
  type AuthPort,
  type Clock,
  errorFromFailure,
  errorFromForeignReply,
  ProviderError,
  type ProviderHttp,
  type ProviderHttpResponse,
  type RemoteIdentity,
} from '@daybook/provider-port';
import { errorFromResponse, errorFromTokenReply } from '../google.errors';
import type { GoogleAddresses } from '../transport/google-addresses';
import { grantedBy, scopesFor } from './google-scopes';
import { GoogleStrategy } from './google-strategy';
import { readTokenReply, readUserInfo } from './token-reply';

export interface GoogleAuthSetup {
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly addresses: GoogleAddresses;
}

const LIMITS = { deadlineMs: 15_000, maxBytes: 256 * 1024 };

/** OAuth at Google. Source: developers.google.com/identity/protocols/oauth2/web-server. */
export function createGoogleAuth({ http, clock, clientId, clientSecret, addresses }: GoogleAuthSetup): AuthPort {
  const now = (): number => clock.now();

  function secret(): string {
    if (clientSecret === null) throw new ProviderError('Unknown', { detail: 'no client secret is set' });
    return clientSecret;
  }

  async function post(url: string, form: Readonly<Record<string, string>>): Promise<ProviderHttpResponse> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const body = new URLSearchParams(form).toString();
    try {
      return await http.request({ method: 'POST', url, headers, body, ...LIMITS });
    } catch (failure) {
      throw errorFromFailure(failure);
    }
  }

  async function identityOf(accessToken: string): Promise<RemoteIdentity> {
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
    const response = await http.request({ method: 'GET', url: addresses.userInfo, headers, ...LIMITS });
    if (response.status !== 200) {
      const about = { now: now(), aboutOneCalendar: false, carriedToken: false, wrote: false };
      throw errorFromResponse(response, about);
    }
    return readUserInfo(jsonOf(response));
  }

  return {
    scopesFor,
    grantedBy,
    strategy: async (leg) =>
      new GoogleStrategy(
        { clientId, clientSecret: secret(), addresses, http, now, scopes: scopesFor(leg.permissions), identityOf },
        leg,
      ),
    refresh: async (refreshToken) => {
      const form = {
        client_id: clientId,
        client_secret: secret(),
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      };
      const response = await post(addresses.token, form);
      if (response.status !== 200) throw errorFromTokenReply(response, now());
      return readTokenReply(jsonOf(response), now(), null);
    },
    // Ends the whole grant, whichever of its tokens it is given; 400 says that there is none any more.
    revoke: async (token) => {
      const response = await post(addresses.revoke, { token });
      if (response.status === 200) return 'revoked';
      if (response.status === 400) return 'refused';
      throw errorFromTokenReply(response, now());
    },
  };
}

function jsonOf(response: ProviderHttpResponse): unknown {
  try {
    return response.json();
  } catch (cause) {
    throw errorFromForeignReply(response, cause);
  }
}
