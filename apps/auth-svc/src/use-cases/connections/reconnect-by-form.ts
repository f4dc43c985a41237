import { fail, type Caller, type ConnectionMethod, type Permissions, type Policy } from '@daybook/contracts';
import type { Provider, SignInForm } from '@daybook/provider-port';
import { PARTS, wasEverLinked, type Connection } from '../../model/connection';
import type { Grant } from '../../model/grant';
import { filledIn, mailboxAt, toSignInForm, type GivenForm } from '../../model/sign-in-form';
import { ConnectionStore } from '../../ports/connection-store';
import { CredentialVault } from '../../ports/credential-vault';
import type { Connected, ConnectOptions } from './connect';
import type { ConnectionWriter } from './connection-writer';
import { requireOwn, requireSomebody, requireVersion } from './doors';
import type { GrantByForm } from './grant-by-form';
import type { TakeGrant, Taking } from './take-grant';

export interface FormAgain extends ConnectOptions {
  readonly method: ConnectionMethod;
  readonly ews: GivenForm;
  readonly provider: Provider;
  readonly policy: Policy;
  readonly ifMatch?: string | undefined;
}

/** Signs in by a form again, or for the first time where it was done on a provider's pages before; the connection keeps its id. */
export class ReconnectByForm {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly vault: CredentialVault,
    private readonly writer: ConnectionWriter,
    private readonly grantByForm: GrantByForm,
    private readonly takeGrant: TakeGrant,
  ) {}

  /** Throws `different_account` with nothing changed, and what the sign-in throws. */
  async run(caller: Caller, own: Connection, again: FormAgain): Promise<Connected> {
    const { method, provider, policy, tellAs } = again;
    const purpose = wasEverLinked(own) ? 'reconnect' : 'connect';
    const connection = await this.grantByForm.run(
      { caller, service: own.service, method, provider, wanted: own.wanted, purpose, policy, tellAs },
      { form: () => this.formOf(caller, own.id, again), take: (taking) => this.take(own.id, taking, again) },
    );
    return { connection };
  }

  /** From what the connection is now: a sign-in that it had to wait for may have changed that. */
  private async formOf(caller: Caller, id: string, { ews, provider, ifMatch }: FormAgain): Promise<SignInForm> {
    const own = await requireOwn(this.connections, caller, id);
    requireVersion(ifMatch, own);
    const { linked } = own;
    if (!linked) requireSomebody(ews);
    if (!linked) return toSignInForm(ews);
    const stored = own.provider === provider.key ? await this.vault.find(own.id) : null;
    const isTheirs = stored !== null && (stored.provider ?? provider.key) === provider.key;
    const before = isTheirs ? provider.auth.form?.visible(stored.refreshToken.reveal()) : undefined;
    return before ? filledIn(ews, before, linked.address) : { ...mailboxAt(linked.address), ...toSignInForm(ews) };
  }

  private async take(id: string, taking: Taking, { keep, ifMatch, provider }: FormAgain): Promise<Connection> {
    const connection = await this.writer.change(id, async (current, tx) => {
      if (current.phase === 'deleted') throw fail('not_found');
      requireVersion(ifMatch, current);
      const grant = wantedNow(taking.grant, current.wanted, provider);
      const taken = await this.takeGrant.into(current, { ...taking, grant }, tx);
      if (typeof taken === 'string') throw fail(taken === 'gone' ? 'not_found' : taken);
      await keep?.({ connection: taken.next }, tx);
      return taken;
    });
    if (!connection) throw fail('not_found');
    return connection;
  }
}

/** What is wanted may have changed while the server was asked; a password is bound to no permissions. */
function wantedNow(grant: Grant, wanted: Permissions, { auth }: Provider): Grant {
  if (PARTS.every((part) => wanted[part] === grant.wanted[part])) return grant;
  return { ...grant, wanted, granted: { ...auth.grantedBy(auth.scopesFor(wanted)) } };
}
