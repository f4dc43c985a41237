import type { CalendarRecord } from './records';

export interface ReviewPage {
  readonly itemIds: readonly string[];
  readonly more: boolean;
}

/** What a person says to a review, as they saw it. */
export interface ReviewAnswer {
  readonly calendar: CalendarRecord;
  readonly version: string;
  readonly actorId: string;
}

/** Runs that are held until somebody has looked at them. Answers are false where the review is another by now. */
export interface ReviewStore {
  /** What a held run would remove, a page at a time from 0 on. */
  page(calendarId: string, page: number): Promise<ReviewPage>;
  /** Exactly what the review is about may go with the next run, which is due. */
  apply(answer: ReviewAnswer): Promise<boolean>;
  /** The review is over, everything stays, and the whole calendar is due to be listed again. */
  resync(answer: ReviewAnswer): Promise<boolean>;
}
