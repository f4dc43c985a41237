/** The exact types of a recurrence, as RFC 5545 means it and as far as Daybook supports it. */
import type { Instant, ZoneId } from '../time/zone-offsets';

export type Frequency = 'daily' | 'weekly' | 'monthly' | 'yearly';

/** A weekday (0 = Monday … 6 = Sunday), alone or as the n-th of its month or year (negative: from the end). */
export interface ByDay {
  readonly weekday: number;
  readonly nth: number | null;
}

/** A moment as written in UNTIL, RDATE or EXDATE. Civil seconds and day numbers count from 1970-01-01. */
export type LineTime =
  | { readonly kind: 'date'; readonly day: number }
  | { readonly kind: 'civil'; readonly seconds: number; readonly zone: ZoneId | null }
  | { readonly kind: 'instant'; readonly instant: Instant };

export type RuleEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'until'; readonly until: LineTime };

/** One RRULE. Empty lists mean that the part is absent. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly end: RuleEnd;
  /** First day of the week, 0 = Monday. */
  readonly weekStart: number;
  readonly byMonth: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly ByDay[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySecond: readonly number[];
  readonly bySetPos: readonly number[];
}

/** An RDATE; `lengthSeconds` only where it was written as a period. */
export interface AddedDate {
  readonly at: LineTime;
  readonly lengthSeconds: number | null;
}

export interface Recurrence {
  readonly rules: readonly Rule[];
  readonly added: readonly AddedDate[];
  readonly excluded: readonly LineTime[];
}

/**
 * Why lines are refused. `sub_daily`: FREQ below a day · `unsupported`: EXRULE, RSCALE, unknown parts · `malformed`: not
 * RFC 5545 · `out_of_range`: a number or date beyond its bounds · `impossible`: no date can ever match · `too_long`: more
 * text or values than anyone writes · `too_dense`: too many times a day · `conflict`: parts that exclude each other ·
 * `bad_zone`, `bad_start`: the zone or start of the series itself.
 */
export type RefusalCode =
  | 'sub_daily'
  | 'unsupported'
  | 'malformed'
  | 'out_of_range'
  | 'impossible'
  | 'too_long'
  | 'too_dense'
  | 'conflict'
  | 'bad_zone'
  | 'bad_start';

export interface RecurrenceRefusal {
  readonly code: RefusalCode;
  /** The offending text, at most 80 characters. */
  readonly part: string;
}

export type RecurrenceReading =
  { readonly ok: true; readonly recurrence: Recurrence } | { readonly ok: false; readonly refusal: RecurrenceRefusal };
