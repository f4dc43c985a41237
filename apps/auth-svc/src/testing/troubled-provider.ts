import type { AdminConsent, BrowserLegOptions, ProviderErrorKind, TokenSet } from '@daybook/provider-port';
import { ProviderError } from '@daybook/provider-port';
import { FakeAuth } from '@daybook/testing/fakes';
import type { Strategy, StrategyCreated } from 'passport';

/** The fake provider's sign-in, with the troubles these tests are about. */
export class TroubledAuth extends FakeAuth {
  refreshTrouble: ProviderErrorKind | null = null;
  refreshClaims: string | null = null;
  revokeTrouble: ProviderErrorKind | null = null;
  /** How long a refresh takes, so that others can come in between. */
  refreshMs = 0;
  refreshes = 0;
  private held: { readonly begin: () => void; readonly over: Promise<void> } | null = null;
  readonly revoked: string[] = [];
  /** Whether people who come back from its pages were told that an administrator has to approve first. */
  needsAdmin = false;
  /** Administrators of it say `yes=…` with the state they were given, or refuse with an `error` as people do. */
  readonly adminConsent: AdminConsent = {
    url: ({ callbackUrl, permissions, state }) =>
      `https://fake.example/approve?${new URLSearchParams({ callbackUrl, wanted: permissions.calendar, state })}`,
    read: ({ yes, error, state }) =>
      yes === undefined && error === undefined ? null : { state: String(state), approved: yes === 'true' },
  };

  override async strategy(options: BrowserLegOptions): Promise<Strategy> {
    const strategy = await super.strategy(options);
    const { authenticate } = strategy;
    const needsAdmin = (): boolean => this.needsAdmin;
    return Object.assign(strategy, {
      authenticate(this: StrategyCreated<Strategy>, request: { readonly query?: { readonly state?: unknown } }) {
        const isBack = typeof request.query?.state === 'string';
        if (isBack && needsAdmin()) this.fail({ code: 'awaiting_admin' });
        else Reflect.apply(authenticate, this, [request]);
      },
    });
  }

  /** From now on refreshes wait until they are let go; `begun` when the first of them does. */
  holdRefreshes(): { readonly begun: Promise<void>; letGo(): void } {
    let begin: () => void = () => undefined;
    let letGo: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const over = new Promise<void>((resolve) => (letGo = resolve));
    this.held = { begin, over };
    return { begun, letGo };
  }

  override async refresh(refreshToken: string): Promise<TokenSet> {
    this.refreshes += 1;
    this.held?.begin();
    await (this.held?.over ?? new Promise((resolve) => setTimeout(resolve, this.refreshMs)));
    if (this.refreshTrouble)
      throw new ProviderError(this.refreshTrouble, { detail: 'trouble', claims: this.refreshClaims });
    return super.refresh(refreshToken);
  }

  override async revoke(token: string): Promise<'revoked' | 'refused'> {
    if (this.revokeTrouble) throw new ProviderError(this.revokeTrouble, { detail: 'trouble' });
    this.revoked.push(token);
    return super.revoke(token);
  }
}
