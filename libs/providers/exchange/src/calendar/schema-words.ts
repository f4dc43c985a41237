/** Words of the schema. Source: learn.microsoft.com/exchange/client-developer/web-service-reference/daysofweek-dayofweektype. */

/** By their place in the week, Monday 0. */
export const DAYS: readonly string[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const DAY_GROUPS: Readonly<Record<string, readonly number[]>> = {
  Day: [0, 1, 2, 3, 4, 5, 6],
  Weekday: [0, 1, 2, 3, 4],
  WeekendDay: [5, 6],
};

/** January 0. */
export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
