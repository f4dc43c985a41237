import type { DayKind, MonthName, Weekday } from './civil-days';

export const INDEXES = ['First', 'Second', 'Third', 'Fourth', 'Last'] as const;
export type DayIndex = (typeof INDEXES)[number];

/** Which days a series hits: https://learn.microsoft.com/exchange/client-developer/web-service-reference/recurrence-recurrencetype */
export type RecurrencePattern =
  | { readonly kind: 'daily'; readonly interval: number }
  | {
      readonly kind: 'weekly';
      readonly interval: number;
      readonly daysOfWeek: readonly Weekday[];
      readonly firstDayOfWeek: Weekday;
    }
  | { readonly kind: 'absoluteMonthly'; readonly interval: number; readonly dayOfMonth: number }
  | { readonly kind: 'relativeMonthly'; readonly interval: number; readonly day: DayKind; readonly index: DayIndex }
  | { readonly kind: 'absoluteYearly'; readonly month: MonthName; readonly dayOfMonth: number }
  | { readonly kind: 'relativeYearly'; readonly month: MonthName; readonly day: DayKind; readonly index: DayIndex };

export type RangeEnd =
  | { readonly kind: 'noEnd' }
  /** `2026-12-31`, inclusive. */
  | { readonly kind: 'endDate'; readonly endDate: string }
  | { readonly kind: 'numbered'; readonly count: number };

export interface Recurrence {
  readonly pattern: RecurrencePattern;
  /** `2026-11-23`, in the zone of the series. */
  readonly startDate: string;
  readonly end: RangeEnd;
}
