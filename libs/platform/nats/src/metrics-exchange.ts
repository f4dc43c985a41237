import { measuredOwners, metricsSubject } from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import type { Metrics } from '@daybook/platform/telemetry';
import { Empty, RequestStrategy } from 'nats';
import type { NatsClient } from './nats-client';

/** Longer than a measurement may take that waits for a database. */
const WAIT_MS = 1_500;

/** Answers what this process has measured. Every process of a service answers for itself, so there is no queue group. */
export function answerMetrics(client: NatsClient, owner: string, parts: { metrics: Metrics; logger: Logger }): void {
  client.connection.subscribe(metricsSubject(owner), {
    callback: (error, message) => {
      if (error) return parts.logger.error('the broker does not let this service tell its metrics', { error });
      parts.metrics.render().then(
        (text) => message.respond(text),
        (fault: unknown) => parts.logger.warn('metrics could not be told', { error: fault }),
      );
    },
  });
}

/** The texts of all processes that answer in time, by owner; an owner nobody answers for has none. */
export async function gatherMetrics(client: NatsClient): Promise<ReadonlyMap<string, readonly string[]>> {
  const answers = measuredOwners.map(async (owner): Promise<[string, string[]]> => [
    owner,
    await textsOf(client, owner),
  ]);
  return new Map(await Promise.all(answers));
}

async function textsOf({ connection }: NatsClient, owner: string): Promise<string[]> {
  const texts: string[] = [];
  try {
    const options = { strategy: RequestStrategy.JitterTimer, maxWait: WAIT_MS };
    for await (const message of await connection.requestMany(metricsSubject(owner), Empty, options)) {
      texts.push(message.string());
    }
  } catch {
    // Nobody listens, or the broker is away: what came before that is told.
  }
  return texts;
}
