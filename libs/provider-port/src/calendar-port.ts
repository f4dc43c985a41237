import type { Cursor, DeltaPage, RemoteCalendar, RemoteMeeting, SyncWindow } from './remote-meeting';

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

/**
 * One mailbox for one run. Adapters translate and page; they never retry, sleep or store, and throw only `ProviderError`
 * (`CursorExpired` for a cursor or continuation the provider no longer takes).
 */
export interface CalendarSession {
  calendars(): AsyncIterable<readonly RemoteCalendar[]>;
  changes(request: ChangesRequest): AsyncIterable<DeltaPage<RemoteMeeting>>;
}

export interface CalendarPort {
  /** Requests that may be under way at once for one mailbox. */
  readonly requestsAtOnce: number;
  open(access: ProviderAccess): CalendarSession;
}
