import type { ChannelNews, RemoteCalendar, Subscription } from '@daybook/provider-port';
import type { StandingProblem } from '@daybook/contracts';
import type { CalendarRecord, ChannelRecord, ConnectionRecord } from './records';

/** How a calendar's run ended, where it did not finish. */
export interface CalendarFailure {
  readonly problem: StandingProblem;
  readonly failures: number;
  readonly nextSyncAt: Date;
}

export interface ListedCalendars {
  readonly added: number;
  /** Missing from two complete listings in a row. */
  readonly gone: readonly CalendarRecord[];
}

export interface CalendarChoice {
  /** As the person saw it. */
  readonly calendar: CalendarRecord;
  readonly selected: boolean;
  readonly ifVersion: number | null;
  readonly actorId: string;
}

export interface PurgeCounts {
  readonly meetings: number;
  readonly ledgerEntries: number;
  readonly outboxRows: number;
}

/** Calendars and the connections they belong to, as far as syncing needs them. */
export interface CalendarStore {
  connection(connectionId: string): Promise<ConnectionRecord | null>;
  /** Those the provider still has. */
  calendarsOf(connectionId: string): Promise<CalendarRecord[]>;
  /** Also those it no longer has, of which readers of changes are still told. */
  everyCalendarOf(connectionId: string): Promise<CalendarRecord[]>;
  calendar(calendarId: string): Promise<CalendarRecord | null>;
  /** Calendars of a person, retired ones too, in a stable order. */
  calendarsOfUser(userId: string): Promise<CalendarRecord[]>;
  connectionsOfUser(userId: string): Promise<ConnectionRecord[]>;
  /** The same of everybody in an account. */
  calendarsOfAccount(accountId: string): Promise<CalendarRecord[]>;
  connectionsOfAccount(accountId: string): Promise<ConnectionRecord[]>;
  /** Connections with something due: a run, a listing, a channel (where push is possible at all), or a purge. By id, those after one. */
  dueConnections(now: Date, options: { limit: number; push: boolean; after?: string }): Promise<string[]>;

  /** Of how many meetings something is due to be written to a connection. */
  dueWrites(connectionId: string, now: Date): Promise<number>;

  /** Takes over auth-svc's word unless it is older than what is there; says whether anything changed. */
  followConnection(record: ConnectionRecord): Promise<boolean>;
  noteConnection(
    connectionId: string,
    change: Partial<Pick<ConnectionRecord, 'notBefore' | 'failures' | 'problem' | 'listDueAt' | 'listedAt'>>,
  ): Promise<void>;

  /** Adds, updates and revives the calendars of a complete listing, and notes which are missing; removes none. */
  saveListing(connection: ConnectionRecord, calendars: readonly RemoteCalendar[], now: Date): Promise<ListedCalendars>;
  /** The provider has it no longer, and its items are gone: only readers of changes still know it, for as long as removals are kept. */
  retire(calendar: CalendarRecord): Promise<void>;
  noteFailure(calendarId: string, failure: CalendarFailure): Promise<void>;
  /** A durable hint: the calendar is due now. False when there is no such calendar. */
  requestSync(calendarId: string): Promise<boolean>;
  /** The same of many at once; those that are not there are nobody's. Fails, rather than wait, where the database is held up. */
  requestSyncs(calendarIds: readonly string[]): Promise<void>;
  requestSyncOfConnection(connectionId: string, now: Date): Promise<void>;
  /** Null when the version is stale. */
  select(choice: CalendarChoice): Promise<CalendarRecord | null>;

  calendarOfChannel(channelId: string): Promise<CalendarRecord | null>;
  openChannel(calendarId: string, channel: ChannelRecord): Promise<void>;
  /** The provider's word on the channel, and when it is due again; nothing where it is not the calendar's any more. */
  confirmChannel(calendarId: string, channel: ChannelRecord, dueAt: Date): Promise<void>;
  /**
   * Durable like a hint: the channel is due now, and forgotten where it is gone. Of one that was replaced nothing becomes due.
   * Fails, rather than wait, where the database is held up.
   */
  hearOfChannel(calendarId: string, channelId: string, news: ChannelNews): Promise<void>;
  /** Whether a channel of another calendar goes by the name of one of these, the provider's or ours. */
  othersGoBy(calendarId: string, subscriptions: readonly Subscription[]): Promise<boolean>;
  noteChannelDue(calendarId: string, at: Date): Promise<void>;
  dropChannel(calendarId: string, channelId: string): Promise<void>;

  /** The calendar goes: what was scheduled here is in no calendar from now on. */
  releaseOwn(calendar: CalendarRecord): Promise<void>;
  /** Removes a calendar and everything stored of it, and tells other services that its meetings are cancelled. */
  purgeCalendar(calendar: CalendarRecord): Promise<PurgeCounts>;
  forgetConnection(connection: ConnectionRecord, counts: PurgeCounts & { calendars: number }): Promise<void>;
}
