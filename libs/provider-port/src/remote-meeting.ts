import type { Attendee, Instant, MeetingTime, OriginalStart, Person, Response, Visibility } from '@daybook/domain';

/** A calendar as the provider lists it. */
export interface RemoteCalendar {
  readonly remoteId: string;
  readonly name: string;
  readonly colour: string | null;
  /** IANA; null where the provider gave none we know. */
  readonly timeZone: string | null;
  readonly primary: boolean;
  /** Whether the person's own role allows writing events. */
  readonly writable: boolean;
  /** Whether the person's own calendar list shows it. */
  readonly shown: boolean;
  /** Whether the person owns it: then an event without an organizer is theirs. */
  readonly owned: boolean;
}

/** What every item carries, whatever its place in a series. Texts are as the provider sent them, cut to sane lengths. */
export interface MeetingContent {
  readonly title: string;
  readonly description: string;
  readonly location: string;
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  readonly organizer: Person | null;
  readonly attendees: readonly Attendee[];
  /** False where the provider left some out: then they must never be written back. */
  readonly attendeesComplete: boolean;
  /** What the person whose mailbox it is has answered, where the provider says that apart: who came by a group is no guest by name. */
  readonly response?: Response;
  readonly visibility: Visibility;
  readonly busy: boolean;
  readonly conferenceUris: readonly string[];
  readonly conferencePasscodes: readonly string[];
  readonly urlFields: readonly string[];
  /** The provider's own page of the item, http or https only. */
  readonly webLink: string | null;
}

/** What we wrote on an event of ours, to know it again whichever connection brings it. */
export interface MeetingMarker {
  readonly deployment: string;
  readonly meetingId: string;
}

interface Addressed {
  /** Unique within its calendar, case-sensitive. */
  readonly remoteId: string;
  /** Changes with every change of the item: an etag, a change key. */
  readonly version: string;
  readonly iCalUid: string | null;
}

export interface RemoteSingle extends Addressed {
  readonly kind: 'single';
  readonly content: MeetingContent;
  readonly marker: MeetingMarker | null;
}

export interface RemoteSeries extends Addressed {
  readonly kind: 'series';
  readonly content: MeetingContent;
  readonly marker: MeetingMarker | null;
  /** RFC 5545 lines: RRULE, RDATE, EXDATE. */
  readonly lines: readonly string[];
}

/** An occurrence that differs from its series. The series may be unknown to us (an invitation to one occurrence). */
export interface RemoteException extends Addressed {
  readonly kind: 'exception';
  readonly seriesRemoteId: string;
  readonly originalStart: OriginalStart;
  readonly content: MeetingContent;
  readonly marker: MeetingMarker | null;
}

/** An occurrence taken out of its series: kept while the series lives. */
export interface RemoteCancelledOccurrence {
  readonly kind: 'cancelled';
  readonly remoteId: string;
  readonly version: string;
  readonly seriesRemoteId: string;
  readonly originalStart: OriginalStart;
}

export type RemoteMeeting = RemoteSingle | RemoteSeries | RemoteException | RemoteCancelledOccurrence;

export type RemoteChange<T> =
  | { readonly type: 'upserted'; readonly item: T }
  | { readonly type: 'removed'; readonly remoteId: string }
  /** An item we cannot hold: counted and kept aside, never invented around. */
  | { readonly type: 'unreadable'; readonly remoteId: string; readonly reason: string };

/** Opaque to everyone but the adapter that made it. */
export type Cursor = string;

export interface DeltaPage<T> {
  readonly changes: readonly RemoteChange<T>[];
  /** Where a broken-off listing may go on; null where the provider offers none. Refused later: the listing starts again. */
  readonly continuation: Cursor | null;
  /** Only on the last page of an unbounded listing: from where the next delta run goes on. */
  readonly resume: Cursor | null;
  /** True only when the provider said that the listing is at its end; an empty page says nothing. */
  readonly complete: boolean;
  /**
   * The stretch of time an unbounded listing or delta covers, where the provider lists no more than one: what lies outside of
   * it is not shown and is not gone.
   */
  readonly coverage?: Coverage;
  /** Series of which all items there are stand on this page: what else is known of them is gone. */
  readonly wholeSeries?: readonly string[];
}

/** From (inclusive) to (exclusive). */
export interface Coverage {
  readonly from: Instant;
  readonly to: Instant;
}

/** `all` is the listing a cursor comes from; `between` is a glance at a stretch of time and gives no cursor. */
export type SyncWindow =
  { readonly type: 'all' } | { readonly type: 'between'; readonly from: Instant; readonly to: Instant };
