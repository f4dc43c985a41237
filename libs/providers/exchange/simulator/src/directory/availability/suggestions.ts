import type { BusyTime } from '../../calendar/view/busy-times';
import { instantOfWall, wallTimeAt, type CalendarZone, type WallTime } from '../../calendar/zones/calendar-zone';
import { wallText } from '../../calendar/zones/date-texts';
import { EwsRefusal } from '../../soap/refusal';
import { childOf, element, textOf, type XmlElement } from '../../wire/element';
import type { DirectorySurroundings } from '../directory-around';
import { plainSuccess } from '../plain-response-message';
import { windowOf } from './availability-request';
import { freeBusyOf } from './free-busy-of';
import { WORK_ENDS, WORK_STARTS } from './free-busy-view';

/** Whose calendars are asked for, by whom and in which zone. */
export interface Asking {
  readonly emails: readonly string[];
  readonly reader: string;
  readonly zone: CalendarZone;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const STEP = 30;
const SATURDAY = 6;
const MOST_A_DAY = 48;

/** When somebody has time; null of somebody whose calendar cannot be read. */
type Calendar = readonly BusyTime<string>[] | null;

interface Planning {
  readonly calendars: readonly Calendar[];
  readonly zone: CalendarZone;
  readonly minutes: number;
  readonly most: number;
}

/** Times in working hours at which people could meet, day by day, those with the fewest conflicts first. */
export function suggestionsResponse(around: DirectorySurroundings, asking: Asking, options: XmlElement): XmlElement {
  const { zone } = asking;
  const window = windowOf(childOf(options, 'DetailedSuggestionsWindow'), zone);
  const calendars = asking.emails.map((email) => calendarOf(around, { email, reader: asking.reader, window }));
  const planning = {
    calendars,
    zone,
    minutes: within(Number(textOf(options, 'MeetingDurationInMinutes') ?? STEP), STEP, DAY / MINUTE),
    most: within(Number(textOf(options, 'MaximumResultsByDay') ?? 10), 0, MOST_A_DAY),
  };
  const first = Math.floor(wallTimeAt(window.from, zone) / DAY) * DAY;
  const days: XmlElement[] = [];
  for (let day = first; day < wallTimeAt(window.to, zone); day += DAY) days.push(suggestedDay(day, planning));
  return element('SuggestionsResponse', [plainSuccess(), element('SuggestionDayResultArray', days)]);
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

function calendarOf(around: DirectorySurroundings, question: Parameters<typeof freeBusyOf>[1]): Calendar {
  try {
    return freeBusyOf(around, question).times.filter(({ busyType }) => busyType !== 'Free');
  } catch (error) {
    if (error instanceof EwsRefusal) return null;
    throw error;
  }
}

interface Slot {
  readonly wall: WallTime;
  /** What each person has then; null of somebody nobody knows of. */
  readonly conflicts: readonly (string | null)[];
}

function suggestedDay(day: WallTime, planning: Planning): XmlElement {
  const weekday = new Date(day).getUTCDay();
  const isWorkday = weekday > 0 && weekday < SATURDAY;
  const slots = isWorkday ? slotsOf(day, planning) : [];
  const best = [...slots].sort((one, other) => takenIn(one) - takenIn(other)).slice(0, planning.most);
  const quality = best[0] === undefined ? 'Poor' : qualityOf(best[0]);
  return element('SuggestionDayResult', [
    element('Date', wallText(day)),
    element('DayQuality', quality),
    element('SuggestionArray', best.map(suggestion)),
  ]);
}

function slotsOf(day: WallTime, { calendars, zone, minutes }: Planning): Slot[] {
  const slots: Slot[] = [];
  for (let at = WORK_STARTS; at + minutes <= WORK_ENDS; at += STEP) {
    const wall = day + at * MINUTE;
    const start = instantOfWall(wall, zone);
    const end = start + minutes * MINUTE;
    const conflicts = calendars.map((times) =>
      times === null ? null : (times.find((time) => time.start < end && time.end > start)?.busyType ?? 'Free'),
    );
    slots.push({ wall, conflicts });
  }
  return slots;
}

const takenIn = ({ conflicts }: Slot): number => conflicts.filter((busy) => busy !== 'Free').length;

function qualityOf(slot: Slot): string {
  const taken = takenIn(slot);
  if (taken === 0) return 'Excellent';
  return taken * 2 < slot.conflicts.length ? 'Fair' : 'Poor';
}

const suggestion = (slot: Slot): XmlElement =>
  element('Suggestion', [
    element('MeetingTime', wallText(slot.wall)),
    element('IsWorkTime', true),
    element('SuggestionQuality', qualityOf(slot)),
    element(
      'AttendeeConflictDataArray',
      slot.conflicts.map((busy) =>
        busy === null
          ? element('UnknownAttendeeConflictData')
          : element('IndividualAttendeeConflictData', [element('BusyType', busy)]),
      ),
    ),
  ]);
