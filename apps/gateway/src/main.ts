import { loadSettings, SettingsError } from '@daybook/platform/config';
import { createLogger } from '@daybook/platform/logging';
import { connectNats } from '@daybook/platform/nats';
import { createMetrics, startTracing } from '@daybook/platform/telemetry';
import { gatewaySettingsSchema } from './config';
import { createGateway } from './create-gateway';

/** After this a request that still runs is cut off. */
const shutdownMs = 10_000;

async function main(): Promise<void> {
  const settings = loadSettings(gatewaySettingsSchema, process.env);
  const logger = createLogger({ service: 'gateway', level: settings.LOG_LEVEL });
  const tracing = await startTracing({
    ...(settings.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? {} : { endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT }),
    service: 'gateway',
  });
  const client = await connectNats({
    url: settings.NATS_URL,
    name: 'gateway',
    logger,
    ...(settings.NATS_USER === undefined
      ? {}
      : { user: settings.NATS_USER, inboxPrefix: `_INBOX_${settings.NATS_USER}` }),
    ...(settings.NATS_PASSWORD === undefined ? {} : { password: settings.NATS_PASSWORD }),
  });
  const app = await createGateway({ settings, client, logger, metrics: createMetrics({ service: 'gateway' }) });
  await app.listen({ port: settings.GATEWAY_PORT, host: settings.GATEWAY_HOST });
  logger.info('gateway listens', { port: settings.GATEWAY_PORT });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) {
      return;
    }
    stopping = true;
    setTimeout(() => process.exit(1), shutdownMs).unref();
    await app.close();
    await client.close();
    await tracing.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

main().catch((error: unknown) => {
  const known = error instanceof SettingsError;
  process.stderr.write(`gateway: ${known || error instanceof Error ? error.message : 'did not start'}\n`);
  process.exit(1);
});
