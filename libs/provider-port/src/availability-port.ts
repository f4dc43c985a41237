import type { BusyTime, Instant } from '@daybook/domain';
import type { ProviderAccess } from './calendar-port';

export interface AvailabilityRequest {
  /** At least one; none twice. */
  readonly addresses: readonly string[];
  /** From (inclusive) to (exclusive), a later one. */
  readonly from: Instant;
  readonly to: Instant;
  /** Nobody waits for the answer any more: no further request is sent. */
  readonly signal?: AbortSignal;
}

/** Why nothing is known of somebody: that is never the same as being free. */
export type WithheldBecause =
  /** The provider knows no mailbox by this address, or acts as if it did not. */
  | 'unknown_address'
  /** Whoever asks may not know. */
  | 'not_allowed'
  /** The provider could not tell, or told what nobody understands. */
  | 'not_told';

export type Availability =
  /** As `joinBusy` of the domain makes them: in order, within what was asked for, none over another. */
  | { readonly known: true; readonly busy: readonly BusyTime[] }
  | { readonly known: false; readonly because: WithheldBecause };

/** When people are taken, also those whose calendars one may not read. Absent where the provider tells nobody. */
export interface AvailabilityPort {
  /**
   * One answer for each address, in their order: times and how they are taken, and nothing else of what is in a calendar. May
   * take several requests, one after the other, but no more than 20.
   * @throws ProviderError for what concerns all of them, `Rejected` where it would take more
   */
  busyTimes(access: ProviderAccess, request: AvailabilityRequest): Promise<readonly Availability[]>;
}
