import type { MeetingRecord, OccurrenceRecord, RemovalRecord } from './records';

/** Content as lists need it: without the long text. */
export type ListedMeeting = Omit<MeetingRecord, 'content'> & {
  content: Omit<NonNullable<MeetingRecord['content']>, 'description'> | null;
};

export interface RowRange {
  /** Whose meetings: one person's, or those of a whole account. */
  readonly userIds: readonly string[];
  readonly calendarIds: readonly string[];
  /** Of these calendars only meetings scheduled here. */
  readonly ownOnly: ReadonlySet<string>;
  readonly from: Date;
  readonly to: Date;
  /** Rows that began longer before `from` cannot still be running. */
  readonly longestMs: number;
  /** Rows after this one, in the order of start and id. */
  readonly after: { readonly startsAt: Date; readonly id: string } | null;
  readonly limit: number;
}

export interface RevisionPosition {
  readonly rev: number;
  readonly id: string;
}

/** Reads for people; never writes. */
export interface MeetingReader {
  rows(range: RowRange): Promise<OccurrenceRecord[]>;
  rowsById(ids: readonly string[]): Promise<OccurrenceRecord[]>;
  /** Rows of the same meetings in any of the calendars. */
  rowsByIdentity(
    userIds: readonly string[],
    identities: readonly string[],
    calendarIds: readonly string[],
    ownOnly: ReadonlySet<string>,
  ): Promise<OccurrenceRecord[]>;
  listed(ids: readonly string[]): Promise<Map<string, ListedMeeting>>;
  meeting(id: string): Promise<MeetingRecord | null>;
  exceptionsOf(seriesIds: readonly string[]): Promise<MeetingRecord[]>;
  /** Items that may have occurrences in a stretch outside the stored rows. */
  itemsTouching(
    range: Pick<RowRange, 'userIds' | 'calendarIds' | 'ownOnly' | 'from' | 'to' | 'longestMs'>,
  ): Promise<MeetingRecord[]>;
  changedRows(
    calendar: { readonly id: string; readonly ownOnly: boolean },
    after: RevisionPosition,
    limit: number,
  ): Promise<OccurrenceRecord[]>;
  removals(calendarId: string, after: RevisionPosition, limit: number): Promise<RemovalRecord[]>;
}
