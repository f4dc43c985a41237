/**
 * What went wrong at a provider, in the words the engine decides by. Adapters throw nothing else.
 * The engine owns what each kind leads to (`reaction-to-error.ts` in sync-engine).
 */
export type ProviderErrorKind =
  | 'AccessExpired'
  | 'ConsentRevoked'
  | 'AdminApprovalNeeded'
  | 'PermissionMissing'
  | 'NoMailbox'
  | 'UntrustedServer'
  | 'SwitchedOff'
  | 'Throttled'
  | 'Unavailable'
  | 'CursorExpired'
  | 'Gone'
  | 'VersionConflict'
  | 'Rejected'
  | 'Unreadable'
  | 'Unknown';

/**
 * `join_part_kept`: the description holds the part that people join an online meeting by, and writing would destroy it.
 * `guest_without_address`: the list of guests holds somebody without an address, whom the provider would not take back.
 * `attachments_kept`: an occurrence has attachments of its own, and writing its series would destroy them.
 * `description_too_long`: more of the description is there than we read, and writing would destroy the rest.
 */
export type RejectedBecause = 'join_part_kept' | 'guest_without_address' | 'attachments_kept' | 'description_too_long';

export interface ProviderErrorDetails {
  /** Short and safe to log: a status and a reason word, never a body, a URL with a query, an address or a secret. */
  readonly detail: string;
  /** Milliseconds the provider asked us to wait; null where it did not say. */
  readonly retryAfterMs?: number | null;
  /**
   * With `ConsentRevoked`: what the person's next sign-in has to show, in the provider's own words, to be handed back with it
   * and to nobody else. Null where it asks for nothing in particular.
   */
  readonly claims?: string | null;
  /** With `Rejected`: why we ourselves do not send it, where a person is told that in a sentence of its own. */
  readonly because?: RejectedBecause | null;
  readonly cause?: unknown;
}

export class ProviderError extends Error {
  readonly retryAfterMs: number | null;
  readonly claims: string | null;
  readonly because: RejectedBecause | null;

  constructor(
    readonly kind: ProviderErrorKind,
    details: ProviderErrorDetails,
  ) {
    super(`${kind}: ${details.detail}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ProviderError';
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.claims = details.claims ?? null;
    this.because = details.because ?? null;
  }
}

/** Anything that is not a `ProviderError` becomes one of kind `Unknown`, keeping its cause. */
export function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return new ProviderError('Unknown', { detail: name, cause: error });
}
