import { pageAnswer, withParameters, type Answer, type Incoming, type OAuthClient } from '@daybook/simulator-kit';
import type { Mailbox } from '../mailbox/mailbox';
import { PERSONAL_TENANT } from '../tenants';
import { letsIn, type Authority } from './authority';
import type { AuthorizationRequest } from './authorization';
import { entraRefusals, type EntraError } from './entra-error';
import { accountPage, approvalPage, consentPage, wordsPage } from './entra-pages';
import { DEFAULT_SCOPE, isIdentityScope, type AskedScope } from './scopes';
import type { EntraSetting } from './setting';
import { goBack, goBackRefused } from './way-back';

export const LOGIN_PATH = '/common/login';
export const CONSENT_PATH = '/common/consent/set';
const MOST_ACCOUNTS_SHOWN = 50;

/** The pages a person walks through: account, consent or an administrator's approval, and back to the client. */
export class AuthorizeEndpoint {
  constructor(private readonly setting: EntraSetting) {}

  /** `GET /{tenant}/oauth2/v2.0/authorize` @throws EntraError, RefusedAtClient */
  open({ query, origin }: Incoming, authority: Authority): Answer {
    const request = this.setting.authorizations.open(query, authority);
    const hinted = this.setting.directory.person(request.loginHint);
    const isChosen = hinted !== undefined && !['select_account', 'login'].includes(request.prompt);
    if (isChosen && letsIn(authority, hinted)) return this.afterAccount(request, hinted, origin);
    if (request.prompt === 'none') return this.refuse(request, entraRefusals.loginRequired());
    return this.askAccount(request, null);
  }

  /** `POST` of the account page. */
  chooseAccount({ body, origin }: Incoming): Answer {
    const { authorizations, directory } = this.setting;
    const form = new URLSearchParams(body);
    const request = authorizations.find(form.get('request') ?? '');
    if (request === null) return stale();
    const chosen = form.get('account');
    const person =
      chosen === null
        ? directory.signIn(form.get('email') ?? '', form.get('password') ?? '')
        : directory.person(chosen);
    if (person === undefined) {
      return this.askAccount(
        request,
        'Your account or password is incorrect. If you don’t remember it, ask the sandbox.',
      );
    }
    if (!letsIn(request.authority, person)) {
      return this.askAccount(request, 'You can’t sign in here with this account. Use another one instead.');
    }
    return this.afterAccount(request, person, origin);
  }

  /** `POST` of the consent page and of the one about approval. */
  decide({ body, origin }: Incoming): Answer {
    const form = new URLSearchParams(body);
    const request = this.setting.authorizations.find(form.get('request') ?? '');
    const person = this.setting.directory.person(request?.email ?? '');
    if (request === null || person === undefined) return stale();
    const decision = form.get('decision');
    if (decision === 'return') return this.refuse(request, entraRefusals.adminNeeded());
    if (decision !== 'allow') return this.refuse(request, entraRefusals.declined());
    // The page may have been open while the organisation's rules changed.
    if (this.needsAdmin(request, person)) return this.askAdmin(request, person, origin);
    const ticked = new Set(form.getAll('scope'));
    const granted = request.scopes.filter(({ name }) => isIdentityScope(name) || ticked.has(name));
    return this.complete(request, person, granted, origin);
  }

  private askAccount(request: AuthorizationRequest, problem: string | null): Answer {
    const everybody = this.setting.directory.people().filter((person) => letsIn(request.authority, person));
    const page = accountPage({
      action: LOGIN_PATH,
      requestId: request.id,
      clientName: nameOf(request.client),
      accounts: everybody.slice(0, MOST_ACCOUNTS_SHOWN),
      loginHint: request.loginHint,
      problem,
    });
    return pageAnswer(problem === null ? 200 : 400, page);
  }

  private afterAccount(request: AuthorizationRequest, person: Mailbox, origin: string): Answer {
    request.email = person.email;
    const isSilent = request.prompt === 'none';
    if (this.needsAdmin(request, person)) {
      return isSilent ? this.refuse(request, entraRefusals.consentRequired()) : this.askAdmin(request, person, origin);
    }
    if (request.prompt !== 'consent' && this.unconsented(request, person).length === 0) {
      return this.complete(request, person, request.scopes, origin);
    }
    if (isSilent) return this.refuse(request, entraRefusals.consentRequired());
    const question = {
      action: CONSENT_PATH,
      requestId: request.id,
      clientName: nameOf(request.client),
      email: person.email,
      scopes: request.scopes.map(({ name }) => name).filter((name) => !isIdentityScope(name) && name !== DEFAULT_SCOPE),
    };
    return pageAnswer(200, consentPage(question));
  }

  /**
   * People of an organisation that demands approval may not consent; `prompt=consent` asks them to, even for what is approved,
   * and so turns them away.
   */
  private needsAdmin(request: AuthorizationRequest, person: Mailbox): boolean {
    if (person.tenantId === PERSONAL_TENANT || !this.setting.faults.active('admin_approval', person.email))
      return false;
    const approved = this.setting.directory.approved(person.tenantId, request.client.id);
    const lacking = request.scopes.some(({ name }) => !isIdentityScope(name) && !approved.includes(name));
    return lacking || request.prompt === 'consent';
  }

  /** Permissions that neither the person nor an administrator has given so far. */
  private unconsented({ client, scopes }: AuthorizationRequest, { email, tenantId }: Mailbox): AskedScope[] {
    const { directory } = this.setting;
    const grant = directory.grant(email, client.id);
    const known = [...(grant?.scopes ?? []), ...directory.approved(tenantId, client.id)];
    const missing = scopes.filter(({ name }) => !isIdentityScope(name) && !known.includes(name));
    // Nothing but who one is: asked for once, too.
    return missing.length === 0 && known.length === 0 && grant === undefined ? scopes : missing;
  }

  private askAdmin(request: AuthorizationRequest, person: Mailbox, origin: string): Answer {
    const adminUrl = withParameters(`${origin}/${person.tenantId}/v2.0/adminconsent`, {
      client_id: request.client.id,
      scope: request.scopes.map(({ asked }) => asked).join(' '),
    });
    const notice = {
      action: CONSENT_PATH,
      requestId: request.id,
      clientName: nameOf(request.client),
      email: person.email,
      adminUrl,
    };
    return pageAnswer(200, approvalPage(notice));
  }

  private complete(request: AuthorizationRequest, person: Mailbox, granted: AskedScope[], origin: string): Answer {
    if (granted.length === 0) return this.refuse(request, entraRefusals.declined());
    const { directory, authorizations, tokens } = this.setting;
    const names = granted.map(({ name }) => name);
    directory.allow(person.email, request.client.id, names);
    const code = authorizations.issueCode({ request, email: person.email, scopes: granted });
    authorizations.finish(request.id);
    const { nonce, client, withIdToken } = request;
    const order = { person, clientId: client.id, scopes: names, origin, nonce, code };
    return goBack(request, {
      code,
      ...(withIdToken ? { id_token: tokens.idToken(order) } : {}),
      session_state: person.oid,
    });
  }

  private refuse(request: AuthorizationRequest, refusal: EntraError): Answer {
    this.setting.authorizations.finish(request.id);
    return goBackRefused(request, refusal, this.setting.clock.now());
  }
}

export const nameOf = (client: OAuthClient): string => client.name ?? client.id;

export const stale = (): Answer =>
  pageAnswer(400, wordsPage('Sign-in has expired', 'This sign-in has expired. Start again from the application.'));
