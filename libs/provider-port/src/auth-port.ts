import type { Strategy } from 'passport';
import type { Permission } from '@daybook/domain';
import type { FormSignIn } from './form-sign-in';

/** Wanted or granted permission for each part of a connection. */
export interface PartPermissions {
  readonly calendar: Permission;
  readonly contacts: Permission;
}

/** Who the linked account is at the provider. `subject` never changes; addresses may. */
export interface RemoteIdentity {
  readonly subject: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly name: string;
}

export interface TokenSet {
  readonly accessToken: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Null: none came, keep the one there is. */
  readonly refreshToken: string | null;
  /** What was granted, in the provider's words. */
  readonly scopes: readonly string[];
}

/** The browser leg's memory between leaving and coming back; the caller binds it to ticket, person and cookie. */
export interface BrowserLegStore {
  /** Keeps the PKCE verifier and returns the `state` to send along. */
  save(request: unknown, verifier: string): Promise<string>;
  /** Consumes a state: its verifier, or null if it is unknown, used, foreign or too old. */
  consume(request: unknown, state: string): Promise<string | null>;
}

export interface BrowserLegOptions {
  readonly callbackUrl: string;
  readonly permissions: PartPermissions;
  /** The account to preselect, where we know it. */
  readonly loginHint: string | null;
  /** Ask again even if the provider remembers a consent: needed where a refresh token comes only with a fresh one. */
  readonly forceConsent: boolean;
  /** `claims` of the error that asked for this sign-in; null where none did. Of no use to a provider that never asks for any. */
  readonly claims: string | null;
  readonly store: BrowserLegStore;
}

/** What a finished sign-in gave. */
export interface AuthResult {
  readonly tokens: TokenSet;
  readonly identity: RemoteIdentity;
}

/** Where an administrator approves for everybody, and how the answer comes back: in a browser of theirs, not the person's. */
export interface AdminConsent {
  /** An address to open. `state` comes back with the answer. */
  url(options: Pick<BrowserLegOptions, 'callbackUrl' | 'permissions'> & { readonly state: string }): string;
  /** The answer in the address one came back to; null where it is none. Whether `state` is ours is for the caller to see. */
  read(query: Readonly<Record<string, unknown>>): { readonly state: string; readonly approved: boolean } | null;
}

/** How people let us in at one provider: on its own pages, or with a form of ours. */
export interface AuthPort {
  scopesFor(permissions: PartPermissions): readonly string[];
  grantedBy(scopes: readonly string[]): PartPermissions;
  /**
   * OAuth: a passport strategy whose success hands an `AuthResult` as the user; a denial is passport's `fail` with
   * `{code: 'denied' | 'awaiting_admin' | 'state_invalid' | …}` as challenge, anything else its `error`. Absent where the
   * provider has no pages for it. A promise, because a library that only sign-ins need is loaded with the first of them.
   */
  strategy?(options: BrowserLegOptions): Promise<Strategy>;
  /** Absent where people sign in on the provider's own pages. */
  readonly form?: FormSignIn;
  /**
   * Throws `ProviderError`: `ConsentRevoked` only for definitive refusals, `Unavailable` or `Throttled` otherwise. Asked only
   * where access has ended or was refused; a password that was refused is not tried again, so there it is always the former.
   */
  refresh(refreshToken: string): Promise<TokenSet>;
  /**
   * Absent where a grant cannot be given back. `refused`: the provider did not know the token any more. Throws `Unavailable`
   * when it cannot be reached.
   */
  revoke?(token: string): Promise<'revoked' | 'refused'>;
  /** Absent where no administrator has a say. */
  readonly adminConsent?: AdminConsent;
}
