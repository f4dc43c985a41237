import type { SimulatorClock } from './clock';

/** The ways in which a provider can be made to fail; each simulator takes those that make sense with it. */
export type FaultKind =
  | 'throttled'
  | 'quota'
  | 'server_error'
  | 'unavailable'
  | 'slow'
  | 'cut'
  | 'cursor_expired'
  | 'empty_page'
  | 'endless_page'
  | 'grant_revoked'
  | 'admin_approval'
  | 'claims_challenge'
  | 'ews_disabled'
  | 'timeout_after_write'
  | 'conflict'
  | 'bad_item';

/** Those that every provider with sign-in and a calendar can show. */
export const COMMON_FAULT_KINDS: readonly FaultKind[] = [
  'throttled',
  'quota',
  'server_error',
  'unavailable',
  'slow',
  'cut',
  'cursor_expired',
  'empty_page',
  'endless_page',
  'grant_revoked',
  'admin_approval',
  'timeout_after_write',
  'conflict',
  'bad_item',
];

/** A fault as asked for. Without `times` and `forMs` it stays until it is cleared. */
export interface FaultOrder {
  kind: FaultKind;
  /** The mailbox it strikes; all when absent. */
  email?: string | undefined;
  /** How many requests it strikes. */
  times?: number | undefined;
  /** How long it stays, by the simulator's clock. */
  forMs?: number | undefined;
  /** Delay of a `slow` answer, in milliseconds. */
  ms?: number | undefined;
}

interface StandingFault extends FaultOrder {
  left: number;
  until: number;
}

export const DEFAULT_SLOWNESS = 2000;

/** The faults in force. Asking with {@link strike} uses one up, {@link active} only looks. */
export class Faults {
  private standing: StandingFault[] = [];

  constructor(private readonly clock: SimulatorClock) {}

  add(order: FaultOrder): void {
    const until = order.forMs === undefined ? Infinity : this.clock.now() + order.forMs;
    this.standing.push({ ...order, left: order.times ?? Infinity, until });
  }

  clear(): void {
    this.standing = [];
  }

  /** Is a fault of this kind in force for the mailbox? An unknown mailbox (null) meets those that strike all. */
  active(kind: FaultKind, email: string | null): boolean {
    return this.find(kind, email) !== undefined;
  }

  /** The same, and one of its times is used up. */
  strike(kind: FaultKind, email: string | null): FaultOrder | null {
    const fault = this.find(kind, email);
    if (fault === undefined) return null;
    fault.left -= 1;
    return fault;
  }

  private find(kind: FaultKind, email: string | null): StandingFault | undefined {
    if (this.standing.length === 0) return undefined;
    const now = this.clock.now();
    this.standing = this.standing.filter(({ left, until }) => left > 0 && until > now);
    return this.standing.find((fault) => fault.kind === kind && (fault.email === undefined || fault.email === email));
  }
}
