import type { Health } from '@daybook/contracts';
import { pingMongo } from '@daybook/platform/mongo';
import type { NatsClient } from '@daybook/platform/nats';
import type { Connection } from 'mongoose';

/** Whether database and broker answer. */
export class ReadHealth {
  constructor(
    private readonly connection: Connection,
    private readonly client: NatsClient,
  ) {}

  async run(): Promise<Health> {
    const [database, broker] = await Promise.all([pingMongo(this.connection), this.client.ping()]);
    return { ok: database.ok && broker.ok, checks: { database: database.ok, broker: broker.ok } };
  }
}
