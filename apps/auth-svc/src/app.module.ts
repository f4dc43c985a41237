import { Module, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ReadHealth } from './adapters/system/read-health';
import { ConnectionHandlers } from './api/connection.handlers';
import { IdempotentWrites } from './api/idempotent-writes';
import { InternalHandlers } from './api/internal.handlers';
import { OAuthController } from './api/oauth.controller';
import { OAUTH_PAGES, oauthPages } from './api/oauth-pages';
import { SessionHandlers } from './api/session.handlers';
import type { AuthRuntime } from './auth-runtime';
import { AuthUseCases } from './auth-use-cases';
import { AwaitingJob } from './jobs/awaiting.job';
import { DeletionJob } from './jobs/deletion.job';
import { PolicyConsumer } from './jobs/policy.consumer';
import type { RepeatingJob } from './jobs/repeating-job';
import { UnfinishedJob } from './jobs/unfinished.job';

/** Starts what runs by itself, and ends it before the connections it needs. */
class BackgroundWork implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly runtime: AuthRuntime,
    private readonly jobs: readonly (RepeatingJob | PolicyConsumer)[],
  ) {}

  onApplicationBootstrap(): void {
    this.runtime.relay.start();
    this.jobs.forEach((job) => job.start());
  }

  async onApplicationShutdown(): Promise<void> {
    const { relay, client, http, typedHttp, connection, tracing } = this.runtime;
    await Promise.all(this.jobs.map((job) => job.stop()));
    await relay.stop();
    await client.close();
    await Promise.all([http.close(), typedHttp.close()]);
    await connection.close();
    await tracing.stop();
  }
}

@Module({})
export class AppModule {
  static forRuntime(runtime: AuthRuntime): DynamicModule {
    const { ports, connection, client, metrics } = runtime;
    const { logger, publicUrl } = ports;
    const use = new AuthUseCases(ports);
    const deletions = new DeletionJob(use.continueDeletion, logger);
    const unfinished = new UnfinishedJob(use.removeUnfinished, logger);
    const awaiting = new AwaitingJob(use.retryAwaiting, logger);
    const policies = new PolicyConsumer({ client, logger, metrics }, ports.policies, use.applyPolicy);
    return {
      module: AppModule,
      controllers: [SessionHandlers, ConnectionHandlers, InternalHandlers, OAuthController],
      providers: [
        { provide: AuthUseCases, useValue: use },
        { provide: IdempotentWrites, useValue: new IdempotentWrites(use) },
        { provide: DeletionJob, useValue: deletions },
        { provide: ReadHealth, useValue: new ReadHealth(connection, client) },
        { provide: OAUTH_PAGES, useValue: oauthPages(publicUrl, logger) },
        { provide: BackgroundWork, useValue: new BackgroundWork(runtime, [deletions, unfinished, awaiting, policies]) },
      ],
    };
  }
}
