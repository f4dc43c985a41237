import type { MailboxRecord, SeriesRecord } from '../mailbox/records';
import type { Call } from '../soap/operation';
import type { XmlElement } from '../wire/element';
import type { Fields } from './places';

/** A calendar item as it is kept: what clients set, and what is special about occurrences of a series. */
export interface StoredCalendar {
  readonly fields: Fields;
  readonly series: SeriesRecord | null;
}

export interface KeptCalendar extends StoredCalendar {
  readonly id: string;
  readonly changeKey: string;
}

export interface CalendarContext {
  /** Whose calendar it is. */
  readonly mailbox: MailboxRecord;
  readonly call: Call;
}

/** A write to a calendar item: all of its fields afterwards, and the names of those that the request sets or deletes. */
export interface CalendarWrite {
  readonly fields: Fields;
  readonly sent: readonly string[];
}

/** The same of one occurrence. */
export interface OccurrenceChange extends CalendarWrite {
  readonly day: string;
}

/** One row of a calendar view: an item, or one occurrence of a series. */
export interface ViewRow {
  readonly kept: KeptCalendar;
  readonly day: string | null;
}

export interface ViewRows {
  readonly rows: readonly ViewRow[];
  /** False when there are more than the view asks for. */
  readonly isWhole: boolean;
}

/**
 * What calendar items obey. Items know nothing of recurrence and zones: they ask these rules before they store and after they
 * read a calendar item. Each of them may refuse by an `EwsRefusal`. An occurrence is known by its `day`: the civil date of its
 * original start in the zone of its series (`2026-11-23`).
 */
export interface CalendarRules {
  /** What is stored: times normal, defaults given, computed fields where they are kept. `before` is null for a new item. */
  prepare(write: CalendarWrite, before: StoredCalendar | null, context: CalendarContext): StoredCalendar;
  /** Fields of an item with all that the server computes; those of `Item` (ids, size, rights …) are laid over later. */
  whole(kept: KeptCalendar, context: CalendarContext): Fields;
  /** The same of one occurrence. */
  occurrence(kept: KeptCalendar, day: string, context: CalendarContext): Fields;
  changeOccurrence(kept: KeptCalendar, change: OccurrenceChange, context: CalendarContext): StoredCalendar;
  /** Null when no occurrence is left. */
  deleteOccurrence(kept: KeptCalendar, day: string, context: CalendarContext): StoredCalendar | null;
  /** The day of an `InstanceIndex`, which counts from 1 and counts deleted occurrences. */
  dayAt(kept: KeptCalendar, instanceIndex: number, context: CalendarContext): string;
  /** Days in the `Ranges` of a `RecurringMasterItemIdRanges`; none without any. */
  inRanges(kept: KeptCalendar, ranges: XmlElement | null, context: CalendarContext): readonly string[];
  /** What a `CalendarView` shows, in its order and no more than it asks for. */
  view(view: XmlElement, items: readonly KeptCalendar[], context: CalendarContext): ViewRows;
  occurrenceId(masterId: string, day: string): string;
  /** Null for an id that is not that of an occurrence. */
  readOccurrenceId(id: string): { readonly masterId: string; readonly day: string } | null;
  /** A dateTime of a request in UTC (`…Z`); one without offset is of the zone of the request. */
  timeText(text: string, call: Call): string;
}
