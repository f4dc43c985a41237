import { addDays, isCivilDate, isCivilDateTime, toCivil, toInstant } from '@daybook/domain';
import { OrderRefused } from '../simulator';

/** When an item takes place, as a person typed it: whole days, or civil times in the mailbox's zone. */
export type TypedSpan = { allDay: true; start: string; end: string } | { allDay: false; start: string; end: string };

/**
 * Start and end from what was typed: a date makes whole days, a time a meeting of `length` milliseconds.
 * @throws OrderRefused `invalid_value`
 */
export function typedSpan(start: string, length: number, days: number, zone: string): TypedSpan {
  if (isCivilDate(start)) return { allDay: true, start, end: addDays(start, days) };
  const civil = start.length === 16 ? `${start}:00` : start;
  if (!isCivilDateTime(civil)) throw new OrderRefused('invalid_value', 'start is not a time');
  return { allDay: false, start: civil, end: toCivil(toInstant(civil, zone) + length, zone) };
}
