import { SettingsError } from '@daybook/platform/config';
import { createLogger } from '@daybook/platform/logging';
import { readSandboxSettings } from './config';
import { startSandbox } from './start-sandbox';

async function main(): Promise<void> {
  const settings = readSandboxSettings(process.env);
  const logger = createLogger({ service: 'sandbox', level: settings.LOG_LEVEL });
  const sandbox = await startSandbox(settings, logger);
  const listening = sandbox.simulators.map(({ key, addresses }) => `${key} at ${addresses[0] ?? ''}`);
  logger.info(`sandbox is listening: control at ${sandbox.control}, ${listening.join(', ')}`);
  const end = (): void => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
}

main().catch((error: unknown) => {
  const text = error instanceof SettingsError ? error.message : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
