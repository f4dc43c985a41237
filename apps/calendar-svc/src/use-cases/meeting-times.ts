import {
  instantOf,
  isAllDayTime,
  isCivilDate,
  isCivilDateTime,
  offsetAt,
  parseInstant,
  resolveZone,
  toCivil,
  toInstant,
  type MeetingTime,
} from '@daybook/domain';
import type { FieldFault, FieldFaultCode, TimeInput } from '@daybook/contracts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 31 * DAY_MS;
const EARLIEST = parseInstant('1990-01-01T00:00:00Z') ?? 0;
const LATEST = parseInstant('2100-01-01T00:00:00Z') ?? 0;

export interface MeetingTimes {
  readonly start: MeetingTime;
  readonly end: MeetingTime;
}

export interface TimesInput {
  readonly start: TimeInput;
  readonly end: TimeInput;
  readonly timeZone?: string | undefined;
}

type Fault = Omit<FieldFault, 'field'>;
type Reading = { readonly time: MeetingTime } | { readonly fault: FieldFault };

/** Start and end of a request, or what is wrong with which of them. A time that two moments share is refused, not guessed. */
export function readTimes({ start, end, timeZone }: TimesInput): MeetingTimes | FieldFault[] {
  const from = readTime('start', start, timeZone);
  const to = readTime('end', end, timeZone);
  const faults = [from, to].flatMap((reading) => ('fault' in reading ? [reading.fault] : []));
  if (faults.length > 0 || 'fault' in from || 'fault' in to) return faults;
  const fault = spanFault(from.time, to.time);
  return fault ? [{ field: 'end', ...fault }] : { start: from.time, end: to.time };
}

function spanFault(start: MeetingTime, end: MeetingTime): Fault | null {
  if (isAllDayTime(start) !== isAllDayTime(end))
    return { code: 'day_and_time', detail: 'Start and end are both days or both times.' };
  const length = instantOf(end) - instantOf(start);
  const order = isAllDayTime(end) ? 'An end day is the day after the last one.' : 'The end lies after the start.';
  if (length <= 0) return { code: 'ends_before_start', detail: order };
  return length > LONGEST_MS ? { code: 'lasts_too_long', detail: 'A meeting lasts 31 days at most.' } : null;
}

function readTime(field: 'start' | 'end', given: TimeInput, fallback: string | undefined): Reading {
  const at = (code: FieldFaultCode, detail: string, name: string = field): Reading => ({
    fault: { field: name, code, detail },
  });
  if ('date' in given) {
    if (!isCivilDate(given.date)) return at('invalid', 'A day is written like 2026-11-22.', `${field}.date`);
    const time = { date: given.date };
    return within(time) ? { time } : at('too_far_away', 'The day is too far away.');
  }
  const zoneField = given.timeZone === undefined ? 'timeZone' : `${field}.timeZone`;
  const named = given.timeZone ?? fallback;
  if (named === undefined) return at('zone_needed', 'A time needs a time zone.', zoneField);
  const { zone } = resolveZone(named);
  if (zone === null) return at('zone_unknown', 'This time zone is not known.', zoneField);
  const dateTime = given.dateTime.length === 16 ? `${given.dateTime}:00` : given.dateTime;
  if (!isCivilDateTime(dateTime))
    return at('invalid', 'A time is written like 2026-11-22T09:00:00.', `${field}.dateTime`);
  const time = { dateTime, timeZone: zone };
  if (!within(time)) return at('too_far_away', 'The time is too far away.');
  const fault = clockFault(dateTime, zone);
  return fault ? at(fault.code, fault.detail) : { time };
}

function within(time: MeetingTime): boolean {
  const instant = instantOf(time);
  return instant >= EARLIEST && instant < LATEST;
}

/** Around a change of the clock a wall time may be skipped, or come twice. */
function clockFault(dateTime: string, zone: string): Fault | null {
  const first = toInstant(dateTime, zone);
  if (toCivil(first, zone) !== dateTime)
    return { code: 'time_skipped', detail: 'The clocks are changed at that time, so it does not exist in this zone.' };
  const second = first + offsetAt(first, zone) - offsetAt(first + DAY_MS, zone);
  const twice = second !== first && toCivil(second, zone) === dateTime;
  const detail = 'The clocks are changed at that time, so it comes twice in this zone. Choose another.';
  return twice ? { code: 'time_twice', detail } : null;
}
