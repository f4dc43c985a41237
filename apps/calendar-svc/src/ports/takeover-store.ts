import type { RemoteIdForm } from '@daybook/provider-port';
import type { CalendarRecord, ConnectionRecord } from './records';

/** How a calendar is called from now on; null: the new provider does not show it. */
export interface NewName {
  readonly calendar: CalendarRecord;
  readonly remoteId: string | null;
}

export interface CalendarsToRename {
  readonly connection: ConnectionRecord;
  readonly names: readonly NewName[];
  /** Of the remote ids of before; null where no other provider knows it. */
  readonly form: RemoteIdForm | null;
  readonly now: Date;
}

/** Where a meeting of ours lay before and is still to be removed from, with the keys that it may have been made with there. */
export interface PlaceToRename {
  readonly remoteId: string;
  readonly keys: readonly string[];
}

/**
 * What is stored of a connection that another provider reads from now on. Every method may be called again after a crash, and only
 * under the connection's lease.
 */
export interface TakeoverStore {
  /** The method has changed, and its provider is the same. */
  keepNames(connection: ConnectionRecord): Promise<void>;
  /**
   * In one transaction: calendars go by new names, cursors and channels of the provider before are forgotten, and the connection is
   * named by its method. False where the connection is not any more as it is given.
   */
  renameCalendars(change: CalendarsToRename): Promise<boolean>;
  /** Everything in it goes by a former name until it is renamed or shown; its next step is `translate`. */
  markItems(calendar: CalendarRecord): Promise<void>;
  /** Former names in it, some at a time. */
  formerNames(calendarId: string): AsyncIterable<readonly string[]>;
  formerPlaces(calendarId: string): Promise<readonly PlaceToRename[]>;
  /** New names by former ones; what goes by none of these stays as it is. */
  renameItems(calendarId: string, names: ReadonlyMap<string, string>): Promise<void>;
  /** Its next step is `list`. */
  endTranslation(calendarId: string): Promise<void>;
}
