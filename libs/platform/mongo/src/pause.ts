import { setTimeout as sleep } from 'node:timers/promises';

/** Waits between `ms / 2` and `ms`, at random, so that processes which failed together do not return together. */
export async function pauseWithJitter(ms: number, signal?: AbortSignal): Promise<void> {
  const wait = ms / 2 + Math.random() * (ms / 2);
  await sleep(wait, undefined, signal ? { signal } : {});
}

/** The wait before attempt `attempt` (1 for the first repetition): doubling from `first`, never over `most`. */
export function backOff(attempt: number, first: number, most: number): number {
  return Math.min(most, first * 2 ** Math.min(attempt - 1, 20));
}
