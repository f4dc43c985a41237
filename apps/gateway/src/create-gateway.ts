import { NestPinoLogger } from '@daybook/platform/logging';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { publicUrlOf } from './config';
import { Doors } from './doors/doors';
import { GatewayModule, type GatewayParts } from './gateway.module';
import { KnownRoutes } from './http/known-routes';
import { prepareServer } from './http/prepare-server';
import { ProblemFilter } from './http/problem.filter';
import { PublicAddress } from './http/public-address';
import { measureRequests } from './http/request-metrics';
import { secureHeaders } from './http/secure-headers';
import { serverOptions } from './http/server-options';
import { servePortal } from './portal/portal-files';

/** The gateway, ready to listen. The connection to the broker stays the caller's. */
export async function createGateway(parts: GatewayParts): Promise<NestFastifyApplication> {
  const { settings, logger, metrics } = parts;
  const headers = secureHeaders(new PublicAddress(publicUrlOf(settings)));
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.with(parts),
    new FastifyAdapter(serverOptions(settings, headers)),
    { logger: new NestPinoLogger(logger), bodyParser: false, abortOnError: false },
  );
  const routes = app.get(KnownRoutes);
  const instance = app.getHttpAdapter().getInstance();
  prepareServer(instance, { doors: app.get(Doors), routes, headers });
  measureRequests(instance, metrics);
  instance.server.maxConnections = settings.MAX_CONNECTIONS;
  app.useGlobalFilters(new ProblemFilter(logger, routes));
  if (settings.PORTAL_DIR !== undefined) {
    await servePortal(instance, settings.PORTAL_DIR);
  }
  await app.init();
  await instance.ready();
  return app;
}
