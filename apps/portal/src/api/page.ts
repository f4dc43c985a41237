import type { Freshness } from '@daybook/contracts';

/** A page of a list as the gateway answers it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly freshness?: Freshness;
}
