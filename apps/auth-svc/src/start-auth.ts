import * as contracts from '@daybook/contracts';
import { NestPinoLogger, type Logger } from '@daybook/platform/logging';
import { isOutage } from '@daybook/platform/mongo';
import { NatsRpcServer } from '@daybook/platform/nats';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import { openRuntime, type AuthRuntime } from './auth-runtime';
import { AuthUseCases } from './auth-use-cases';
import type { AuthSettings } from './config';

export interface StartedAuth {
  readonly app: NestExpressApplication;
  readonly runtime: AuthRuntime;
  /** Of the OAuth legs. */
  readonly port: number;
}

/** Starts the service. `say` prints a line for the operator. */
export async function startAuth(
  settings: AuthSettings,
  logger: Logger,
  say: (line: string) => void,
): Promise<StartedAuth> {
  const runtime = await openRuntime(settings, logger);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRuntime(runtime), {
    logger: new NestPinoLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.connectMicroservice({ strategy: rpcServer(runtime, logger) }, { inheritAppConfig: true });
  await welcome(app.get(AuthUseCases), settings, say);
  await app.startAllMicroservices();
  await app.listen(settings.AUTH_HTTP_PORT, settings.AUTH_HTTP_HOST);
  const address: unknown = app.getHttpServer().address();
  const port = portOf(address);
  logger.info('auth-svc is ready', { port });
  return { app, runtime, port };
}

function rpcServer({ client, metrics }: AuthRuntime, logger: Logger): NatsRpcServer {
  return new NatsRpcServer({ client, owner: 'auth', operations: operationsOf(contracts), logger, isOutage, metrics });
}

/** Every operation the contracts declare; the server picks its own. */
function operationsOf(exported: Readonly<Record<string, unknown>>): contracts.Operation[] {
  return Object.values(exported).filter(isOperation);
}

function isOperation(value: unknown): value is contracts.Operation {
  return typeof value === 'object' && value !== null && 'subject' in value && 'owner' in value && 'output' in value;
}

/** Demo people, or for an empty database the link of the first administrator. */
async function welcome(use: AuthUseCases, settings: AuthSettings, say: (line: string) => void): Promise<void> {
  if (settings.DAYBOOK_DEMO) {
    await use.createDemoPeople.run();
    return;
  }
  const link = await use.inviteAdministrator.forEmptyDeployment();
  if (link !== null) say(`First administrator: open ${link} (works once, for 24 hours)`);
}

function portOf(address: unknown): number {
  const port = typeof address === 'object' && address !== null && 'port' in address ? address.port : 0;
  return typeof port === 'number' ? port : 0;
}
