/**
 * When people are taken, as Google tells it: a person's address is the name of their calendar. Times come joined, in UTC, and
 * without a word on how they are taken.
 * Source: developers.google.com/workspace/calendar/api/v3/reference/freebusy/query.
 */
import { type BusyTime, formatInstant, parseInstant } from '@daybook/domain';
import {
  askInParts,
  asText,
  type Availability,
  type AvailabilityPort,
  type AvailabilityRequest,
  isRecord,
  listOf,
  type ProviderAccess,
  withheld,
} from '@daybook/provider-port';
import type { GoogleClient } from '../transport/google-client';

/** About three months are answered; a longer stretch is `timeRangeTooLong`. */
const LIMITS = { addresses: 50, days: 90 };

export function createGoogleAvailability(client: GoogleClient): AvailabilityPort {
  return {
    busyTimes: (access, request) => askInParts(request, LIMITS, (part) => ask(client, access, part)),
  };
}

async function ask(
  client: GoogleClient,
  access: ProviderAccess,
  { addresses, from, to }: AvailabilityRequest,
): Promise<readonly Availability[]> {
  const answer = await client.call(access, {
    method: 'POST',
    path: '/freeBusy',
    query: new URLSearchParams({ fields: 'calendars' }),
    body: {
      timeMin: formatInstant(from),
      timeMax: formatInstant(to),
      timeZone: 'UTC',
      calendarExpansionMax: LIMITS.addresses,
      items: addresses.map((id) => ({ id })),
    },
    aboutOneCalendar: false,
    onlyReads: true,
  });
  const calendars = isRecord(answer) && isRecord(answer['calendars']) ? answer['calendars'] : {};
  const byAddress = new Map(Object.entries(calendars).map(([id, told]) => [id.toLowerCase(), told]));
  return addresses.map((address) => availabilityIn(byAddress.get(address.toLowerCase())));
}

/** One time that nobody understands leaves all of them unknown. */
function availabilityIn(told: unknown): Availability {
  if (!isRecord(told)) return withheld('not_told');
  const [error] = listOf(told['errors']);
  if (error !== undefined) return withheldBy(error);
  if (!Array.isArray(told['busy'])) return withheld('not_told');
  const busy = listOf(told['busy']).map(timeOf);
  return busy.includes(null) ? withheld('not_told') : { known: true, busy: busy.flatMap((time) => time ?? []) };
}

/** Google says `notFound` of a calendar that one may not see as well. */
function withheldBy(error: unknown): Availability {
  const reason = isRecord(error) ? asText(error['reason'], 64) : '';
  if (reason === 'notFound') return withheld('unknown_address');
  return withheld(reason === 'forbidden' || reason === 'requiredAccessLevel' ? 'not_allowed' : 'not_told');
}

function timeOf(told: unknown): BusyTime | null {
  if (!isRecord(told)) return null;
  const start = parseInstant(asText(told['start'], 40));
  const end = parseInstant(asText(told['end'], 40));
  return start === null || end === null || end < start ? null : { start, end, status: 'busy' };
}
