import { isAllDayTime, type MeetingTime } from '../meeting/meeting';
import { dateOf } from '../time/civil';
import { expand } from './expand';
import { readSeries } from './series';

const DAY = 86_400_000;
/** More than a rule without times of day has within the few days that are looked at. */
const MOST = 10;
/** Of a series that has met every day for half a century. */
const MOST_BEFORE = 20_000;

/** Tells whether a rule has an occurrence on a civil date, taken out or not. */
export function datesOfRule(lines: readonly string[], start: MeetingTime): (date: string) => boolean {
  const between = datesBetween(lines, start);
  return (date) => {
    const noon = noonOf(date);
    return !Number.isNaN(noon) && between(noon - 2 * DAY, noon + 2 * DAY, MOST).includes(date);
  };
}

/** The place of a date among those of a rule, taken out or not, from 1; null where the rule has none then. */
export function placeInRule(lines: readonly string[], start: MeetingTime, date: string): number | null {
  const [first, last] = [noonOf(dateIn(start)), noonOf(date)];
  if (Number.isNaN(last)) return null;
  const place = datesBetween(lines, start)(first - 2 * DAY, last + 2 * DAY, MOST_BEFORE).indexOf(date);
  return place < 0 ? null : place + 1;
}

function datesBetween(lines: readonly string[], start: MeetingTime) {
  const rule = lines.filter((line) => !/^\s*EXDATE[:;]/i.test(line));
  const reading = readSeries({ start, end: start, lines: rule, exceptions: [] });
  return (from: number, to: number, most: number): readonly string[] =>
    reading.ok ? expand(reading.series, { from, to }, most).occurrences.map((one) => dateIn(one.start)) : [];
}

const noonOf = (date: string): number => Date.parse(`${date}T12:00:00Z`);
const dateIn = (time: MeetingTime): string => (isAllDayTime(time) ? time.date : dateOf(time.dateTime));
