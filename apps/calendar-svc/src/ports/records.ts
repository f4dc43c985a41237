import type { Attendee, JoinFinding, MeetingTime, OriginalStart } from '@daybook/domain';
import type { DraftField, MeetingContent, MeetingDraft, RemoteIdForm } from '@daybook/provider-port';
import type { ConnectionMethod, RefusalCode, ServiceName, StandingProblem } from '@daybook/contracts';

/*
 * What calendar-svc keeps, one interface a collection. Instants are BSON dates, so that ranges use indexes; civil times stay
 * beside them as the author wrote them.
 */

/** `connections`: what auth-svc told us, plus our own pace. Never a secret. */
export interface ConnectionRecord {
  _id: string;
  accountId: string;
  userId: string;
  service: ServiceName;
  method: ConnectionMethod;
  /** The method whose provider has given the remote ids stored here; absent where that is `method`. */
  namedBy?: ConnectionMethod;
  /** Its calendars were given other names once: see there. */
  renamed?: true;
  /** How often the person has decided something or the provider granted it, by auth-svc's count. */
  decisions?: number;
  addresses: string[];
  /** Whether calendars may be read now. */
  status: 'live' | 'stopped' | 'deleted';
  readable: boolean;
  /** Whether events may be written to calendars, as far as person, provider and policy allow it. */
  writable: boolean;
  revision: number;
  receiptId: string | null;
  /** When the list of calendars is due again. */
  listDueAt: Date;
  listedAt: Date | null;
  /** No call before then: the provider's own word, or our back-off. */
  notBefore: Date | null;
  failures: number;
  problem: StandingProblem | null;
}

export interface ChannelRecord {
  channelId: string;
  tokenHash: string;
  resourceId: string | null;
  expiresAt: Date;
}

/** `calendars` */
export interface CalendarRecord {
  _id: string;
  connectionId: string;
  accountId: string;
  userId: string;
  /** Null: it belongs to no connection, and holds what a person scheduled without a calendar. */
  service: ServiceName | null;
  remoteId: string;
  /** Its provider has changed, so that ids of items here can no longer be worked out from their remote ids. */
  renamed?: true;
  /** What is still to be done since then; absent or null: nothing. `form` is that of the remote ids before, where others know it. */
  takeover?: { step: TakeoverStep; form: RemoteIdForm | null } | null;
  name: string;
  colour: string | null;
  timeZone: string | null;
  primary: boolean;
  writable: boolean;
  owned: boolean;
  selected: boolean;
  /** The person's own choice outlives what the provider's list says. */
  selectedByPerson: boolean;
  version: number;
  /** Raised in the transaction of every visible change. */
  rev: number;
  /** The holder of the connection's lease whose transactions may change it. */
  fence: number;
  /** Raised by each intention of a person: a run's transaction that was planned before it has to be planned again. */
  intents: number;
  requested: number;
  served: number;
  cursor: string | null;
  listing: { generation: number; continuation: string | null; initial: boolean } | null;
  generation: number;
  glanced: boolean;
  nextSyncAt: Date;
  lastSuccessAt: Date | null;
  failures: number;
  problem: StandingProblem | null;
  /** Since when no listing has shown it; null while it is there. */
  missingSince: Date | null;
  /** Gone at the provider and emptied here. It is kept as long as its removals, for readers of changes. */
  retiredAt: Date | null;
  review: HeldReview | null;
  /** What was let through last, for undo: how much, and since when it went. Gone when it is undone. */
  letThrough?: { removed: number; since: Date };
  /** Items put aside because they could not be read, and when the next of them is asked for again; null: none is. */
  unreadable: number;
  asideDueAt: Date | null;
  /** Items stored during the first sync, for its progress. */
  progress: number;
  /** Longest event in milliseconds ever stored: how far back a list has to look for events still running. */
  longestMs: number;
  /** The stretch occurrences are stored for, and the zone data they were computed with. */
  coverage: { from: Date; to: Date; zoneData: string };
  /** The stretch that the last finished run covered; absent where the provider shows everything. */
  shown?: { from: Date; to: Date };
  channel: ChannelRecord | null;
  /** When a channel is to be opened or renewed. */
  channelDueAt: Date;
  /** Replaced but not yet ended at the provider. */
  oldChannels: ChannelRecord[];
}

/**
 * One after the other: `mark`: items are to be marked as going by former names · `translate`: those are to be translated ·
 * `list`: everything is to be listed once, which finds by their content whom no translation has found.
 */
export type TakeoverStep = 'mark' | 'translate' | 'list';

/** What is still of the provider before: the remote id with the version, or only the version. */
export type FormerPart = 'name' | 'version';

/** A run is held, because it would remove what its `reviews` rows name. */
export interface HeldReview {
  removing: number;
  existing: number;
  since: Date;
  /** Of the set of what would vanish; empty where nobody has noted it yet. */
  version: string;
  /** Who has let exactly that through, for the next run. */
  appliedBy: string | null;
}

/** `meetings`: one item of a provider's calendar, or an occurrence taken out of a series. */
export interface MeetingRecord {
  /** Of calendar and remote id; an exception's is its series' id and original start, like the occurrence it replaces. */
  _id: string;
  calendarId: string;
  connectionId: string;
  accountId: string;
  userId: string;
  remoteId: string;
  remoteVersion: string;
  /** Since its connection has changed to another provider, and until that one has shown it. */
  former?: FormerPart;
  iCalUid: string | null;
  kind: 'single' | 'series' | 'exception' | 'cancelled';
  seriesId: string | null;
  originalStart: OriginalStart | null;
  lines: string[];
  content: MeetingContent | null;
  startsAt: Date;
  endsAt: Date;
  /** Of a series: the end of its last occurrence; null where it has none. */
  lastEndsAt: Date | null;
  join: JoinFinding | null;
  origin: 'client' | 'provider';
  /** Only of what was scheduled here or has something to be written. */
  writing?: WritingPart;
  /** Grows by one with each event of the item. */
  sequence: number;
  rev: number;
}

/** The number, passcode and link that the brand's host gave a meeting; separate events of it share them. */
export interface HostedMeeting {
  readonly kind: 'meeting' | 'webinar';
  readonly number: string;
  readonly passcode: string;
  readonly url: string;
}

/** What a meeting has because it is written to its calendar, and not only read from it. */
export interface WritingPart {
  hosted: HostedMeeting | null;
  /** Attendees whom the provider does not know, because it would have mailed them. */
  kept?: readonly Attendee[];
  /** How often it was created in a calendar: each time under a key of its own. */
  creations: number;
  /** Raised by each intention: part of the version people see. */
  edits: number;
  /** Raised by each step of a write that changes nothing else, so that an intention read before it is read again. */
  steps: number;
  pending: PendingWrite | null;
  /** Where it lay before, and is still to be removed. */
  left: LeftPlace[];
  refused: { operation: PendingWrite['operation']; at: Date; code: RefusalCode } | null;
  /** Fields entered here that gave way to the provider's change of the same field. */
  overridden: { field: DraftField; value: string; at: Date }[];
}

/** What waits to be written. What is meant is the record's own content; of a removal it is that the record goes. */
export interface PendingWrite {
  operation: 'create' | 'update' | 'remove';
  since: Date;
  /** As both sides last agreed; null of a creation. */
  agreed: MeetingDraft | null;
  /** What the last request that went out asked for; null: none did. */
  sent: MeetingDraft | 'removal' | null;
  notify: boolean;
  attempts: number;
  notBefore: Date;
}

/** An item of a provider's that is to go, because its meeting lies elsewhere now. */
export interface LeftPlace {
  connectionId: string;
  calendarId: string;
  remoteId: string;
  remoteVersion: string;
  former?: FormerPart;
  since: Date;
  sent: boolean;
  notify: boolean;
  attempts: number;
  notBefore: Date;
}

/** `occurrences`: one row of a list, within the calendar's coverage. */
export interface OccurrenceRecord {
  _id: string;
  /** The document with its content: a single, a series or an exception. */
  itemId: string;
  seriesId: string | null;
  calendarId: string;
  userId: string;
  /** The same for copies of one meeting in several calendars: iCalUID and original start. */
  identity: string;
  /** Of a meeting scheduled here: it shows also where the provider's do not. */
  own?: true;
  startsAt: Date;
  endsAt: Date;
  start: MeetingTime;
  end: MeetingTime;
  originalStart: OriginalStart | null;
  rev: number;
}

/** `removals`: what a reader of changes must be told is gone, and where a returning item's sequence goes on. Kept 30 days. */
export interface RemovalRecord {
  _id: string;
  calendarId: string;
  rev: number;
  sequence: number;
  at: Date;
  /** The id is in use again; only its sequence still matters. */
  hidden: boolean;
  /** Of the row that went: copies of it in other calendars may show now. Null where it had none. */
  identity: string | null;
  /** The row is still there, under another identity. */
  regrouped: boolean;
}

/** `ledger`: every change of an item with what it replaced. Kept 30 days, for undo and for reading back. */
export interface LedgerRecord {
  _id: string;
  calendarId: string;
  connectionId: string;
  itemId: string;
  at: Date;
  by: 'provider' | 'client';
  action: 'created' | 'updated' | 'removed';
  sequence: number;
  remoteVersion: string;
  before: MeetingRecord | null;
}

/** `sync_runs`: the ids one page of a listing has shown. */
export interface ListedPageRecord {
  _id: string;
  calendarId: string;
  generation: number;
  remoteIds: string[];
}

/** `reviews`: a page of what a held run would remove, gone with the review. */
export interface ReviewPageRecord {
  _id: string;
  calendarId: string;
  page: number;
  remoteIds: string[];
  /** What a person is shown of it, in order: not what was cancelled anyway. */
  itemIds: string[];
}

/** `quarantine`: items that could not be read: counted, asked for again, and gone from here when they are read or removed. */
export interface QuarantineRecord {
  /** Of calendar and remote id. */
  _id: string;
  calendarId: string;
  remoteId: string;
  reason: string;
  /** When it was put aside. */
  at: Date;
  /** How often it was asked for in vain since it was last shown. */
  tries: number;
  /** Null: a dead letter. */
  nextTryAt: Date | null;
  /** When an operator was told. */
  deadSince: Date | null;
}
