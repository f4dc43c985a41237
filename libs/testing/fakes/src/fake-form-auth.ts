import {
  type AuthPort,
  type CertificateNote,
  type FormSignIn,
  type FormSignInOptions,
  type FormSignInOutcome,
  type PartPermissions,
  ProviderError,
  type ServerRules,
  type SignInFailureCode,
  type SignInForm,
  type SignInStep,
  type SignInStepResult,
  type TokenSet,
} from '@daybook/provider-port';

const SCOPES = ['calendar.read', 'calendar.readWrite'] as const;
const FAR_AHEAD = Date.UTC(9000, 0);
const DEFAULT_URL = 'https://mail.fake.example/services';

interface FakeAccount {
  readonly password: string;
  readonly subject: string;
  readonly aliases: readonly string[];
}

/** What the opaque text holds, as a real provider's does. */
interface FakeText {
  readonly address: string;
  readonly username: string;
  readonly password: string;
  readonly url: string;
  readonly version: string;
  readonly skip: boolean;
  readonly authorities: string | null;
  readonly count: number;
}

/** A provider that people sign in to with a form. Accounts have to be opened first; nobody else has a password there. */
export class FakeFormAuth implements AuthPort {
  readonly form: FormSignIn = {
    signIn: (form, options) => this.signIn(form, options),
    objection: (refreshToken, rules) => objectionTo(read(refreshToken), rules),
    visible: (refreshToken) => {
      const { url, username, version, skip, authorities } = read(refreshToken);
      const more = authorities === null ? {} : { certificateAuthorities: authorities };
      return { url, username, version, certificateChecksSkipped: skip, ...more };
    },
  };
  /** Every form that reached a server, in order. */
  readonly shown: SignInForm[] = [];
  /** What a step fails with, when set, before the password is looked at. */
  trouble: { readonly step: SignInStep; readonly code: SignInFailureCode } | null = null;
  /** Granted instead of what is asked for, when set. */
  grantOnly: readonly string[] | null = null;
  /** What the server shows, where its certificate is checked. */
  certificate: CertificateNote = {};
  /** Awaited while the server is asked, so that others can come in between. */
  meanwhile: () => Promise<void> = async () => undefined;
  private readonly accounts = new Map<string, FakeAccount>();
  private count = 0;

  /** `subject` is the address unless said otherwise. */
  open(address: string, password: string, more: Partial<Omit<FakeAccount, 'password'>> = {}): void {
    this.accounts.set(address, { password, subject: more.subject ?? address, aliases: more.aliases ?? [] });
  }

  scopesFor({ calendar }: PartPermissions): readonly string[] {
    return calendar === 'none' ? [] : calendar === 'read' ? SCOPES.slice(0, 1) : SCOPES;
  }

  grantedBy(scopes: readonly string[]): PartPermissions {
    const [read, write] = SCOPES;
    const calendar = scopes.includes(write) ? 'readWrite' : scopes.includes(read) ? 'read' : 'none';
    return { calendar, contacts: 'none' };
  }

  /** Asked only where access was refused: a password that was refused is not tried again. */
  async refresh(): Promise<TokenSet> {
    throw new ProviderError('ConsentRevoked', { detail: 'fake password' });
  }

  private async signIn(form: SignInForm, options: FormSignInOptions): Promise<FormSignInOutcome> {
    const { tell, rules, permissions } = options;
    const url = form.url ?? DEFAULT_URL;
    const host = new URL(url).host;
    const pass = (step: SignInStep) => tell({ step, host, outcome: 'passed' });
    const certificate = form.skipCertificateChecks ? {} : this.certificate;
    const fail = (step: SignInStep, code: SignInFailureCode): FormSignInOutcome => {
      const at: SignInStepResult & { outcome: 'failed' } = { step, host, outcome: 'failed', code };
      tell(at);
      return { type: 'failed', at };
    };
    tell({ step: 'find_at_domain', host: null, outcome: 'skipped', code: form.url ? 'not_needed' : 'not_there' });
    const objection = objectionTo({ url, skip: form.skipCertificateChecks === true }, rules);
    if (objection) return fail('address', objection);
    pass('address');
    tell({ step: 'tls', host, outcome: 'passed', ...certificate });
    if (this.trouble) return fail(this.trouble.step, this.trouble.code);
    this.shown.push(form);
    await this.meanwhile();
    const address = [form.username, form.email].find((name) => name !== undefined && this.accounts.has(name)) ?? '';
    const account = this.accounts.get(address);
    if (!account || account.password !== form.password) return fail('sign_in', 'password_refused');
    (['sign_in', 'version', 'mailbox'] as const).forEach(pass);
    const token = this.write({ address, form, url });
    const { subject, aliases } = account;
    const scopes = this.grantOnly ?? this.scopesFor(permissions);
    return {
      type: 'granted',
      ...(certificate.expiresAt === undefined ? {} : { certificateExpiresAt: certificate.expiresAt }),
      result: {
        tokens: { accessToken: token, refreshToken: token, expiresAt: FAR_AHEAD, scopes },
        identity: { subject, address, aliases, name: address },
      },
    };
  }

  private write({ address, form, url }: { address: string; form: SignInForm; url: string }): string {
    this.count += 1;
    const text: FakeText = {
      address,
      username: form.username ?? address,
      password: form.password,
      url,
      version: form.version === undefined || form.version === 'auto' ? 'Fake2016' : form.version,
      skip: form.skipCertificateChecks === true,
      authorities: form.certificateAuthorities ?? null,
      count: this.count,
    };
    return `fake-form.${JSON.stringify(text)}`;
  }
}

function read(token: string): FakeText {
  return JSON.parse(token.slice(token.indexOf('.') + 1));
}

function objectionTo(
  { url, skip }: Pick<FakeText, 'url' | 'skip'>,
  rules: ServerRules,
): ReturnType<FormSignIn['objection']> {
  const { allowedHosts, allowUntrustedCertificates } = rules;
  if (allowedHosts.length > 0 && !allowedHosts.includes(new URL(url).host)) return 'host_not_allowed';
  return skip && !allowUntrustedCertificates ? 'untrusted_not_allowed' : null;
}
