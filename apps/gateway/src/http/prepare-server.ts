import type { FastifyInstance } from 'fastify';
import type { Doors } from '../doors/doors';
import type { KnownRoutes } from './known-routes';
import { readJsonBody } from './read-body';

export interface ServerParts {
  readonly doors: Doors;
  readonly routes: KnownRoutes;
  readonly headers: Readonly<Record<string, string>>;
}

/** What every request goes through, set up before the first route is registered. */
export function prepareServer(instance: FastifyInstance, { doors, routes, headers }: ServerParts): void {
  instance.decorateRequest('caller', null);
  instance.decorateRequest('accessEndsAt', 0);
  instance.decorateRequest('client', null);
  instance.addHook('onRoute', ({ method, url, config }) => {
    if (config?.route) {
      for (const one of [method].flat()) {
        routes.add({ method: one, url, spec: config.route });
      }
    }
  });
  instance.addHook('onRequest', async (request, reply) => {
    void reply.headers(headers).header('x-correlation-id', request.id);
    if (request.routeOptions.config.route) {
      void reply.header('cache-control', 'no-store');
    }
    await doors.enter(request);
  });
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    done(null, request.routeOptions.config.route?.body === 'bytes' ? bytes : readJsonBody(bytes));
  });
}
