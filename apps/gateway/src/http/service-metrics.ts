import { gatherMetrics, type NatsClient } from '@daybook/platform/nats';
import type { Metrics } from '@daybook/platform/telemetry';

const rememberedMs = 1_000;

/**
 * What the services behind the gateway have measured, asked for at most once a second, and how many processes of each
 * answered: none means that a service is away, or too busy to say.
 */
export function serviceMetrics(client: NatsClient, metrics: Metrics): () => Promise<readonly string[]> {
  const answered = metrics.gauge({
    name: 'daybook_processes_answered',
    help: 'Processes of a service that told their metrics just now',
    labels: ['owner'],
  });
  let asked: { readonly at: number; readonly texts: Promise<readonly string[]> } | null = null;
  const ask = async (): Promise<readonly string[]> => {
    const byOwner = await gatherMetrics(client);
    for (const [owner, texts] of byOwner) answered.set({ owner }, texts.length);
    return [...byOwner.values()].flat();
  };
  return () => {
    const now = performance.now();
    if (!asked || now - asked.at > rememberedMs) asked = { at: now, texts: ask() };
    return asked.texts;
  };
}
