import {
  type AuthPort,
  type BrowserLegOptions,
  type PartPermissions,
  ProviderError,
  type TokenSet,
} from '@daybook/provider-port';
import { Strategy } from 'passport';

const READ = 'fake.calendar.read';
const WRITE = 'fake.calendar.write';
const HOUR = 3_600_000;

interface Grant {
  readonly address: string;
  readonly scopes: readonly string[];
}

/** Tokens and grants of the fake provider. Its sign-in page answers with `?code=ADDRESS&state=…` at the callback. */
export class FakeAuth implements AuthPort {
  /** Granted instead of what is asked for, when set: a partial consent. */
  grantOnly: readonly string[] | null = null;
  private readonly access = new Map<string, Grant & { readonly expiresAt: number }>();
  private readonly refreshable = new Map<string, Grant>();
  private count = 0;

  constructor(private readonly clock: { now(): number }) {}

  scopesFor({ calendar }: PartPermissions): readonly string[] {
    if (calendar === 'none') return [];
    return calendar === 'read' ? [READ] : [READ, WRITE];
  }

  grantedBy(scopes: readonly string[]): PartPermissions {
    const calendar = scopes.includes(WRITE) ? 'readWrite' : scopes.includes(READ) ? 'read' : 'none';
    return { calendar, contacts: 'none' };
  }

  /** As if the person had consented. */
  consent(address: string, permissions: PartPermissions = { calendar: 'readWrite', contacts: 'none' }): TokenSet {
    const scopes = this.grantOnly ?? this.scopesFor(permissions);
    this.count += 1;
    const refreshToken = `fake-refresh-${this.count}`;
    this.refreshable.set(refreshToken, { address, scopes });
    return { ...this.issue({ address, scopes }), refreshToken };
  }

  async strategy(options: BrowserLegOptions): Promise<Strategy> {
    return new FakeStrategy(this, options);
  }

  async refresh(refreshToken: string): Promise<TokenSet> {
    const grant = this.refreshable.get(refreshToken);
    if (!grant) throw new ProviderError('ConsentRevoked', { detail: 'fake grant' });
    return this.issue(grant);
  }

  async revoke(token: string): Promise<'revoked' | 'refused'> {
    const grant = this.refreshable.get(token) ?? this.access.get(token);
    if (!grant) return 'refused';
    this.withdraw(grant.address);
    return 'revoked';
  }

  /** The person takes the consent back at the provider. */
  withdraw(address: string): void {
    for (const tokens of [this.access, this.refreshable]) {
      for (const [token, grant] of tokens) if (grant.address === address) tokens.delete(token);
    }
  }

  isKnown(token: string): boolean {
    return (this.access.get(token)?.expiresAt ?? 0) > this.clock.now();
  }

  /** Whose token it is. @throws ProviderError AccessExpired, PermissionMissing */
  holderOf(token: string, toDo: 'read' | 'write' = 'read'): string {
    const grant = this.access.get(token);
    if (!grant || grant.expiresAt <= this.clock.now())
      throw new ProviderError('AccessExpired', { detail: 'fake token' });
    const { calendar } = this.grantedBy(grant.scopes);
    if (calendar === 'none' || (toDo === 'write' && calendar === 'read')) {
      throw new ProviderError('PermissionMissing', { detail: 'fake scope' });
    }
    return grant.address;
  }

  private issue(grant: Grant): TokenSet {
    this.count += 1;
    const accessToken = `fake-access-${this.count}`;
    const expiresAt = this.clock.now() + HOUR;
    this.access.set(accessToken, { ...grant, expiresAt });
    return { accessToken, expiresAt, refreshToken: null, scopes: grant.scopes };
  }
}

interface CallbackRequest {
  readonly query?: { readonly code?: unknown; readonly state?: unknown; readonly error?: unknown };
}

class FakeStrategy extends Strategy {
  override name = 'fake';

  constructor(
    private readonly auth: FakeAuth,
    private readonly options: BrowserLegOptions,
  ) {
    super();
  }

  override authenticate(request: CallbackRequest): void {
    const { code, state, error } = request.query ?? {};
    const leg = typeof state === 'string' ? this.comeBack(request, state, code, error) : this.leave(request);
    leg.catch((failure: unknown) => this.error(failure));
  }

  private async leave(request: CallbackRequest): Promise<void> {
    const state = await this.options.store.save(request, 'fake-verifier');
    const { callbackUrl, claims } = this.options;
    const query = new URLSearchParams({ state, redirect_uri: callbackUrl, ...(claims === null ? {} : { claims }) });
    this.redirect(`https://fake.example/authorize?${query}`);
  }

  private async comeBack(request: CallbackRequest, state: string, code: unknown, error: unknown): Promise<void> {
    const verifier = await this.options.store.consume(request, state);
    if (verifier === null) return this.fail({ code: 'state_invalid' });
    if (typeof error === 'string') return this.fail({ code: 'denied' });
    if (typeof code !== 'string') return this.fail({ code: 'code_invalid' });
    const tokens = this.auth.consent(code, this.options.permissions);
    this.success({ tokens, identity: { subject: `fake-${code}`, address: code, aliases: [], name: code } });
  }
}
