import { ProviderError } from '@daybook/provider-port';

/**
 * `throttled`, `unavailable`, `access_expired`, `permission_missing`, `consent_revoked`, `gone`: the request fails ·
 * `cursor_expired`: as those, but only a request that carries a cursor or a continuation · `empty_page`: a page without
 * items comes first · `endless_page`: the same page again and again · `cut`: the listing just stops, without its end ·
 * `bad_item`: the page's first item is unreadable · `doubled`: the page's first item comes twice.
 */
export type FakeFaultKind =
  | 'throttled'
  | 'unavailable'
  | 'access_expired'
  | 'permission_missing'
  | 'consent_revoked'
  | 'gone'
  | 'cursor_expired'
  | 'empty_page'
  | 'endless_page'
  | 'cut'
  | 'bad_item'
  | 'doubled';

/** What a request of the calendar port asks for. */
export type FakeOperation = 'calendars' | 'changes' | 'item';

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

const THROWN = {
  throttled: 'Throttled',
  unavailable: 'Unavailable',
  access_expired: 'AccessExpired',
  permission_missing: 'PermissionMissing',
  consent_revoked: 'ConsentRevoked',
  gone: 'Gone',
  cursor_expired: 'CursorExpired',
} as const;

/** The fault switches of a `FakeProvider`. Faults strike requests of the calendar port, in the order they were added. */
export class FakeFaults {
  private active: ActiveFault[] = [];

  add(fault: FakeFault): void {
    this.active.push({ fault, after: fault.after ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.active = [];
  }

  /** Counts one request; throws what is due, or says which page faults strike it. */
  strike(
    address: string,
    request: { readonly operation: FakeOperation; readonly carriesCursor: boolean },
  ): ReadonlySet<FakeFaultKind> {
    const due = new Set<FakeFaultKind>();
    for (const entry of this.active) {
      const { fault } = entry;
      if (fault.address !== undefined && fault.address !== address) continue;
      if (fault.on !== undefined && fault.on !== request.operation) continue;
      if (fault.kind === 'cursor_expired' && !request.carriesCursor) continue;
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

function throwIfThrown(fault: FakeFault): void {
  for (const [kind, thrown] of Object.entries(THROWN)) {
    if (kind !== fault.kind) continue;
    throw new ProviderError(thrown, { detail: `fake ${kind}`, retryAfterMs: fault.retryAfterMs ?? null });
  }
}
