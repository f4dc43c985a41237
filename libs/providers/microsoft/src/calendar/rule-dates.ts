import { dateOf, expand, isAllDayTime, type MeetingTime, readSeries } from '@daybook/domain';

const DAY = 86_400_000;
/** More than a rule without times of day has within the few days that are looked at. */
const MOST = 10;

/** Tells whether a rule has an occurrence on a civil date, taken out or not: Exchange puts no two of a series on one day. */
export function datesOfRule(lines: readonly string[], start: MeetingTime): (date: string) => boolean {
  const rule = lines.filter((line) => !/^\s*EXDATE[:;]/i.test(line));
  const reading = readSeries({ start, end: start, lines: rule, exceptions: [] });
  if (!reading.ok) return () => false;
  return (date) => {
    const noon = Date.parse(`${date}T12:00:00Z`);
    if (Number.isNaN(noon)) return false;
    const { occurrences } = expand(reading.series, { from: noon - 2 * DAY, to: noon + 2 * DAY }, MOST);
    return occurrences.some((one) => dateIn(one.start) === date);
  };
}

const dateIn = (time: MeetingTime): string => (isAllDayTime(time) ? time.date : dateOf(time.dateTime));
