import { legCodeSchema } from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import { asProviderError, type AuthResult, type BrowserLegOptions, type ProviderError } from '@daybook/provider-port';
import type { Catalog } from '@daybook/providers/catalog';
import type { Strategy } from 'passport';
import { BrowserLegs, type LegEnd, type LegOutcome, type LegStart } from '../../ports/browser-legs';

/** The four ways in which a passport strategy ends. */
type Ending =
  | { readonly type: 'redirect'; readonly url: string }
  | { readonly type: 'success'; readonly user: unknown }
  | { readonly type: 'fail'; readonly challenge: unknown }
  | { readonly type: 'error'; readonly error: unknown };

/**
 * Runs the providers' passport strategies. A strategy is made for each request from what the provider offers, and driven
 * without passport's middleware: there is no session to serialise, and the redirect has to wait for our cookie.
 */
export class PassportBrowserLegs extends BrowserLegs {
  constructor(
    private readonly catalog: Catalog,
    private readonly publicUrl: string,
    private readonly logger: Logger,
  ) {
    super();
  }

  async begin({ provider, permissions, loginHint, claims, keep }: LegStart, request: unknown): Promise<string> {
    const store = { save: (_request: unknown, verifier: string) => keep(verifier), consume: async () => null };
    const callbackUrl = this.callbackUrl(provider);
    const options = { callbackUrl, permissions, loginHint, claims, forceConsent: true, store };
    const ending = await drive(await this.strategy(provider, options), request);
    if (ending.type === 'redirect') return ending.url;
    throw ending.type === 'error' ? ending.error : new Error(`the browser leg began with ${ending.type}`);
  }

  async finish({ provider, permissions, verifier }: LegEnd, request: unknown): Promise<LegOutcome> {
    const save = (): Promise<string> => Promise.reject(new Error('a finished leg keeps no state'));
    const store = { save, consume: async () => verifier };
    const options = {
      callbackUrl: this.callbackUrl(provider),
      permissions,
      loginHint: null,
      claims: null,
      forceConsent: false,
      store,
    };
    const ending = await drive(await this.strategy(provider, options), request);
    switch (ending.type) {
      case 'success':
        return isLegResult(ending.user)
          ? { type: 'granted', result: ending.user }
          : { type: 'failed', code: 'internal_error' };
      case 'fail':
        return refusal(ending.challenge);
      case 'error':
        return this.failure(provider, asProviderError(ending.error));
      case 'redirect':
        return { type: 'failed', code: 'code_invalid' };
    }
  }

  private failure(provider: string, error: ProviderError): LegOutcome {
    this.logger.warn('a browser leg could not be finished', { provider, kind: error.kind, error });
    switch (error.kind) {
      case 'AdminApprovalNeeded':
        return { type: 'awaiting_admin' };
      case 'Unavailable':
      case 'Throttled':
        return { type: 'failed', code: 'provider_unavailable' };
      default:
        return { type: 'failed', code: 'provider_refused' };
    }
  }

  private async strategy(provider: string, options: BrowserLegOptions): Promise<Strategy> {
    const strategy = await this.catalog.providerByKey(provider)?.auth.strategy?.(options);
    if (!strategy) throw new Error('nobody signs in at that provider here');
    return strategy;
  }

  private callbackUrl(provider: string): string {
    return `${this.publicUrl}/v1/oauth/${provider}/callback`;
  }
}

/** Calls the strategy the way passport does: on an object of its own, with the endings attached. */
function drive(strategy: Strategy, request: unknown): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const run: Strategy = Object.assign(Object.create(strategy), {
      success: (user: unknown) => resolve({ type: 'success', user }),
      fail: (challenge: unknown) => resolve({ type: 'fail', challenge }),
      redirect: (url: string) => resolve({ type: 'redirect', url }),
      error: (error: unknown) => resolve({ type: 'error', error }),
      pass: () => reject(new Error('the strategy passed')),
    });
    try {
      Reflect.apply(run.authenticate, run, [request, {}]);
    } catch (error) {
      resolve({ type: 'error', error });
    }
  });
}

/** A word that we do not have is a refusal all the same. */
function refusal(challenge: unknown): LegOutcome {
  const code = typeof challenge === 'object' && challenge !== null && 'code' in challenge ? challenge.code : null;
  if (code === 'denied') return { type: 'denied' };
  if (code === 'awaiting_admin') return { type: 'awaiting_admin' };
  const known = legCodeSchema.safeParse(code);
  return { type: 'failed', code: known.success ? known.data : 'provider_refused' };
}

/** What the port promises; a strategy that hands over something else is a bug, not a sign-in. */
function isLegResult(user: unknown): user is AuthResult {
  return typeof user === 'object' && user !== null && 'tokens' in user && 'identity' in user;
}
