import type { BusyStatus, BusyTime } from '@daybook/domain';
import { asText, type Availability, type ForeignRecord, isRecord, listOf, withheld } from '@daybook/provider-port';
import { readInstant } from '../calendar/ews-time';
import { INTERVAL_MS } from './availability-request';

type Told = BusyStatus | 'free' | null;

/** Null says that nobody knows: that is not free. */
const BY_WORD: ReadonlyMap<string, Told> = new Map<string, Told>([
  ['Free', 'free'],
  ['Tentative', 'tentative'],
  ['Busy', 'busy'],
  ['OOF', 'out_of_office'],
  ['WorkingElsewhere', 'working_elsewhere'],
  ['NoData', null],
]);
const BY_DIGIT: readonly Told[] = ['free', 'tentative', 'busy', 'out_of_office', 'working_elsewhere', null];
/** Servers before 2013 know nobody who works elsewhere: their 4 is `NoData`. */
const BY_OLDER_DIGIT: readonly Told[] = ['free', 'tentative', 'busy', 'out_of_office', null];

export interface ViewSurroundings {
  /** What was asked for. */
  readonly from: number;
  readonly to: number;
  /** The schema that the request was written in. */
  readonly version: string;
}

/**
 * What a `FreeBusyView` tells: its events, or its digits where it has no others. Its type says what it holds, which may be less
 * than what was asked for. One time that nobody understands leaves all of them unknown.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/freebusyview.
 */
export function readView(view: unknown, around: ViewSurroundings): Availability {
  if (!isRecord(view)) return withheld('not_told');
  const type = asText(view['FreeBusyViewType'], 40).trim();
  if (type === 'None') return withheld('not_allowed');
  const busy = type === 'MergedOnly' ? timesOfDigits(view['MergedFreeBusy'], around) : timesOf(type, view);
  return busy === null ? withheld('not_told') : { known: true, busy };
}

const WITH_EVENTS = new Set(['FreeBusy', 'FreeBusyMerged', 'Detailed', 'DetailedMerged']);

/** Somebody without any event has no list of them. */
function timesOf(type: string, view: ForeignRecord): readonly BusyTime[] | null {
  if (!WITH_EVENTS.has(type)) return null;
  const times = listOf(view['CalendarEventArray']).filter(isRecord).map(timeOf);
  return times.includes(null) ? null : times.flatMap((time) => time ?? []);
}

/** Empty for what takes no time; null for what nobody understands. */
function timeOf(event: ForeignRecord): readonly BusyTime[] | null {
  const [start, end] = [readInstant(event['StartTime']), readInstant(event['EndTime'])];
  const status = BY_WORD.get(asText(event['BusyType'], 40).trim()) ?? null;
  if (start === null || end === null || end < start || status === null) return null;
  return status === 'free' ? [] : [{ start, end, status }];
}

/** Of a stretch that has no digit nothing is known. */
function timesOfDigits(digits: unknown, { from, to, version }: ViewSurroundings): readonly BusyTime[] | null {
  const meanings = /^Exchange20(?:07|10)/.test(version) ? BY_OLDER_DIGIT : BY_DIGIT;
  const told = [...asText(digits, Infinity).trim()].map((digit) => meanings[Number(digit)] ?? null);
  if (from + told.length * INTERVAL_MS < to || told.includes(null)) return null;
  return told.flatMap((status, index) => {
    const start = from + index * INTERVAL_MS;
    return status === null || status === 'free' ? [] : [{ start, end: start + INTERVAL_MS, status }];
  });
}
