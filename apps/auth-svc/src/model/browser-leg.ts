import type { Permissions } from '@daybook/contracts';
import type { SealedRecord } from '@daybook/platform/crypto';

/** What a browser leg is for: a first consent, more permissions, or the same again. */
export type LegPurpose = 'connect' | 'configure' | 'reconnect';

/** Whose leg it is and what it asks for. */
export interface BrowserLeg {
  readonly connectionId: string;
  readonly accountId: string;
  readonly userId: string;
  readonly provider: string;
  readonly purpose: LegPurpose;
  readonly wanted: Permissions;
}

/** The way into a leg: a link that works once. */
export interface LegTicket extends BrowserLeg {
  readonly hash: string;
  readonly expiresAt: Date;
}

/** A leg that is under way at the provider, bound to one browser by a cookie. */
export interface LegState extends BrowserLeg {
  readonly hash: string;
  readonly cookieHash: string;
  /** The PKCE verifier, sealed: with the code from an address line it would be worth a token. */
  readonly sealedVerifier: SealedRecord;
  readonly expiresAt: Date;
}

export const TICKET_MS = 10 * 60_000;
export const STATE_MS = 10 * 60_000;
/** A first connection that nobody finishes in this time is removed. */
export const UNFINISHED_MS = 15 * 60_000;
