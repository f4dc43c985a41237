import 'reflect-metadata';
import { SettingsError } from '@daybook/platform/config';
import { createLogger } from '@daybook/platform/logging';
import { readAdminSettings } from './config';
import { startAdmin } from './start-admin';

async function main(): Promise<void> {
  const settings = readAdminSettings(process.env);
  const logger = createLogger({ service: 'admin-svc', level: settings.LOG_LEVEL });
  const app = await startAdmin(settings, logger);
  app.enableShutdownHooks(['SIGINT', 'SIGTERM']);
}

main().catch((error: unknown) => {
  const text = error instanceof SettingsError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`admin-svc cannot start: ${text ?? 'unknown fault'}\n`);
  process.exit(1);
});
