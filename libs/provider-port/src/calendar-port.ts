import type { CalendarWrites } from './calendar-writes';
import type { Cursor, DeltaPage, RemoteCalendar, RemoteChange, RemoteMeeting, SyncWindow } from './remote-meeting';

/** Access for minutes, handed to one run; only transport opens it. */
export interface ProviderAccess {
  readonly token: string;
}

export interface ChangesRequest {
  readonly calendarRemoteId: string;
  /** Null lists everything there is. */
  readonly since: Cursor | null;
  readonly window: SyncWindow;
  /** A `continuation` of an earlier page of the same listing. */
  readonly continueAt: Cursor | null;
}

export interface ItemRequest {
  readonly calendarRemoteId: string;
  readonly remoteId: string;
  /** The calendar's own zone, for times that name none; null where it has none we know. */
  readonly timeZone: string | null;
}

/** The forms of remote ids that more than one provider knows of the same mailbox. */
export type RemoteIdForm = 'ewsId';

export interface TranslateRequest {
  readonly of: 'calendars' | 'items';
  /** The form that `remoteIds` are in. */
  readonly form: RemoteIdForm;
  readonly remoteIds: readonly string[];
}

/**
 * One mailbox for one run. Adapters translate and page; they never retry, sleep or store, and throw only `ProviderError`
 * (`CursorExpired` for a cursor or continuation the provider no longer takes).
 */
export interface CalendarSession {
  /**
   * A remote id that always means the mailbox's own calendar, where the provider has one: its next days can be asked for
   * before anybody knows how it is called.
   */
  readonly primary?: string;
  calendars(): AsyncIterable<readonly RemoteCalendar[]>;
  changes(request: ChangesRequest): AsyncIterable<DeltaPage<RemoteMeeting>>;
  /**
   * One item as it is now, read as a listing would. Absent where the provider cannot name one. Throws `Gone` where there is
   * none of that name; one the provider still knows as deleted is `removed`.
   */
  item?(request: ItemRequest): Promise<RemoteChange<RemoteMeeting>>;
  /**
   * How this provider calls what another one's remote ids name in the same mailbox; what cannot be told is left out. Absent
   * where no other provider's ids are known.
   */
  translateIds?(request: TranslateRequest): Promise<ReadonlyMap<string, string>>;
  /** Absent where this provider's calendars are only read. */
  readonly writes?: CalendarWrites;
}

export interface CalendarPort {
  /** Requests that may be under way at once for one mailbox. */
  readonly requestsAtOnce: number;
  /** The form of its remote ids, where other providers may know it. */
  readonly remoteIdForm?: RemoteIdForm;
  /**
   * Present where the provider mails attendees with every write of an event that has some, whatever `notify` says: then such
   * an event is not written unless a person asked for mail.
   */
  readonly mailsAttendees?: 'always';
  open(access: ProviderAccess): CalendarSession;
}
