import { useSyncExternalStore } from 'react';
import type { Instant } from './zoned-time';

const STEP_MS = 15_000;
let step = readNow();

/** The present, cut to the step. */
export function readNow(): Instant {
  return Math.floor(Date.now() / STEP_MS) * STEP_MS;
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(() => {
    const next = readNow();
    if (next !== step) {
      step = next;
      listener();
    }
  }, 1_000);
  return () => clearInterval(timer);
}

/** The present, in steps of a quarter of a minute, so that lines and countdowns move by themselves. */
export function useNow(): Instant {
  return useSyncExternalStore(subscribe, () => step);
}
