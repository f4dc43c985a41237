import {
  adminHealthCheck,
  adminPolicyGet,
  adminPolicyRead,
  adminPolicySave,
  type Health,
  type ParsedInputOf,
} from '@daybook/contracts';
import { pingMongo } from '@daybook/platform/mongo';
import { Handles, NatsClient } from '@daybook/platform/nats';
import { Controller } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Connection } from 'mongoose';
import { ReadPolicy } from '../use-cases/read-policy';
import { SavePolicy } from '../use-cases/save-policy';

@Controller()
export class PolicyHandlers {
  constructor(
    private readonly readPolicy: ReadPolicy,
    private readonly savePolicy: SavePolicy,
    private readonly client: NatsClient,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  @Handles(adminPolicyGet)
  get({ accountId }: ParsedInputOf<typeof adminPolicyGet>) {
    return this.readPolicy.forService(accountId);
  }

  @Handles(adminPolicyRead)
  read({ caller }: ParsedInputOf<typeof adminPolicyRead>) {
    return this.readPolicy.forAdministrator(caller);
  }

  @Handles(adminPolicySave)
  save({ caller, body, ifMatch }: ParsedInputOf<typeof adminPolicySave>) {
    return this.savePolicy.run(caller, body, ifMatch);
  }

  @Handles(adminHealthCheck)
  async check(): Promise<Health> {
    const [database, broker] = await Promise.all([pingMongo(this.connection), this.client.ping()]);
    return { ok: database.ok && broker.ok, checks: { database: database.ok, broker: broker.ok } };
  }
}
