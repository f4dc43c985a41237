import { loadSettings, setting } from '@daybook/platform/config';
import { z } from 'zod';

/** The settings of admin-svc. */
export const adminSettings = z.object({
  MONGODB_URI: setting
    .url({ protocols: ['mongodb:', 'mongodb+srv:'] })
    .describe('The database server, without a database.'),
  MONGODB_DB_PREFIX: setting.text().default('daybook').describe('Start of the names of the databases.'),
  NATS_URL: setting.url({ protocols: ['nats:', 'tls:', 'ws:', 'wss:'] }).describe('The message broker.'),
  NATS_USER: setting.text().optional().describe('This service at the broker.'),
  NATS_PASSWORD: setting.secret().optional().describe('Its password there.'),
  NATS_INBOX_PREFIX: setting.text().optional().describe('Where replies to this service go.'),
  LOG_LEVEL: setting.oneOf(['debug', 'info', 'warn', 'error']).default('info').describe('How much is logged.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting.url().optional().describe('Where traces are sent; nowhere when absent.'),
});
export type AdminSettings = z.output<typeof adminSettings>;

/** Reads them once. Throws SettingsError with all faults. */
export function readAdminSettings(env: Readonly<Record<string, string | undefined>>): AdminSettings {
  return loadSettings(adminSettings, env);
}
