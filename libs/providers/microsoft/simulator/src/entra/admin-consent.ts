import { randomBytes } from 'node:crypto';
import {
  allowsRedirect,
  pageAnswer,
  ShortLived,
  type Answer,
  type Incoming,
  type OAuthClient,
} from '@daybook/simulator-kit';
import type { Mailbox } from '../mailbox/mailbox';
import { PERSONAL_TENANT } from '../tenants';
import { nameOf, stale } from './authorize-endpoint';
import { letsIn, type Authority } from './authority';
import type { WayBack } from './authorization';
import { entraRefusals } from './entra-error';
import { accountPage, adminConsentPage, wordsPage } from './entra-pages';
import { isIdentityScope, readScopes } from './scopes';
import type { EntraSetting } from './setting';
import { goBack } from './way-back';

export const ADMIN_LOGIN_PATH = '/common/adminconsent/login';
export const ADMIN_CONSENT_PATH = '/common/adminconsent/set';

interface AdminRequest {
  id: string;
  authority: Authority;
  client: OAuthClient;
  /** Null: somebody followed the link of the approval page, which leads nowhere else. */
  back: WayBack | null;
  scopes: string[];
  admin: Mailbox | null;
  expiresAt: number;
}

const LIFE = 600_000;

/** An administrator gives an application permissions for everybody of the organisation. */
export class AdminConsent {
  private readonly requests: ShortLived<AdminRequest>;

  constructor(private readonly setting: EntraSetting) {
    this.requests = new ShortLived(() => setting.clock.now());
  }

  /** `GET /{tenant}/v2.0/adminconsent` @throws EntraError */
  open({ query }: Incoming, authority: Authority): Answer {
    const client = this.setting.authorizations.client(query.get('client_id'));
    const redirectUri = query.get('redirect_uri');
    if (redirectUri !== null && !allowsRedirect(client, redirectUri)) {
      throw entraRefusals.redirectMismatch(redirectUri.slice(0, 300));
    }
    const asked = readScopes(query.get('scope') ?? '', (scope) => entraRefusals.unknownScope(scope, client.id));
    const scopes = asked.map(({ name }) => name).filter((name) => !isIdentityScope(name));
    if (scopes.length === 0) throw entraRefusals.missing('scope');
    const id = randomBytes(24).toString('base64url');
    const back = redirectUri === null ? null : { redirectUri, mode: 'query' as const, state: query.get('state') };
    const expiresAt = this.setting.clock.now() + LIFE;
    const request = this.requests.put(id, { id, authority, client, back, scopes, admin: null, expiresAt });
    return this.askAccount(request, null);
  }

  /** `POST` of the account page. */
  chooseAccount({ body }: Incoming): Answer {
    const form = new URLSearchParams(body);
    const request = this.requests.find(form.get('request') ?? '');
    if (request === null) return stale();
    if (form.has('cancel')) return this.leave(request);
    const { directory } = this.setting;
    const chosen = form.get('account');
    const person =
      chosen === null
        ? directory.signIn(form.get('email') ?? '', form.get('password') ?? '')
        : directory.person(chosen);
    if (person === undefined) return this.askAccount(request, 'Your account or password is incorrect.');
    if (!isAdministrator(person) || !letsIn(request.authority, person)) {
      return this.askAccount(request, 'Only an administrator of the organisation can approve this.');
    }
    request.admin = person;
    const question = {
      action: ADMIN_CONSENT_PATH,
      requestId: request.id,
      clientName: nameOf(request.client),
      email: person.email,
      scopes: request.scopes,
      tenantName: person.email.slice(person.email.indexOf('@') + 1),
    };
    return pageAnswer(200, adminConsentPage(question));
  }

  /** `POST` of the page that asks. */
  decide({ body }: Incoming): Answer {
    const form = new URLSearchParams(body);
    const request = this.requests.find(form.get('request') ?? '');
    if (request === null || request.admin === null) return stale();
    this.requests.delete(request.id);
    const { tenantId: tenant } = request.admin;
    const scope = request.scopes.join(' ');
    if (form.get('decision') !== 'allow') {
      const refusal = entraRefusals.declined();
      const error = { error: refusal.error, error_description: refusal.description(this.setting.clock.now()) };
      return this.end(request, 'Not approved', { ...error, admin_consent: 'True', tenant });
    }
    this.setting.directory.approve(tenant, request.client.id, request.scopes);
    return this.end(request, 'Approved', { admin_consent: 'True', tenant, scope });
  }

  /**
   * Nobody signed in, so no organisation is known: the answer has no `admin_consent` and no `tenant`. Source of its shape:
   * learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow, error response.
   */
  private leave(request: AdminRequest): Answer {
    this.requests.delete(request.id);
    const error = { error: 'permission_denied', error_description: 'The administrator canceled the request.' };
    return this.end(request, 'Not approved', error);
  }

  private end({ back, client }: AdminRequest, title: string, parameters: Record<string, string>): Answer {
    if (back !== null) return goBack(back, parameters);
    return pageAnswer(200, wordsPage(title, `Go back to ${nameOf(client)} and connect again.`));
  }

  private askAccount({ id, authority, client }: AdminRequest, problem: string | null): Answer {
    const accounts = this.setting.directory
      .people()
      .filter((person) => isAdministrator(person) && letsIn(authority, person));
    const choice = {
      action: ADMIN_LOGIN_PATH,
      requestId: id,
      clientName: nameOf(client),
      accounts,
      loginHint: '',
      problem,
      canCancel: true,
    };
    return pageAnswer(problem === null ? 200 : 400, accountPage(choice));
  }
}

/** Whose address begins with `admin@`; personal accounts have no administrator. */
const isAdministrator = ({ email, tenantId }: Mailbox): boolean =>
  email.startsWith('admin@') && tenantId !== PERSONAL_TENANT;
