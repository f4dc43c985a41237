import type { Metrics } from '@daybook/platform/telemetry';
import type { FastifyInstance } from 'fastify';

/** Counts and times every answer by route and status; unknown addresses share one name, so labels stay few. */
export function measureRequests(instance: FastifyInstance, metrics: Metrics): void {
  const seconds = metrics.histogram({
    name: 'daybook_http_request_seconds',
    help: 'Time from a request to the end of its answer, by route and status',
    labels: ['method', 'route', 'status'],
  });
  instance.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.config.route ? request.routeOptions.url : undefined;
    if (request.routeOptions.config.route?.id !== 'openStream') {
      const method = route ? request.method : 'any';
      seconds.observe({ method, route: route ?? 'other', status: reply.statusCode }, reply.elapsedTime / 1000);
    }
    done();
  });
}
