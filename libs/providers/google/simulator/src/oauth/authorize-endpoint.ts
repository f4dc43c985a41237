import {
  pageAnswer,
  redirectAnswer,
  withParameters,
  type Answer,
  type Faults,
  type Incoming,
} from '@daybook/simulator-kit';
import type { World } from '../state/world';
import { accountPage, blockedPage, consentPage } from './authorize-pages';
import type { Authorizations, AuthorizationRequest } from './authorization';
import type { Grants } from './grants';
import { isIdentityScope } from './scopes';

const MOST_ACCOUNTS_SHOWN = 50;

/** The pages a person walks through: account, consent, and back to the client with a code. */
export class AuthorizeEndpoint {
  constructor(
    private readonly world: World,
    private readonly authorizations: Authorizations,
    private readonly grants: Grants,
    private readonly faults: Faults,
  ) {}

  /** `GET /o/oauth2/v2/auth` */
  open({ query }: Incoming): Answer {
    const request = this.authorizations.open(query);
    if ('shown' in request) {
      if (request.shown === 'page') return pageAnswer(400, blockedPage(request.error, request.explanation));
      return redirectAnswer(withParameters(request.to, { error: request.error, state: request.state }));
    }
    const hinted = this.world.mailboxes.get(request.loginHint.trim().toLowerCase());
    if (hinted !== undefined && !request.prompts.includes('select_account')) {
      return this.afterAccount({ ...request, email: hinted.email }, request);
    }
    if (request.prompts.includes('none')) return this.refuse(request, 'login_required');
    return this.askAccount(request, null);
  }

  /** `POST /o/oauth2/v2/auth/account` */
  chooseAccount({ body }: Incoming): Answer {
    const form = new URLSearchParams(body);
    const request = this.authorizations.find(form.get('request') ?? '');
    if (request === null) return this.stale();
    const chosen = form.get('account');
    const box = this.world.mailboxes.get((chosen ?? form.get('email') ?? '').trim().toLowerCase());
    if (box === undefined) return this.askAccount(request, 'Couldn’t find this account.');
    if (chosen === null && form.get('password') !== box.password) {
      return this.askAccount(request, 'Wrong password. Try again.');
    }
    return this.afterAccount({ ...request, email: box.email }, request);
  }

  /** `POST /o/oauth2/v2/auth/consent` */
  decide({ body }: Incoming): Answer {
    const form = new URLSearchParams(body);
    const request = this.authorizations.find(form.get('request') ?? '');
    if (request === null || request.email === null) return this.stale();
    if (form.get('decision') !== 'allow') return this.refuse(request, 'access_denied');
    if (this.faults.active('admin_approval', request.email)) return this.refuse(request, 'admin_policy_enforced');
    const ticked = new Set(form.getAll('scope'));
    return this.complete(
      request,
      request.email,
      request.scopes.filter((scope) => isIdentityScope(scope) || ticked.has(scope)),
      true,
    );
  }

  private askAccount(request: AuthorizationRequest, problem: string | null): Answer {
    const accounts = this.world.mailboxes.values().slice(0, MOST_ACCOUNTS_SHOWN);
    const clientName = nameOf(request);
    const page = accountPage({ requestId: request.id, clientName, accounts, loginHint: request.loginHint, problem });
    return pageAnswer(problem === null ? 200 : 400, page);
  }

  private afterAccount(known: AuthorizationRequest & { email: string }, request: AuthorizationRequest): Answer {
    request.email = known.email;
    const granted = this.grants.of(known.email, request.client.id)?.scopes ?? [];
    const asked = request.scopes.every((scope) => granted.includes(scope));
    if (asked && !request.prompts.includes('consent'))
      return this.complete(request, known.email, request.scopes, false);
    if (request.prompts.includes('none')) return this.refuse(request, 'consent_required');
    const scopes = request.scopes.filter((scope) => !isIdentityScope(scope));
    return pageAnswer(
      200,
      consentPage({ requestId: request.id, clientName: nameOf(request), email: known.email, scopes }),
    );
  }

  private complete(request: AuthorizationRequest, email: string, scopes: string[], asked: boolean): Answer {
    if (scopes.length === 0) return this.refuse(request, 'access_denied');
    const before = this.grants.of(email, request.client.id);
    const grant = this.grants.allow(email, request.client.id, scopes);
    const first = (before?.refreshTokens.length ?? 0) === 0;
    const code = this.authorizations.issueCode({
      request,
      email,
      scopes: request.includeGranted ? grant.scopes : scopes,
      refreshable: request.offline && (asked || first),
    });
    this.authorizations.finish(request.id);
    return redirectAnswer(
      withParameters(request.redirectUri, {
        state: request.state,
        code,
        scope: (request.includeGranted ? grant.scopes : scopes).join(' '),
        authuser: '0',
        prompt: asked ? 'consent' : 'none',
      }),
    );
  }

  private refuse(request: AuthorizationRequest, error: string): Answer {
    this.authorizations.finish(request.id);
    return redirectAnswer(withParameters(request.redirectUri, { error, state: request.state }));
  }

  private stale(): Answer {
    return pageAnswer(400, blockedPage('invalid_request', 'This sign-in has expired. Start again from the app.'));
  }
}

const nameOf = (request: AuthorizationRequest): string => request.client.name ?? request.client.id;
