/** Where Microsoft's doors are: the public hosts, or others that stand for them. */
export interface MicrosoftAddresses {
  /** Origin and path before the tenant, without a slash at the end. */
  readonly login: string;
  readonly authorize: string;
  readonly token: string;
  readonly keys: string;
  /** Metadata address as the sign-in library wants it; nothing is fetched from it. */
  readonly metadata: string;
  /** Graph with its version. */
  readonly graph: string;
}

const PUBLIC_LOGIN = 'https://login.microsoftonline.com';
const PUBLIC_GRAPH = 'https://graph.microsoft.com';

/**
 * Every call is built from these fixed addresses; a page link of Graph is followed only below `graph`. `common` lets personal
 * and work accounts in. Null means the public host.
 * Source: learn.microsoft.com/entra/identity-platform/v2-protocols-oidc.
 * @throws TypeError when an address is no http or https address
 */
export function microsoftAddresses(loginUrl: string | null, graphUrl: string | null): MicrosoftAddresses {
  const login = baseOf(loginUrl ?? PUBLIC_LOGIN);
  return {
    login,
    authorize: `${login}/common/oauth2/v2.0/authorize`,
    token: `${login}/common/oauth2/v2.0/token`,
    keys: `${login}/common/discovery/v2.0/keys`,
    metadata: `${login}/common/v2.0/.well-known/openid-configuration`,
    graph: `${baseOf(graphUrl ?? PUBLIC_GRAPH)}/v1.0`,
  };
}

function baseOf(url: string): string {
  const { origin, pathname, protocol } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError('Microsoft addresses must be http or https');
  return origin + pathname.replace(/\/+$/, '');
}
