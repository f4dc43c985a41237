import type { NtlmNames } from './ntlm/challenge-message';
import type { ExtendedProtection } from './ntlm/channel-binding';

export const SIGN_IN_SCHEMES = ['Negotiate', 'NTLM', 'Basic', 'Bearer'] as const;

export type SignInScheme = (typeof SIGN_IN_SCHEMES)[number];

/** How the server lets people in. It may change between two requests. */
export interface SignInSetting {
  /** What is offered, in the order of the challenges; nothing else is taken. */
  readonly schemes: readonly SignInScheme[];
  /** Of Basic: IIS names the host. */
  readonly realm: string;
  readonly names: NtlmNames;
  /** Of NTLM; without it, nobody looks at channel bindings. */
  readonly protection?: ExtendedProtection;
  /** Of Bearer: where tokens are given out. */
  readonly authorizationUri?: string;
}

/** Exchange as an application of Entra ID, and the issuer of its own tokens: the same everywhere. */
const EXCHANGE_ID = '00000002-0000-0ff1-ce00-000000000000';
const ISSUER_ID = '00000001-0000-0000-c000-000000000000';

/** Values for `WWW-Authenticate`, one a scheme, as IIS and Exchange send them. */
export function challengesOf(setting: SignInSetting, { badToken = false }: { badToken?: boolean } = {}): string[] {
  return setting.schemes.map((scheme) => {
    if (scheme === 'Basic') return `Basic realm="${quoted(setting.realm)}"`;
    return scheme === 'Bearer' ? bearerChallenge(setting, badToken) : scheme;
  });
}

/**
 * As servers in hybrid deployments say where tokens are given out:
 * https://learn.microsoft.com/en-us/exchange/clients/outlook-for-ios-and-android/use-hybrid-modern-auth
 */
function bearerChallenge({ authorizationUri }: SignInSetting, badToken: boolean): string {
  const parts = [
    `client_id="${EXCHANGE_ID}"`,
    `trusted_issuers="${ISSUER_ID}@*"`,
    'token_types="app_asserted_user_v1 service_asserted_app_v1"',
    ...(authorizationUri === undefined ? [] : [`authorization_uri="${quoted(authorizationUri)}"`]),
    ...(badToken ? ['error="invalid_token"'] : []),
  ];
  return `Bearer ${parts.join(', ')}`;
}

function quoted(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}
