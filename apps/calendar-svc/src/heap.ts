import { setFlagsFromString } from 'node:v8';

/**
 * Left alone the engine lets garbage grow to several times of what is in use while a first sync runs. Collected when it has
 * grown by two fifths, the process stays small; unlike a limit this never ends it.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=40');
}
