import { adminHealthCheck, adminPolicyGet, adminPolicyRead, adminPolicySave } from '@daybook/contracts';
import { NestPinoLogger, type Logger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes, isOutage, runMigrations } from '@daybook/platform/mongo';
import { answerMetrics, connectNats, NatsRpcServer } from '@daybook/platform/nats';
import { createMetrics, processName, startTracing } from '@daybook/platform/telemetry';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { adminIndexes, adminMigrations } from './adapters/mongo/admin-schema';
import { AppModule } from './app.module';
import type { AdminSettings } from './config';

const RELEASE = '0.1.0';

/** Starts the service; waits for database and broker, whichever comes first. */
export async function startAdmin(settings: AdminSettings, logger: Logger): Promise<INestMicroservice> {
  const tracing = await startTracing({ service: 'admin-svc', endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT });
  const metrics = createMetrics({ service: 'admin-svc', process: processName() });
  const [connection, client] = await Promise.all([openDatabase(settings, logger), openBroker(settings, logger)]);
  const operations = [adminPolicyGet, adminPolicyRead, adminPolicySave, adminHealthCheck];
  const strategy = new NatsRpcServer({ client, owner: 'admin', operations, logger, isOutage, metrics });
  answerMetrics(client, 'admin', { metrics, logger });
  const app = await NestFactory.createMicroservice(
    AppModule.connectedTo({ connection, client, logger, metrics, tracing }),
    {
      strategy,
      logger: new NestPinoLogger(logger),
      abortOnError: false,
    },
  );
  await app.listen();
  logger.info('admin-svc is ready');
  return app;
}

async function openDatabase(settings: AdminSettings, logger: Logger) {
  const dbName = `${settings.MONGODB_DB_PREFIX}_admin`;
  const connection = await connectMongo({ uri: settings.MONGODB_URI, dbName, logger });
  await runMigrations(connection, adminMigrations, { serviceVersion: RELEASE, logger });
  await ensureIndexes(connection, adminIndexes);
  return connection;
}

function openBroker(settings: AdminSettings, logger: Logger) {
  return connectNats({
    url: settings.NATS_URL,
    name: 'admin-svc',
    logger,
    ...(settings.NATS_USER !== undefined && { user: settings.NATS_USER }),
    ...(settings.NATS_PASSWORD !== undefined && { password: settings.NATS_PASSWORD }),
    ...(settings.NATS_INBOX_PREFIX !== undefined && { inboxPrefix: settings.NATS_INBOX_PREFIX }),
  });
}
