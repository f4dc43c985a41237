import { z } from 'zod';
import { loadSettings, setting } from '@daybook/platform/config';
import type { RemovalLimits } from '@daybook/sync-engine';

export const calendarSettings = z.object({
  MONGODB_URI: setting.url({ protocols: ['mongodb:', 'mongodb+srv:'] }).describe('The database, a replica set'),
  MONGODB_DB_PREFIX: setting.text().default('daybook').describe('Databases are named after it'),
  NATS_URL: setting.url({ protocols: ['nats:', 'tls:'] }).describe('The broker'),
  NATS_USER: setting.text().optional().describe('Its user for this service'),
  NATS_PASSWORD: setting.secret().optional().describe('The password of that user'),
  NATS_INBOX_PREFIX: setting.text().optional().describe('Where answers for this user arrive'),
  PUBLIC_URL: setting
    .url({ protocols: ['http:', 'https:'] })
    .describe('Where people and providers reach this deployment'),
  MEETING_BRAND: setting.text().default('Zoom').describe('Whose links are ours'),
  GOOGLE_CLIENT_ID: setting.text().optional().describe('This deployment at Google; without it Google is not offered'),
  GOOGLE_BASE_URL: setting
    .url({ protocols: ['http:', 'https:'] })
    .optional()
    .describe('One address that stands for all of Google, such as a simulator'),
  MICROSOFT_CLIENT_ID: setting
    .text()
    .optional()
    .describe('This deployment at Microsoft; without it Office 365 is not offered'),
  MICROSOFT_LOGIN_URL: setting
    .url({ protocols: ['http:', 'https:'] })
    .optional()
    .describe("In place of Microsoft's sign-in, such as a simulator"),
  MICROSOFT_GRAPH_URL: setting
    .url({ protocols: ['http:', 'https:'] })
    .optional()
    .describe('In place of Microsoft Graph, such as a simulator'),
  HTTP_ALLOWED_HOSTS: setting
    .list()
    .default([])
    .describe('host:port of private or plain http targets that may be called'),
  EWS_ALLOWED_HOSTS: setting
    .list()
    .default([])
    .describe('Exchange servers (host:port) that people may name although they are private or plain http'),
  POLL_SECONDS: setting
    .integer({ min: 5, max: 86_400 })
    .default(300)
    .describe('How often a calendar is read without a hint'),
  WATCHED_CONNECTIONS: setting
    .integer({ min: 0, max: 100_000 })
    .default(200)
    .describe('Exchange connections that one process listens to at most; the others are read every POLL_SECONDS'),
  REMOVAL_GUARD_SHARE: setting
    .integer({ min: 0, max: 100 })
    .default(30)
    .describe('Percent of a calendar: a run that would remove more, and more than REMOVAL_GUARD_ITEMS, is held'),
  REMOVAL_GUARD_ITEMS: setting.integer().default(25).describe('So many items may always be removed'),
  REMOVAL_GUARD_NAMED: setting
    .integer()
    .default(500)
    .describe('A run in which the provider names more single deletions is held'),
  LOG_LEVEL: setting.oneOf(['debug', 'info', 'warn', 'error']).default('info').describe('What is logged'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting.url().optional().describe('Where traces go; nothing is traced without it'),
});

export type CalendarSettings = z.output<typeof calendarSettings>;

export function readSettings(env: Record<string, string | undefined>): CalendarSettings {
  return loadSettings(calendarSettings, env);
}

export function removalLimitsOf(settings: CalendarSettings): RemovalLimits {
  return {
    share: settings.REMOVAL_GUARD_SHARE / 100,
    items: settings.REMOVAL_GUARD_ITEMS,
    namedDeletions: settings.REMOVAL_GUARD_NAMED,
  };
}
