import { loadSettings, setting } from '@daybook/platform/config';
import { z } from 'zod';

/** The settings of auth-svc. */
export const authSettings = z.object({
  MONGODB_URI: setting
    .url({ protocols: ['mongodb:', 'mongodb+srv:'] })
    .describe('The database server, without a database.'),
  MONGODB_DB_PREFIX: setting.text().default('daybook').describe('Start of the names of the databases.'),
  NATS_URL: setting.url({ protocols: ['nats:', 'tls:', 'ws:', 'wss:'] }).describe('The message broker.'),
  NATS_USER: setting.text().optional().describe('This service at the broker.'),
  NATS_PASSWORD: setting.secret().optional().describe('Its password there.'),
  NATS_INBOX_PREFIX: setting.text().optional().describe('Where replies to this service go.'),
  AUTH_HTTP_PORT: setting.port().default(8091).describe('Loopback port of the OAuth legs; the gateway forwards to it.'),
  AUTH_HTTP_HOST: setting.text().default('127.0.0.1').describe('Address it listens on; the gateway has to reach it.'),
  PUBLIC_URL: setting.url().default('http://localhost:8080').describe('How people reach this deployment.'),
  MASTER_KEY: setting.secret({ min: 32 }).describe('32 bytes (hex or base64) that seal the secrets in the database.'),
  MASTER_KEY_PREVIOUS: setting
    .secret({ min: 32 })
    .optional()
    .describe('The key before it, while records are still sealed with it.'),
  MEETING_BRAND: setting.text().default('Zoom').describe('Whose meetings are ours.'),
  DEFAULT_TIME_ZONE: setting.text().optional().describe('Time zone of new people; that of this machine when absent.'),
  DAYBOOK_DEMO: setting.boolean().default(false).describe('Puts demo people into an empty database.'),
  GOOGLE_CLIENT_ID: setting.text().optional().describe('This deployment as Google knows it.'),
  GOOGLE_CLIENT_SECRET: setting.secret().optional().describe('Its secret there.'),
  GOOGLE_BASE_URL: setting
    .url()
    .optional()
    .describe('One address that stands for all of Google, such as the simulator.'),
  MICROSOFT_CLIENT_ID: setting.text().optional().describe('This deployment as Microsoft knows it.'),
  MICROSOFT_CLIENT_SECRET: setting.secret().optional().describe('Its secret there.'),
  MICROSOFT_LOGIN_URL: setting.url().optional().describe("In place of Microsoft's sign-in, such as the simulator's."),
  MICROSOFT_GRAPH_URL: setting.url().optional().describe('In place of Microsoft Graph, such as the simulator.'),
  HTTP_ALLOWED_HOSTS: setting.list().optional().describe('Hosts with ports that may be private or plain http.'),
  EWS_ALLOWED_HOSTS: setting
    .list()
    .optional()
    .describe('Exchange servers (host:port) that people may name although they are private or plain http.'),
  EWS_AUTODISCOVER: setting
    .list()
    .optional()
    .describe('Where mailboxes are looked for first: example.com=https://mail.internal, or *=… for all other domains.'),
  LOG_LEVEL: setting.oneOf(['debug', 'info', 'warn', 'error']).default('info').describe('How much is logged.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting.url().optional().describe('Where traces are sent; nowhere when absent.'),
});
export type AuthSettings = z.output<typeof authSettings>;

/** Reads them once. Throws SettingsError with all faults. */
export function readAuthSettings(env: Readonly<Record<string, string | undefined>>): AuthSettings {
  return loadSettings(authSettings, env);
}
