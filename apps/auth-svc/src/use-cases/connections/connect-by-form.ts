import { fail, type Caller, type Policy } from '@daybook/contracts';
import type { Provider } from '@daybook/provider-port';
import { wasEverLinked, type Connection } from '../../model/connection';
import { newConnection, type ConnectionWish } from '../../model/new-connection';
import { toSignInForm, type GivenForm } from '../../model/sign-in-form';
import { Clock } from '../../ports/clock';
import { ConnectionStore, ServiceTaken } from '../../ports/connection-store';
import { UnitOfWork } from '../../ports/unit-of-work';
import type { ConnectOptions, Connected } from './connect';
import type { ConnectionWriter } from './connection-writer';
import type { GrantByForm } from './grant-by-form';
import type { TakeGrant, Taking } from './take-grant';

export interface FormWish extends ConnectionWish {
  readonly ews: GivenForm;
}

interface Around extends ConnectOptions {
  readonly provider: Provider;
  readonly policy: Policy;
}

/** A first connection by a form: it is there, and working, or it is not there at all. */
export class ConnectByForm {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly writer: ConnectionWriter,
    private readonly grantByForm: GrantByForm,
    private readonly takeGrant: TakeGrant,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Throws `connection_exists` before the password goes anywhere, and what the sign-in throws. */
  async run(caller: Caller, wish: FormWish, around: Around): Promise<Connected> {
    const { service, method, permissions: wanted, ews } = wish;
    const { provider, policy, tellAs } = around;
    const connection = await this.grantByForm.run(
      { caller, service, method, provider, wanted, purpose: 'connect', policy, tellAs },
      {
        form: async () => {
          await this.pending(caller, wish);
          return toSignInForm(ews);
        },
        take: (taking) => this.take(caller, wish, { ...around, taking }),
      },
    );
    return { connection };
  }

  /** One that was begun on a provider's pages and not finished, if there is one: it is taken over. */
  private async pending(caller: Caller, { service }: FormWish): Promise<Connection | null> {
    const existing = await this.connections.findByService(caller.userId, service);
    if (existing && wasEverLinked(existing)) throw fail('connection_exists');
    return existing;
  }

  private async take(caller: Caller, wish: FormWish, around: Around & { taking: Taking }): Promise<Connection> {
    const pending = await this.pending(caller, wish);
    const taken = pending && (await this.takeOver(pending, around));
    return taken ?? this.add(caller, wish, around);
  }

  /** Null where it was removed in between. */
  private takeOver({ id }: Connection, { taking, keep }: Around & { taking: Taking }): Promise<Connection | null> {
    return this.writer.change(id, async (current, tx) => {
      if (wasEverLinked(current)) throw fail('connection_exists');
      const taken = await this.takeGrant.into(current, taking, tx);
      if (typeof taken === 'string') throw fail('conflict', 'The connection was removed in between. Try again.');
      await keep?.({ connection: taken.next }, tx);
      return taken;
    });
  }

  private async add(
    caller: Caller,
    wish: FormWish,
    { provider, policy, taking, keep }: Around & { taking: Taking },
  ): Promise<Connection> {
    const fresh = newConnection(caller, { ...wish, provider: provider.key }, this.clock.now());
    try {
      const added = await this.work.run(async (tx) => {
        const { next, audit } = await this.takeGrant.first(fresh, taking, tx);
        const connection = await this.writer.add(next, { policy, ...(audit && { audit }) }, tx);
        await keep?.({ connection }, tx);
        return connection;
      });
      this.writer.tell(added, added.revision);
      return added;
    } catch (error) {
      throw error instanceof ServiceTaken ? fail('connection_exists') : error;
    }
  }
}
