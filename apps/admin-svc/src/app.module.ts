import type { Logger } from '@daybook/platform/logging';
import { LeaseStore, MongoModule } from '@daybook/platform/mongo';
import { NatsClient, PushPublisher } from '@daybook/platform/nats';
import { OutboxRelay } from '@daybook/platform/outbox';
import type { Metrics, Tracing } from '@daybook/platform/telemetry';
import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { MongoAuditStore } from './adapters/mongo/mongo-audit-store';
import { MongoPolicyStore } from './adapters/mongo/mongo-policy-store';
import { NatsLivePush } from './adapters/nats/nats-live-push';
import { PolicyHandlers } from './api/policy.handlers';
import { AuditConsumer } from './jobs/audit.consumer';
import { KeepAuditRecord } from './use-cases/keep-audit-record';
import { ReadPolicy } from './use-cases/read-policy';
import { SavePolicy } from './use-cases/save-policy';

/** Starts what runs by itself, and ends it before the connections it needs. */
class BackgroundWork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly audit: AuditConsumer,
    private readonly client: NatsClient,
    private readonly tracing: Tracing,
  ) {}

  onApplicationBootstrap(): void {
    this.relay.start();
    this.audit.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.audit.stop();
    await this.relay.stop();
    await this.client.close();
    await this.tracing.stop();
  }
}

@Module({})
export class AppModule {
  static connectedTo({
    connection,
    client,
    logger,
    metrics,
    tracing,
  }: {
    connection: Connection;
    client: NatsClient;
    logger: Logger;
    metrics: Metrics;
    tracing: Tracing;
  }): DynamicModule {
    const leases = new LeaseStore(connection);
    const relay = new OutboxRelay({ connection, client, leases, owner: `admin-svc:${randomUUID()}`, logger, metrics });
    const policies = new MongoPolicyStore(connection, () => relay.wake());
    const audit = new AuditConsumer({ client, logger, metrics }, new KeepAuditRecord(new MongoAuditStore(connection)));
    const push = new NatsLivePush(new PushPublisher(client));
    return {
      module: AppModule,
      imports: [MongoModule.forConnection(connection)],
      controllers: [PolicyHandlers],
      providers: [
        { provide: NatsClient, useValue: client },
        { provide: ReadPolicy, useValue: new ReadPolicy(policies) },
        { provide: SavePolicy, useValue: new SavePolicy(policies, push) },
        { provide: BackgroundWork, useValue: new BackgroundWork(relay, audit, client, tracing) },
      ],
    };
  }
}
