import { ProviderError } from '@daybook/provider-port';

/**
 * `throttled`, `unavailable`, `access_expired`, `permission_missing`, `consent_revoked`, `sign_in_needed`, `switched_off`,
 * `gone`: it fails ·
 * `cursor_expired`: as those, but only a request that carries a cursor or a continuation · `empty_page`: a page without
 * items comes first · `endless_page`: the same page again and again · `endless_items`: a page of items that nobody has seen before,
 * and no end · `cut`: the listing just stops, without its end ·
 * `bad_item`: the page's first item is unreadable · `doubled`: the page's first item comes twice.
 *
 * Only for writes: `timeout_before_write` and `timeout_after_write`: no answer comes, and nothing or all of the write is in
 * effect · `conflict`: somebody was faster, so that the item has another version; only a write that carries one · `rejected`:
 * the provider refuses the write.
 */
export type FakeFaultKind =
  | 'throttled'
  | 'unavailable'
  | 'access_expired'
  | 'permission_missing'
  | 'consent_revoked'
  | 'sign_in_needed'
  | 'gone'
  | 'switched_off'
  | 'cursor_expired'
  | 'empty_page'
  | 'endless_page'
  | 'endless_items'
  | 'cut'
  | 'bad_item'
  | 'doubled'
  | 'timeout_before_write'
  | 'timeout_after_write'
  | 'conflict'
  | 'rejected';

/** What a request of the calendar port, or of the one for free and busy times, asks for. */
export type FakeOperation =
  'calendars' | 'changes' | 'item' | 'translate' | 'create' | 'update' | 'remove' | 'made' | 'read' | 'availability';

export interface FakeRequest {
  readonly operation: FakeOperation;
  readonly carriesCursor?: boolean;
  readonly carriesVersion?: boolean;
}

export interface FakeFault {
  readonly kind: FakeFaultKind;
  /** How often it strikes; default once, `Infinity` until `clear`. */
  readonly times?: number;
  /** Requests that pass unharmed first; default none. */
  readonly after?: number;
  /** Only requests of this kind; default all. */
  readonly on?: FakeOperation;
  /** Only this mailbox; default all. */
  readonly address?: string;
  /** With `throttled`, milliseconds. */
  readonly retryAfterMs?: number;
}

interface ActiveFault {
  readonly fault: FakeFault;
  after: number;
  left: number;
}

/** What the fake provider wants to be shown at a sign-in that it asks for. */
export const FAKE_CLAIMS = '{"access_token":{"fresh":{"essential":true}}}';

const THROWN = {
  throttled: 'Throttled',
  unavailable: 'Unavailable',
  access_expired: 'AccessExpired',
  permission_missing: 'PermissionMissing',
  consent_revoked: 'ConsentRevoked',
  sign_in_needed: 'ConsentRevoked',
  switched_off: 'SwitchedOff',
  gone: 'Gone',
  cursor_expired: 'CursorExpired',
  timeout_before_write: 'Unavailable',
  rejected: 'Rejected',
} as const;

const WRITES: ReadonlySet<FakeOperation> = new Set(['create', 'update', 'remove']);
const ONLY_WRITES: ReadonlySet<FakeFaultKind> = new Set([
  'timeout_before_write',
  'timeout_after_write',
  'conflict',
  'rejected',
]);
const ONLY_LISTINGS: ReadonlySet<FakeFaultKind> = new Set([
  'empty_page',
  'endless_page',
  'endless_items',
  'cut',
  'bad_item',
  'doubled',
]);
const LISTINGS: ReadonlySet<FakeOperation> = new Set(['calendars', 'changes', 'item']);

/** The fault switches of a `FakeProvider`. Faults strike requests of the calendar port, in the order they were added. */
export class FakeFaults {
  private active: ActiveFault[] = [];

  add(fault: FakeFault): void {
    this.active.push({ fault, after: fault.after ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.active = [];
  }

  /** Counts one request; throws what is due, or says which faults of a page or a write strike it. */
  strike(address: string, request: FakeRequest): ReadonlySet<FakeFaultKind> {
    const due = new Set<FakeFaultKind>();
    for (const entry of this.active) {
      const { fault } = entry;
      if (fault.address !== undefined && fault.address !== address) continue;
      if (!concerns(fault, request)) continue;
      if (entry.after > 0) {
        entry.after -= 1;
        continue;
      }
      entry.left -= 1;
      due.add(fault.kind);
      if (fault.kind in THROWN) this.sweep();
      throwIfThrown(fault);
    }
    this.sweep();
    return due;
  }

  private sweep(): void {
    this.active = this.active.filter((entry) => entry.left > 0);
  }
}

function concerns({ kind, on }: FakeFault, { operation, carriesCursor, carriesVersion }: FakeRequest): boolean {
  if (on !== undefined && on !== operation) return false;
  if (kind === 'cursor_expired' && carriesCursor !== true) return false;
  if (kind === 'conflict' && carriesVersion !== true) return false;
  if (ONLY_WRITES.has(kind) && !WRITES.has(operation)) return false;
  return !ONLY_LISTINGS.has(kind) || LISTINGS.has(operation);
}

function throwIfThrown(fault: FakeFault): void {
  for (const [kind, thrown] of Object.entries(THROWN)) {
    if (kind !== fault.kind) continue;
    const claims = kind === 'sign_in_needed' ? FAKE_CLAIMS : null;
    throw new ProviderError(thrown, { detail: `fake ${kind}`, retryAfterMs: fault.retryAfterMs ?? null, claims });
  }
}
