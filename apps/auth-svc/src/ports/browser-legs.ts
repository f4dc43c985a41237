import type { LegCode } from '@daybook/contracts';
import type { AuthResult, PartPermissions } from '@daybook/provider-port';

/** How a leg came back from the provider. */
export type LegOutcome =
  | { readonly type: 'granted'; readonly result: AuthResult }
  | { readonly type: 'denied' }
  | { readonly type: 'awaiting_admin' }
  | { readonly type: 'failed'; readonly code: LegCode };

export interface LegStart {
  readonly provider: string;
  readonly permissions: PartPermissions;
  readonly loginHint: string | null;
  /** What the provider wants to be shown, in its own words; null where it wants nothing in particular. */
  readonly claims: string | null;
  /** Called with the PKCE verifier; gives the `state` to send along. */
  readonly keep: (verifier: string) => Promise<string>;
}

export interface LegEnd {
  readonly provider: string;
  /** What was asked for: it stands in where a provider does not say what it granted, which means "as asked". */
  readonly permissions: PartPermissions;
  readonly verifier: string;
}

/** Drives a provider's sign-in in the person's browser. `request` is the web framework's request, handed through. */
export abstract class BrowserLegs {
  /** The address at the provider to go to. */
  abstract begin(start: LegStart, request: unknown): Promise<string>;
  abstract finish(leg: LegEnd, request: unknown): Promise<LegOutcome>;
}
