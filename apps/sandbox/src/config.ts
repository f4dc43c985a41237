import { loadSettings, setting } from '@daybook/platform/config';
import { z } from 'zod';

/** The settings of the simulators. */
export const sandboxSettings = z.object({
  DAYBOOK_HOME: setting.text().default('.daybook').describe('Folder for all that is kept.'),
  SANDBOX_HOST: setting.text().default('127.0.0.1').describe('Address the simulators listen on.'),
  SANDBOX_CONTROL_PORT: setting.port().default(8100).describe('Port of the control page and its API.'),
  SANDBOX_GOOGLE_PORT: setting
    .port()
    .default(8101)
    .describe('Port of the simulated Google over http; https is 100 above.'),
  SANDBOX_MICROSOFT_PORT: setting
    .port()
    .default(8102)
    .describe('Port of the simulated Microsoft 365 over http; https is 100 above.'),
  SANDBOX_EXCHANGE_PORT: setting
    .port()
    .default(8103)
    .describe('Port of the simulated Exchange Server over http; https is 100 above.'),
  SANDBOX_RECORD_DIR: setting.text().optional().describe('Folder that gets a file for each exchange.'),
  SANDBOX_LATENCY_MS: setting
    .integer({ min: 0, max: 60_000 })
    .default(0)
    .describe('Milliseconds added to each answer of a provider.'),
  SANDBOX_TIME_ZONE: setting.text().default('Europe/Berlin').describe('Time zone of mailboxes that name none.'),
  PUBLIC_URL: setting.url().default('http://localhost:8080').describe('How people reach this deployment.'),
  GOOGLE_CLIENT_ID: setting.text().default('daybook-local').describe('This deployment as Google knows it.'),
  GOOGLE_CLIENT_SECRET: setting.text().default('daybook-local-secret').describe('Its secret there.'),
  MICROSOFT_CLIENT_ID: setting.text().default('daybook-local').describe('This deployment as Microsoft knows it.'),
  MICROSOFT_CLIENT_SECRET: setting.text().default('daybook-local-secret').describe('Its secret there.'),
  LOG_LEVEL: setting.oneOf(['debug', 'info', 'warn', 'error']).default('info').describe('How much is logged.'),
});

export type SandboxSettings = z.output<typeof sandboxSettings>;

/** Reads them once. Throws SettingsError with all faults. */
export function readSandboxSettings(env: Readonly<Record<string, string | undefined>>): SandboxSettings {
  return loadSettings(sandboxSettings, env);
}
