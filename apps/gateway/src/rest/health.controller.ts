import {
  adminHealthCheck,
  authHealthCheck,
  calendarHealthCheck,
  fail,
  healthSchema,
  type Health,
} from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Route } from '../doors/route';

const area = 'health';
const rememberedMs = 1_000;
const services = { auth: authHealthCheck, admin: adminHealthCheck, calendar: calendarHealthCheck };

interface Asked {
  readonly at: number;
  readonly answers: Promise<Record<string, Health | null>>;
}

/** For whatever watches this process. The services are asked at most once a second, however often that is. */
@Controller('health')
export class HealthController {
  private asked: Asked | null = null;

  constructor(private readonly rpc: RpcClient) {}

  @Route('GET', 'live', {
    id: 'isLive',
    area,
    summary: 'Whether the gateway runs',
    access: { type: 'anyone' },
    limit: 'none',
    answers: { 200: { description: 'It runs', schema: z.object({ ok: z.boolean() }) } },
  })
  live() {
    return { ok: true };
  }

  @Route('GET', 'ready', {
    id: 'isReady',
    area,
    summary: 'Whether every service answers and has what it needs',
    access: { type: 'anyone' },
    limit: 'none',
    answers: {
      200: {
        description: 'All are ready',
        schema: z.object({ ok: z.boolean(), services: z.record(z.string(), healthSchema) }),
      },
    },
    problems: ['service_unavailable'],
  })
  async ready(@Req() _request: FastifyRequest) {
    const answers = await this.ask();
    const fields = Object.entries(answers).flatMap(([service, health]) =>
      health?.ok ? [] : [{ field: service, code: 'not_ready' as const, detail: faultOf(health) }],
    );
    if (fields.length > 0) {
      const names = fields.map(({ field }) => field).join(', ');
      throw fail('service_unavailable', `Not ready: ${names}.`, { fields, retryAfter: 2 });
    }
    return { ok: true, services: answers };
  }

  private ask(): Asked['answers'] {
    const now = performance.now();
    if (!this.asked || now - this.asked.at > rememberedMs) {
      this.asked = { at: now, answers: this.askAll() };
    }
    return this.asked.answers;
  }

  private async askAll(): Promise<Record<string, Health | null>> {
    const answers = Object.entries(services).map(async ([name, operation]): Promise<[string, Health | null]> => {
      const health = await this.rpc.call(operation, {}, { deadlineMs: 2_000 }).catch(() => null);
      return [name, health];
    });
    return Object.fromEntries(await Promise.all(answers));
  }
}

function faultOf(health: Health | null): string {
  if (!health) {
    return 'It does not answer.';
  }
  const failed = Object.entries(health.checks).flatMap(([name, ok]) => (ok ? [] : [name]));
  return `It lacks: ${failed.join(', ') || 'something it needs'}.`;
}
