import 'reflect-metadata';
import { SettingsError } from '@daybook/platform/config';
import { createLogger } from '@daybook/platform/logging';
import { runAccountCommand } from './account-command';
import { readAuthSettings } from './config';
import { startAuth } from './start-auth';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(args: readonly string[]): Promise<void> {
  const settings = readAuthSettings(process.env);
  const [command, ...rest] = args;
  if (command === 'account') {
    const logger = createLogger({ service: 'auth-svc', level: 'error' });
    process.exitCode = await runAccountCommand(rest, settings, { logger, say });
    return;
  }
  const logger = createLogger({ service: 'auth-svc', level: settings.LOG_LEVEL });
  const { app } = await startAuth(settings, logger, say);
  app.enableShutdownHooks(['SIGINT', 'SIGTERM']);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const text = error instanceof SettingsError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`auth-svc cannot start: ${text ?? 'unknown fault'}\n`);
  process.exit(1);
});
