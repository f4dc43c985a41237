import { setFlagsFromString } from 'node:v8';

/**
 * Left alone the engine lets garbage grow to several times of what is in use while a first sync runs. Collected when it
 * has grown by three quarters, the process stays within bounds; collected much earlier it would spend a quarter of a first
 * sync on that. Unlike a limit this never ends the process.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=75');
}
