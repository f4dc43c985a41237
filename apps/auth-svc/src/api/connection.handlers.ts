import {
  authConnectionConfigure,
  authConnectionConnect,
  authConnectionDelete,
  authConnectionGet,
  authConnectionList,
  authConnectionReconnect,
  authReceiptGet,
  authServiceList,
  type ParsedInputOf,
} from '@daybook/contracts';
import { Handles } from '@daybook/platform/nats';
import { Controller } from '@nestjs/common';
import { AuthUseCases } from '../auth-use-cases';
import { DeletionJob } from '../jobs/deletion.job';
import { toReceiptView } from '../model/receipt';
import { IdempotentWrites } from './idempotent-writes';

/** What a person does with their connections. */
@Controller()
export class ConnectionHandlers {
  constructor(
    private readonly use: AuthUseCases,
    private readonly deletions: DeletionJob,
    private readonly writes: IdempotentWrites,
  ) {}

  @Handles(authServiceList)
  async services({ caller }: ParsedInputOf<typeof authServiceList>) {
    return { items: await this.use.listServices.run(caller), next: null };
  }

  @Handles(authConnectionList)
  async list({ caller }: ParsedInputOf<typeof authConnectionList>) {
    return { items: await this.use.readConnections.list(caller), next: null };
  }

  @Handles(authConnectionGet)
  one({ caller, id }: ParsedInputOf<typeof authConnectionGet>) {
    return this.use.readConnections.one(caller, id);
  }

  @Handles(authConnectionConnect)
  connect(input: ParsedInputOf<typeof authConnectionConnect>) {
    return this.writes.connect(input);
  }

  @Handles(authConnectionConfigure)
  async configure({ caller, id, body, ifMatch }: ParsedInputOf<typeof authConnectionConfigure>) {
    return this.writes.view(await this.use.configureConnection.run(caller, id, body, ifMatch));
  }

  @Handles(authConnectionReconnect)
  reconnect(input: ParsedInputOf<typeof authConnectionReconnect>) {
    return this.writes.reconnect(input);
  }

  @Handles(authConnectionDelete)
  async delete({ caller, id, ifMatch }: ParsedInputOf<typeof authConnectionDelete>) {
    const receipt = await this.use.deleteConnection.run(caller, id, ifMatch);
    this.deletions.wake();
    return toReceiptView(receipt);
  }

  @Handles(authReceiptGet)
  async receipt({ caller, id }: ParsedInputOf<typeof authReceiptGet>) {
    return toReceiptView(await this.use.readReceipt.run(caller, id));
  }
}
