/** Where a connection stands with its provider. What people see besides comes from policy and from the syncing services. */
export type ConnectionPhase = 'pending' | 'awaiting_admin' | 'connected' | 'needs_reconnect' | 'deleted';

export type PhaseEvent =
  /** The provider granted something to the right account. */
  | 'authorised'
  /** The person said no on the provider's pages, or granted nothing. */
  | 'denied'
  /** A browser leg went wrong otherwise. */
  | 'leg_failed'
  /** The provider's administrator has to approve first; said in a browser leg. */
  | 'leg_needs_admin'
  /** The same, said when access was refreshed. */
  | 'access_needs_admin'
  /** An administrator has approved; the person still has to consent. */
  | 'admin_approved'
  /** Access was given again with the secret we have. */
  | 'access_works'
  /** Definitive word that the consent is gone. */
  | 'consent_revoked'
  /** A first connection that nobody finished in time. */
  | 'lapsed'
  | 'deleted';

export type PhaseOutcome = ConnectionPhase | 'removed' | 'illegal';

type Row = Readonly<Record<PhaseEvent, PhaseOutcome>>;

/**
 * The legal moves, whole. A working connection survives whatever happens on the way to more permissions; a first one that
 * comes to nothing leaves nothing behind; after `deleted` nothing is legal any more.
 */
const TABLE: Readonly<Record<ConnectionPhase, Row>> = {
  pending: {
    authorised: 'connected',
    denied: 'removed',
    leg_failed: 'removed',
    leg_needs_admin: 'awaiting_admin',
    access_needs_admin: 'illegal',
    admin_approved: 'illegal',
    access_works: 'illegal',
    consent_revoked: 'illegal',
    lapsed: 'removed',
    deleted: 'deleted',
  },
  awaiting_admin: {
    authorised: 'connected',
    denied: 'awaiting_admin',
    leg_failed: 'awaiting_admin',
    leg_needs_admin: 'awaiting_admin',
    access_needs_admin: 'awaiting_admin',
    admin_approved: 'needs_reconnect',
    access_works: 'connected',
    consent_revoked: 'needs_reconnect',
    lapsed: 'illegal',
    deleted: 'deleted',
  },
  connected: {
    authorised: 'connected',
    denied: 'connected',
    leg_failed: 'connected',
    leg_needs_admin: 'connected',
    access_needs_admin: 'awaiting_admin',
    admin_approved: 'connected',
    access_works: 'connected',
    consent_revoked: 'needs_reconnect',
    lapsed: 'illegal',
    deleted: 'deleted',
  },
  needs_reconnect: {
    authorised: 'connected',
    denied: 'needs_reconnect',
    leg_failed: 'needs_reconnect',
    leg_needs_admin: 'awaiting_admin',
    access_needs_admin: 'needs_reconnect',
    admin_approved: 'illegal',
    access_works: 'needs_reconnect',
    consent_revoked: 'needs_reconnect',
    lapsed: 'illegal',
    deleted: 'deleted',
  },
  deleted: {
    authorised: 'illegal',
    denied: 'illegal',
    leg_failed: 'illegal',
    leg_needs_admin: 'illegal',
    access_needs_admin: 'illegal',
    admin_approved: 'illegal',
    access_works: 'illegal',
    consent_revoked: 'illegal',
    lapsed: 'illegal',
    deleted: 'illegal',
  },
};

/** What `event` makes of a connection in `phase`. `illegal` means that nothing may change. */
export function afterEvent(phase: ConnectionPhase, event: PhaseEvent): PhaseOutcome {
  return TABLE[phase][event];
}
