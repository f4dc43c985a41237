import type { ItemChange, StoredUnit } from '../use-cases/plan-changes';
import type { CalendarRecord } from './records';

/** What a person means, for one unit of one calendar. */
export interface Intention {
  /** Where the unit lies from now on. */
  readonly calendarId: string;
  /** A single's or a series' id. */
  readonly unitId: string;
  readonly stored: StoredUnit;
  readonly items: readonly ItemChange[];
}

export interface CommitOptions<Tx> {
  /** Calendars whose readers see something go or come besides those of the intentions. */
  readonly alsoIn?: readonly string[];
  /** In the same transaction, last. */
  readonly last?: (tx: Tx) => Promise<void>;
}

/** People's intentions, committed at once whatever run is under way. */
export interface MeetingWriter<Tx> {
  /** Where a person's meetings lie that are in no calendar of theirs; made when it is needed first. */
  ownCalendar(person: { readonly userId: string; readonly accountId: string }): Promise<CalendarRecord>;
  /** A single or a series with all its exceptions and rows, as stored now. */
  unit(unitId: string): Promise<StoredUnit>;
  /** One transaction; false, with nothing written, where something of the units has changed since they were read. */
  commit(intentions: readonly Intention[], options?: CommitOptions<Tx>): Promise<boolean>;
}
