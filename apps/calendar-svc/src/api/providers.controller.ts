import { Controller, Inject } from '@nestjs/common';
import {
  calendarConnectionRetire,
  calendarHealthCheck,
  calendarHookReceive,
  fail,
  type ParsedInputOf,
} from '@daybook/contracts';
import { Handles } from '@daybook/platform/nats';
import { GatheredHints } from '../use-cases/gathered-hints';
import { READING, type Reading } from '../app-tokens';
import { receiveHook } from '../use-cases/receive-hook';
import { retireConnection } from '../use-cases/retire-connection';

/** What providers and the other services ask. */
@Controller()
export class ProvidersController {
  private readonly hints: GatheredHints;

  constructor(@Inject(READING) private readonly around: Reading) {
    this.hints = new GatheredHints(around.store);
  }

  @Handles(calendarHookReceive)
  async hook({ provider, method, query, headers, bodyBase64 }: ParsedInputOf<typeof calendarHookReceive>) {
    const answer = await receiveHook(
      provider,
      { method, query, headers, body: Buffer.from(bodyBase64, 'base64') },
      { ...this.around, store: this.hints },
    );
    if (!answer) throw fail('not_found');
    return answer;
  }

  @Handles(calendarConnectionRetire)
  async retire({ connectionId }: ParsedInputOf<typeof calendarConnectionRetire>) {
    return { subscriptions: await retireConnection(connectionId, this.around) };
  }

  @Handles(calendarHealthCheck)
  async health() {
    const checks = await this.around.health();
    return { ok: Object.values(checks).every(Boolean), checks };
  }
}
