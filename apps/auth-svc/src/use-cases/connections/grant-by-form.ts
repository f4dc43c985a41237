import { fail, type Caller, type ConnectionMethod, type Permissions, type Policy } from '@daybook/contracts';
import { Secret } from '@daybook/platform/crypto';
import type { Logger } from '@daybook/platform/logging';
import type { AuthResult, Provider, SignInForm } from '@daybook/provider-port';
import type { LegPurpose } from '../../model/browser-leg';
import { PARTS, type Connection } from '../../model/connection';
import { Leases } from '../../ports/leases';
import { PolicyCopies } from '../../ports/policy-copies';
import { requireIntegration, requireServiceAllowed } from './doors';
import type { SignInWithForm } from './sign-in-with-form';
import type { Taking } from './take-grant';

export interface FormGrantRequest {
  readonly caller: Caller;
  readonly service: Connection['service'];
  readonly method: ConnectionMethod;
  readonly provider: Provider;
  readonly wanted: Permissions;
  readonly purpose: LegPurpose;
  readonly policy: Policy;
  readonly tellAs?: string | undefined;
}

export interface FormGrantSteps {
  /** Under the lease, before the password goes anywhere: what to sign in with. Throws where that need not be. */
  readonly form: () => Promise<SignInForm>;
  /** Takes the grant, in a transaction of its own. */
  readonly take: (taking: Taking) => Promise<Connection>;
}

/** Renewed by its holder; the next one waits a moment only, because both have to be answered within the same time. */
const LEASE = { ttlMs: 10_000, waitMs: 2_000 };
/** A date that every store can hold: access with a password in it ends when somebody ends it. */
const LATEST = Date.UTC(9999, 0);

/** A grant by a form of ours: one at a time for a person and a service, and no transaction is open while the server is asked. */
export class GrantByForm {
  constructor(
    private readonly signIn: SignInWithForm,
    private readonly policies: PolicyCopies,
    private readonly leases: Leases,
    private readonly logger: Logger,
  ) {}

  /** Throws what `SignInWithForm`, the steps and the policy's doors throw, and `conflict` while another one is under way. */
  async run(request: FormGrantRequest, { form, take }: FormGrantSteps): Promise<Connection> {
    const { caller, service } = request;
    const done = await this.leases.runInTurn(`form:${caller.userId}/${service}`, LEASE, async () => {
      const connection = await take(await this.granted(request, await form()));
      if (connection.server?.certificateChecksSkipped) {
        this.logger.warn('the certificate of a server is not checked', { connectionId: connection.id });
      }
      return connection;
    });
    if (done === 'held') throw fail('conflict', 'Another sign-in to this service is under way.', { retryAfter: 5 });
    return done;
  }

  private async granted(request: FormGrantRequest, form: SignInForm): Promise<Taking> {
    const { caller, service, provider, wanted, policy, tellAs } = request;
    const signIn = provider.auth.form;
    if (!signIn) throw fail('capability_not_available');
    const { result, certificateExpiresAt } = await this.signIn.run({
      ...{ caller, service, form, signIn, permissions: wanted },
      ...{ policy, tellAs },
    });
    // The policy may have changed while the server was asked.
    const now = await this.policies.get(caller.accountId);
    requireIntegration(now);
    requireServiceAllowed(now, service);
    const granted: Permissions = { ...provider.auth.grantedBy(result.tokens.scopes) };
    if (PARTS.every((part) => granted[part] === 'none')) {
      throw fail('sign_in_failed', 'Nothing of what was asked for is granted there.');
    }
    const secret = result.tokens.refreshToken ?? result.tokens.accessToken;
    const { url, username, version, certificateChecksSkipped } = signIn.visible(secret);
    const objection = signIn.objection(secret, now.exchange);
    const server = {
      ...{ url, username, version, certificateChecksSkipped, objection },
      ...(certificateExpiresAt === undefined ? {} : { certificateExpiresAt: new Date(certificateExpiresAt) }),
    };
    const { method, purpose } = request;
    const grant = { provider: provider.key, method, identity: result.identity, granted, wanted, server };
    return { grant, credential: credentialOf(result, secret, provider.key), actorId: caller.userId, purpose };
  }
}

function credentialOf({ tokens }: AuthResult, secret: string, provider: string): Taking['credential'] {
  return {
    provider,
    refreshToken: Secret.of(secret),
    accessToken: Secret.of(tokens.accessToken),
    accessExpiresAt: new Date(Math.min(tokens.expiresAt, LATEST)),
    scopes: tokens.scopes,
  };
}
