/**
 * When people are taken, as Graph tells it, of everybody in the organisation. Of what comes with it, only times and how they are
 * taken are read. Personal accounts have no such thing.
 * Source: learn.microsoft.com/graph/api/calendar-getschedule, …/graph/outlook-get-free-busy-schedule.
 */
import { type BusyStatus, type BusyTime, formatInstant } from '@daybook/domain';
import {
  askInParts,
  asText,
  type Availability,
  type AvailabilityPort,
  type AvailabilityRequest,
  type ForeignRecord,
  isRecord,
  listOf,
  type ProviderAccess,
  withheld,
  type WithheldBecause,
} from '@daybook/provider-port';
import { readInstant } from '../calendar/graph-time';
import type { GraphClient } from '../transport/graph-client';
import { timesOfView } from './availability-view';

const LIMITS = { addresses: 20, days: 62 };
const INTERVAL_MINUTES = 15;
const BECAUSE: Readonly<Record<string, WithheldBecause>> = {
  ErrorMailRecipientNotFound: 'unknown_address',
  ErrorNonExistentMailbox: 'unknown_address',
  ErrorNoFreeBusyAccess: 'not_allowed',
  ErrorAccessDenied: 'not_allowed',
};
const STATUSES: ReadonlyMap<string, BusyStatus | 'free'> = new Map<string, BusyStatus | 'free'>([
  ['free', 'free'],
  ['tentative', 'tentative'],
  ['busy', 'busy'],
  ['oof', 'out_of_office'],
  ['workingElsewhere', 'working_elsewhere'],
]);

export function createMicrosoftAvailability(client: GraphClient): AvailabilityPort {
  return {
    busyTimes: (access, request) => askInParts(request, LIMITS, (part) => ask(client, access, part)),
  };
}

async function ask(
  client: GraphClient,
  access: ProviderAccess,
  request: AvailabilityRequest,
): Promise<readonly Availability[]> {
  const { addresses, from, to } = request;
  const timeOf = (instant: number) => ({ dateTime: formatInstant(instant).slice(0, 19), timeZone: 'UTC' });
  const answer = await client.call(access, {
    method: 'POST',
    path: '/me/calendar/getSchedule',
    body: {
      schedules: addresses,
      startTime: timeOf(from),
      endTime: timeOf(to),
      availabilityViewInterval: INTERVAL_MINUTES,
    },
    aboutOneCalendar: false,
    onlyReads: true,
  });
  const rows = listOf(isRecord(answer) ? answer['value'] : null).filter(isRecord);
  const byAddress = new Map(rows.map((row) => [asText(row['scheduleId'], 320).toLowerCase(), row]));
  return addresses.map((address) => availabilityIn(byAddress.get(address.toLowerCase()), request));
}

/** Events where they come, or else the digits. One time that nobody understands leaves all of them unknown. */
function availabilityIn(row: ForeignRecord | undefined, window: AvailabilityRequest): Availability {
  if (!row) return withheld('not_told');
  const { error, scheduleItems, availabilityView } = row;
  if (isRecord(error)) return withheld(BECAUSE[asText(error['responseCode'], 80)] ?? 'not_told');
  const busy = Array.isArray(scheduleItems)
    ? timesOf(listOf(scheduleItems))
    : timesOfView(availabilityView, { ...window, stepMs: INTERVAL_MINUTES * 60_000 });
  return busy === null ? withheld('not_told') : { known: true, busy };
}

function timesOf(items: readonly unknown[]): readonly BusyTime[] | null {
  const times = items.map(timeIn);
  return times.includes(null) ? null : times.flatMap((time) => time ?? []);
}

/** Empty for what takes no time; null for what nobody understands. */
function timeIn(item: unknown): readonly BusyTime[] | null {
  if (!isRecord(item)) return null;
  const [start, end] = [readInstant(item['start']), readInstant(item['end'])];
  const status = STATUSES.get(asText(item['status'], 40));
  if (start === null || end === null || end < start || status === undefined) return null;
  return status === 'free' ? [] : [{ start, end, status }];
}
