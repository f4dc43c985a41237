import type {
  DraftField,
  MeetingDraft,
  MeetingMarker,
  RejectedBecause,
  RemoteMeeting,
  WriteTarget,
} from '@daybook/provider-port';

/** One intention that the provider has not answered yet. Edits of the same item that come later become part of it. */
export interface WaitingWrite {
  /** Our own name of it, good for logs. */
  readonly id: string;
  readonly operation: 'create' | 'update' | 'remove';
  readonly calendarRemoteId: string;
  readonly timeZone: string | null;
  /** Of a create: the same for all its attempts. */
  readonly key: string;
  /** Null while nothing is known to be there: a create. */
  readonly target: WriteTarget | null;
  readonly marker: MeetingMarker;
  /** As both sides last agreed it to be; null of a create. */
  readonly agreed: MeetingDraft | null;
  /** As it is meant to be; null of a removal. */
  readonly intended: MeetingDraft | null;
  /** What the last request that went out asked for; null: nothing ever went out. Then the provider may have it. */
  readonly sent: MeetingDraft | 'removal' | null;
  /** The provider's version that `agreed` is of; null where none is known: a create, or an occurrence without one of its own. */
  readonly version: string | null;
  readonly notify: boolean;
  /** How often it failed in a way nobody can explain. */
  readonly attempts: number;
}

export type WriteRefusal =
  | RejectedBecause
  | 'provider_refused'
  | 'permission_missing'
  | 'calendar_gone'
  | 'item_gone'
  | 'cannot_be_written'
  | 'provider_fault';

/**
 * How the item came to us: as the answer to what was sent (all of it is agreed then), or read because the answer is missing or
 * the versions differ (then it is merged).
 */
export type SettleHow = 'answered' | 'found';

/**
 * The durable queue of one connection under its lease. In order for each item, and an occurrence after what was meant with its
 * series before it; every method is one transaction.
 */
export interface WriteQueue {
  /** The write to try next, or null: nothing is due but those of `except`, by their ids. */
  next(now: number, except?: ReadonlySet<string>): Promise<WaitingWrite | null>;
  /**
   * Notes what is about to go out. Nothing is sent before this is durable, and nothing at all where it is `overtaken`: the
   * intention has been taken back or become another operation since `next` gave it. An edit that only joined it overtakes
   * nothing.
   */
  sending(write: WaitingWrite, what: MeetingDraft | 'removal'): Promise<'noted' | 'overtaken'>;
  /**
   * Takes over the provider's item: version, content, an event where something is new. What `mergeMeeting` leaves of the
   * intention as it is by now stays in the queue, based on this version (`left`, nothing is `sent` any more; attempts
   * count on, or what never goes through would be tried for ever); else the write is through. What was sent is `write.sent`: of an answer, what it answers. The item counts as seen
   * by a listing that is under way, which may have passed its place already.
   */
  settle(write: WaitingWrite, item: RemoteMeeting, how: SettleHow): Promise<'done' | 'left'>;
  /** Both sides agree already, and nothing ever went out. An edit that joined meanwhile stays in the queue. */
  through(write: WaitingWrite): Promise<void>;
  /**
   * The item is not there (any more): a removal is through, of an update the provider's removal wins and is told. A removal
   * taken back meanwhile was too late.
   */
  gone(write: WaitingWrite): Promise<void>;
  /** Undoes the intention, with all that joined it, and says why. */
  refuse(write: WaitingWrite, why: WriteRefusal): Promise<void>;
  /** Not before then, with so many attempts counted; what is behind it for other items goes on. */
  postpone(write: WaitingWrite, until: number, attempts: number): Promise<void>;
}

/** A field both sides changed: the provider's stays, ours is kept to be shown. */
export interface LostField {
  readonly field: DraftField;
  readonly ours: MeetingDraft;
}
