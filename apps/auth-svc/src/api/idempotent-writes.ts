import {
  authApiKeyCreate,
  authConnectionConnect,
  authConnectionReconnect,
  type OutputOf,
  type ParsedInputOf,
} from '@daybook/contracts';
import type { AuthUseCases } from '../auth-use-cases';
import type { Keep } from '../ports/unit-of-work';
import type { Connected } from '../use-cases/connections/connect';

type ConnectedView = OutputOf<typeof authConnectionConnect>;

/** The writes of this service that would do something twice when repeated: each is kept under its `Idempotency-Key`. */
export class IdempotentWrites {
  constructor(private readonly use: AuthUseCases) {}

  createApiKey(input: ParsedInputOf<typeof authApiKeyCreate>): Promise<OutputOf<typeof authApiKeyCreate>> {
    const { caller, body } = input;
    return this.use.once.run(authApiKeyCreate, input, (keep) => this.use.createApiKey.run(caller, body, keep));
  }

  async connect(input: ParsedInputOf<typeof authConnectionConnect>): Promise<ConnectedView> {
    const { caller, body, tellAs } = input;
    const answer = await this.use.once.run(authConnectionConnect, input, async (keep) =>
      this.view(await this.use.connect.run(caller, body, { tellAs, keep: this.keepView(keep) })),
    );
    return this.begun(answer);
  }

  async reconnect(input: ParsedInputOf<typeof authConnectionReconnect>): Promise<ConnectedView> {
    const { caller, id, body, ifMatch, tellAs } = input;
    const answer = await this.use.once.run(authConnectionReconnect, input, async (keep) =>
      this.view(await this.use.reconnect.run(caller, id, { body, ifMatch, tellAs, keep: this.keepView(keep) })),
    );
    return this.begun(answer);
  }

  /** Where nobody has to go anywhere the mailbox is being read already. */
  private async begun(answer: ConnectedView): Promise<ConnectedView> {
    if (answer.authorizeUrl !== undefined) return answer;
    const connection = await this.use.awaitFirstReport.run(answer.connection.id);
    return connection ? this.view({ connection }) : answer;
  }

  async view({ connection, authorizeUrl }: Connected): Promise<ConnectedView> {
    const view = await this.use.readConnections.view(connection);
    return { connection: view, ...(authorizeUrl !== undefined && { authorizeUrl }) };
  }

  private keepView(keep: Keep<ConnectedView>): Keep<Connected> {
    return async (done, tx) => keep(await this.view(done), tx);
  }
}
