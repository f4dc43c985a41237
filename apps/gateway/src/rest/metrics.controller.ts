import { fail } from '@daybook/contracts';
import { mergeMetrics, type Metrics } from '@daybook/platform/telemetry';
import { constantTimeEqual, type Secret } from '@daybook/platform/crypto';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf } from '../doors/bearer';
import { Route } from '../doors/route';

export interface MetricsDoor {
  readonly metrics: Metrics;
  /** The texts of the services behind the gateway. */
  readonly others: () => Promise<readonly string[]>;
  /** When set, asked for as a bearer token. */
  readonly token: Secret<string> | undefined;
}
export const METRICS_DOOR = Symbol('MetricsDoor');

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS_DOOR) private readonly door: MetricsDoor) {}

  @Route('GET', '', {
    id: 'getMetrics',
    area: 'health',
    summary: 'Measurements of the gateway and of every service behind it, for Prometheus',
    access: { type: 'anyone' },
    answers: { 200: { description: 'The text format of Prometheus', media: 'text/plain' } },
    problems: ['unauthenticated'],
  })
  async get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { metrics, others, token } = this.door;
    if (token && !constantTimeEqual(bearerOf(request.headers.authorization) ?? '', token.reveal())) {
      throw fail('unauthenticated');
    }
    void reply.header('content-type', metrics.contentType);
    const behind = await others();
    return mergeMetrics([await metrics.render(), ...behind]);
  }
}
