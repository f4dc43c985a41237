import type { Attendee, MeetingTime, OriginalStart, Visibility } from '@daybook/domain';
import type { MeetingMarker, RemoteMeeting } from './remote-meeting';

/** What we may write of a meeting, whole: nothing else of a provider's item is ever touched. */
export interface MeetingDraft {
  /** Plain text without control characters. */
  readonly title: string;
  readonly description: string;
  readonly location: string;
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  /** RFC 5545 lines (RRULE, RDATE, EXDATE); none for a meeting that happens once. */
  readonly lines: readonly string[];
  /** All of them: a provider replaces its list by ours. */
  readonly attendees: readonly Attendee[];
  readonly visibility: Visibility;
}

export type DraftField = 'title' | 'description' | 'location' | 'time' | 'attendees' | 'visibility';

/** An item by its own name, or an occurrence by its series and where it stood: it may have no name of its own yet. */
export type WriteTarget =
  | { readonly type: 'item'; readonly remoteId: string }
  | { readonly type: 'occurrence'; readonly seriesRemoteId: string; readonly originalStart: OriginalStart };

interface InCalendar {
  readonly calendarRemoteId: string;
  /** The calendar's own zone, for times that name none in the answer; null where it has none we know. */
  readonly timeZone: string | null;
}

export interface CreateRequest extends InCalendar {
  /** The same for each attempt of one intention, and of no other: 20 to 60 characters of 0-9 and a-v. */
  readonly key: string;
  readonly draft: MeetingDraft;
  readonly marker: MeetingMarker;
  /** Whether the provider may mail attendees. */
  readonly notify: boolean;
}

export interface UpdateRequest extends InCalendar {
  readonly target: WriteTarget;
  /** The version the change was made for; another one there is a `VersionConflict`. */
  readonly ifVersion: string;
  readonly draft: MeetingDraft;
  /** The fields of the draft to write; all others stay as they are there. `time` is start, end and lines together. */
  readonly fields: readonly DraftField[];
  readonly notify: boolean;
}

export interface RemoveRequest extends InCalendar {
  readonly target: WriteTarget;
  /** Null removes whatever is there now. */
  readonly ifVersion: string | null;
  readonly notify: boolean;
}

/**
 * Writing to one mailbox. Each call is one conditional request; nothing is retried here. An answer that never came is
 * `Unavailable`: the write may be in effect, and `made` or `read` tell.
 */
export interface CalendarWrites {
  /** The item as it is now. Repeated with the same key it gives the item made before; `Rejected` where that was deleted since. */
  create(request: CreateRequest): Promise<RemoteMeeting>;
  update(request: UpdateRequest): Promise<RemoteMeeting>;
  /** `Gone` where there is nothing (any more). An occurrence becomes a cancelled one of its series. */
  remove(request: RemoveRequest): Promise<void>;
  /** What a create with this key has made; null where it has made nothing, or what it made was deleted. */
  made(request: Pick<CreateRequest, 'calendarRemoteId' | 'timeZone' | 'key'>): Promise<RemoteMeeting | null>;
  /** The item or occurrence as it is now; null where it is gone or cancelled. */
  read(request: InCalendar & { readonly target: WriteTarget }): Promise<RemoteMeeting | null>;
  /**
   * What an item made with this key is called, where we choose the name: then it is known in a listing before its answer has
   * come. Absent where the provider chooses.
   */
  remoteIdOf?(key: string): string;
}
