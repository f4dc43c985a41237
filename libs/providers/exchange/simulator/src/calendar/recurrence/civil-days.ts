/** Civil dates as day numbers: whole days since 1970-01-01, without a zone. */
export type DayNumber = number;

export const DAY_MS = 86_400_000;
export const WEEK = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export const MONTHS = [
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
] as const;

export type Weekday = (typeof WEEK)[number];
export type MonthName = (typeof MONTHS)[number];
/** What a rule may count: one day of the week or one of a kind. */
export type DayKind = Weekday | 'Day' | 'Weekday' | 'WeekendDay';

export interface CivilDate {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
}

/** Exchange keeps no date before: MS-OXOCAL 2.2.1.44.1 counts minutes from there. */
const FIRST_YEAR = 1601;
const LAST_YEAR = 9999;

export const dayNumber = ({ year, month, day }: CivilDate): DayNumber => Date.UTC(year, month - 1, day) / DAY_MS;

export function civilDate(day: DayNumber): CivilDate {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 is Sunday. */
export const weekdayOf = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7;

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The day of `2026-11-23`, null for what is no date of the years 1601 to 9999. */
export function dayOfText(text: string): DayNumber | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return null;
  return day < 1 || day > daysInMonth(year, month) ? null : dayNumber({ year, month, day });
}

// A view asks for the same days again and again; the bound keeps what is remembered small.
const texts = new Map<DayNumber, string>();
const MOST_TEXTS = 4096;

/** `2026-11-23` */
export function textOfDay(day: DayNumber): string {
  const before = texts.get(day);
  if (before !== undefined) return before;
  const date = civilDate(day);
  const text = [String(date.year).padStart(4, '0'), two(date.month), two(date.day)].join('-');
  if (texts.size >= MOST_TEXTS) texts.clear();
  texts.set(day, text);
  return text;
}

const two = (value: number): string => String(value).padStart(2, '0');

export function isOfKind(weekday: number, kind: DayKind): boolean {
  if (kind === 'Day') return true;
  const isWeekend = weekday === 0 || weekday === 6;
  if (kind === 'Weekday') return !isWeekend;
  if (kind === 'WeekendDay') return isWeekend;
  return WEEK[weekday] === kind;
}

/** The n-th day of a kind in a month; -1 is the last. A month that has fewer gives its last one. */
export function nthOfMonth(month: Omit<CivilDate, 'day'>, kind: DayKind, nth: number): DayNumber {
  const first = dayNumber({ ...month, day: 1 });
  const count = daysInMonth(month.year, month.month);
  let found = first;
  for (let offset = 0, hits = 0; offset < count; offset += 1) {
    if (!isOfKind(weekdayOf(first + offset), kind)) continue;
    found = first + offset;
    hits += 1;
    if (hits === nth) break;
  }
  return found;
}
