import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import * as contracts from '@daybook/contracts';
import { createLogger, NestPinoLogger } from '@daybook/platform/logging';
import { isOutage } from '@daybook/platform/mongo';
import { answerMetrics, NatsRpcServer } from '@daybook/platform/nats';
import { createMetrics, processName, startTracing } from '@daybook/platform/telemetry';
import { AppModule } from './app.module';
import { assemble } from './assemble';
import { readSettings } from './config';
import { keepHeapSmall } from './heap';

async function main(): Promise<void> {
  keepHeapSmall();
  const settings = readSettings(process.env);
  const logger = createLogger({ service: 'calendar-svc', level: settings.LOG_LEVEL });
  const tracing = await startTracing({ service: 'calendar-svc', endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT });
  const metrics = createMetrics({ service: 'calendar-svc', process: processName() });
  const assembly = await assemble(settings, logger, metrics);
  const strategy = new NatsRpcServer({
    client: assembly.nats,
    owner: 'calendar',
    operations: contracts,
    logger,
    isOutage,
    metrics,
  });
  const app = await NestFactory.createMicroservice(AppModule.with(assembly), {
    strategy,
    logger: new NestPinoLogger(logger),
  });
  await app.listen();
  await assembly.start();
  answerMetrics(assembly.nats, 'calendar', { metrics, logger });
  logger.info('calendar-svc is ready');

  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await app.close();
    await assembly.stop();
    await tracing.stop();
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
}

main().catch((error: unknown) => {
  process.stderr.write(`calendar-svc could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
