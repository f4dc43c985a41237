/**
 * Civil dates and times: what a wall calendar and a wall clock show, without any zone.
 * Texts are the public form ('2026-11-22', '2026-11-22T09:00:00'); inside the domain a date is a day number and a
 * date-time a count of civil seconds, because arithmetic on numbers is exact and fast. Proleptic Gregorian, years 1 to 9999.
 */

/** A calendar date, `2026-11-22`. */
export type CivilDate = string;
/** A wall-clock time of a date, `2026-11-22T09:00:00`: always with seconds, never with an offset. */
export type CivilDateTime = string;

export const SECONDS_PER_DAY = 86_400;
/** Day numbers of 0001-01-01 and 9999-12-31, counted from 1970-01-01. */
export const FIRST_DAY = -719_162;
export const LAST_DAY = 2_932_896;

const DATE_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export interface YearMonthDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days in a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** Day number (days since 1970-01-01) of a date; Howard Hinnant's `days_from_civil`. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day number; the inverse of `dayNumber`. */
export function yearMonthDay(dayNo: number): YearMonthDay {
  const z = dayNo + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(dayNo: number): number {
  return (((dayNo + 3) % 7) + 7) % 7;
}

/** The same of a civil date. */
export function weekdayOfDate(date: CivilDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function isRealDate(year: number, month: number, day: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Day number of a civil date, or null when the text is no real date of the years 1 to 9999. */
export function parseCivilDate(text: string): number | null {
  const found = DATE_TEXT.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return isRealDate(year, month, day) ? dayNumber(year, month, day) : null;
}

/** Civil seconds since 1970-01-01T00:00:00 on the wall clock, or null when the text is no real date-time. */
export function parseCivilDateTime(text: string): number | null {
  // By hand: every event of a sync comes through here twice, and a pattern would cost it six texts and an array.
  if (text.length !== 19 || !separates(text, 4, '-') || !separates(text, 7, '-') || !separates(text, 10, 'T'))
    return null;
  if (!separates(text, 13, ':') || !separates(text, 16, ':')) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (!isRealDate(year, month, day) || hour < 0 || hour > 23 || minute < 0 || minute > 59) return null;
  if (second < 0 || second > 59) return null;
  return dayNumber(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
}

function separates(text: string, at: number, separator: string): boolean {
  return text.charCodeAt(at) === separator.charCodeAt(0);
}

/** A number of fixed width; -1 where something else than digits stands. */
function digits(text: string, from: number, width: number): number {
  let value = 0;
  for (let at = from; at < from + width; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
const two = (value: number): string => TWO_DIGITS[value] ?? String(value);

// Days of one calendar window repeat across thousands of events, so their texts are remembered, up to a bound.
const dateTexts = new Map<number, CivilDate>();
const DATE_TEXTS_LIMIT = 4096;

export function formatDay(dayNo: number): CivilDate {
  const known = dateTexts.get(dayNo);
  if (known !== undefined) return known;
  const { year, month, day } = yearMonthDay(dayNo);
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (dateTexts.size >= DATE_TEXTS_LIMIT) dateTexts.clear();
  dateTexts.set(dayNo, text);
  return text;
}

/** The text of civil seconds. */
export function formatCivil(civilSeconds: number): CivilDateTime {
  const dayNo = Math.floor(civilSeconds / SECONDS_PER_DAY);
  const rest = civilSeconds - dayNo * SECONDS_PER_DAY;
  const hour = Math.floor(rest / 3600);
  return `${formatDay(dayNo)}T${two(hour)}:${two(Math.floor(rest / 60) - hour * 60)}:${two(Math.floor(rest % 60))}`;
}

export function isCivilDate(text: string): boolean {
  return parseCivilDate(text) !== null;
}

export function isCivilDateTime(text: string): boolean {
  return parseCivilDateTime(text) !== null;
}

/** The date part of a civil date-time. */
export function dateOf(civil: CivilDateTime): CivilDate {
  return civil.slice(0, 10);
}

/** Day number of a civil date that must be valid. @throws RangeError */
export function requireDay(date: CivilDate): number {
  const dayNo = parseCivilDate(date);
  if (dayNo === null) throw new RangeError(`not a civil date: ${date.slice(0, 40)}`);
  return dayNo;
}

/** Civil seconds of a civil date-time that must be valid. @throws RangeError */
export function requireCivil(civil: CivilDateTime): number {
  const seconds = parseCivilDateTime(civil);
  if (seconds === null) throw new RangeError(`not a civil date-time: ${civil.slice(0, 40)}`);
  return seconds;
}

/** @throws RangeError when the date is invalid */
export function addDays(date: CivilDate, days: number): CivilDate {
  return formatDay(requireDay(date) + days);
}

/** Whole days from one date to another, negative when `to` is earlier. @throws RangeError */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return requireDay(to) - requireDay(from);
}
