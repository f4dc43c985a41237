import { addDays } from '../../time/zoned-time';

export type Period = 'day' | 'week' | 'month';

/** First day and day after the last of what a view shows; weeks begin on Monday, a month view shows six of them. */
export function periodOf(view: Period, date: string): { from: string; to: string } {
  if (view === 'day') return { from: date, to: addDays(date, 1) };
  const from = mondayOf(view === 'week' ? date : `${date.slice(0, 7)}-01`);
  return { from, to: addDays(from, view === 'week' ? 7 : 42) };
}

/** The date to show one step later (`1`) or earlier (`-1`). */
export function stepDate(view: Period, date: string, step: 1 | -1): string {
  if (view === 'day') return addDays(date, step);
  if (view === 'week') return addDays(date, 7 * step);
  const first = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + step);
  return first.toISOString().slice(0, 10);
}

export function mondayOf(date: string): string {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(date, -weekday);
}
