import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `attempt` until it does not throw and gives its value. Nothing asserts on how long that took: a loaded machine may
 * be slow, and only a state that never comes is a fault.
 * @throws the last failure, after `timeoutMs` (milliseconds)
 */
export async function eventually<T>(
  attempt: () => Promise<T> | T,
  { timeoutMs = 20_000, everyMs = 100 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(everyMs);
    }
  }
}
