import {
  jsonAnswer,
  pageAnswer,
  redirectAnswer,
  withParameters,
  type Answer,
  type Incoming,
} from '@daybook/simulator-kit';
import { PERSONAL_TENANT } from '../tenants';
import type { Authority } from './authority';
import { wordsPage } from './entra-pages';
import type { EntraSetting } from './setting';

const PUBLIC = { 'cache-control': 'public, max-age=300' };

/** Discovery, keys, user info and signing out. */
export class OpenIdEndpoint {
  constructor(private readonly setting: EntraSetting) {}

  /** `GET /{tenant}/v2.0/.well-known/openid-configuration`. Where several tenants sign in, the issuer is a pattern. */
  discovery({ origin }: Incoming, { name, tenantId }: Authority): Answer {
    const base = `${origin}/${tenantId ?? name}`;
    return jsonAnswer(
      200,
      {
        token_endpoint: `${base}/oauth2/v2.0/token`,
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
        jwks_uri: `${base}/discovery/v2.0/keys`,
        response_modes_supported: ['query', 'fragment', 'form_post'],
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256'],
        response_types_supported: ['code', 'code id_token'],
        scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
        issuer: `${origin}/${tenantId ?? '{tenantid}'}/v2.0`,
        request_uri_parameter_supported: false,
        userinfo_endpoint: `${origin}/oidc/userinfo`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        claims_supported: [
          'sub',
          'iss',
          'aud',
          'exp',
          'iat',
          'nonce',
          'preferred_username',
          'name',
          'tid',
          'ver',
          'email',
        ],
        code_challenge_methods_supported: ['plain', 'S256'],
        grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', 'password'],
        tenant_region_scope: tenantId === PERSONAL_TENANT ? 'WW' : 'EU',
        cloud_instance_name: new URL(origin).hostname,
        msgraph_host: new URL(origin).host,
      },
      PUBLIC,
    );
  }

  /** `GET /{tenant}/discovery/v2.0/keys` */
  keys({ origin }: Incoming, { tenantId }: Authority): Answer {
    const issuer = `${origin}/${tenantId ?? '{tenantid}'}/v2.0`;
    const keys = this.setting.keys.published().keys.map((key) => ({ ...key, x5t: key['kid'], issuer }));
    return jsonAnswer(200, { keys }, PUBLIC);
  }

  /** `GET` and `POST /oidc/userinfo`. The subject is that of the client's id tokens: clients compare them. */
  userInfo({ headers }: Incoming): Answer {
    const { tokens, directory } = this.setting;
    const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    const verdict = tokens.judge(bearer);
    const person = 'principal' in verdict ? directory.person(verdict.principal.email) : undefined;
    if (person === undefined || !('principal' in verdict)) {
      const error = { code: 'InvalidAuthenticationToken', message: 'Access token validation failure.' };
      return jsonAnswer(401, { error }, { 'www-authenticate': 'Bearer error="invalid_token"' });
    }
    const [given_name = person.name, ...family] = person.name.split(' ');
    const { name, email } = person;
    const sub = tokens.subjectOf(person, verdict.clientId);
    return jsonAnswer(200, { sub, name, given_name, family_name: family.join(' '), email });
  }

  /** `GET /{tenant}/oauth2/v2.0/logout`. Only to addresses that are somebody's. */
  logout({ query }: Incoming): Answer {
    const uri = query.get('post_logout_redirect_uri');
    if (uri !== null && this.setting.authorizations.knowsRedirect(uri)) {
      return redirectAnswer(withParameters(uri, { state: query.get('state') }));
    }
    return pageAnswer(200, wordsPage('You signed out', 'It is a good idea to close all browser windows.'));
  }
}
