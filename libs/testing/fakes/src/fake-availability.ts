import { type BusyTime, expand, instantOf, joinBusy, readSeries, type TimeWindow } from '@daybook/domain';
import type {
  Availability,
  AvailabilityPort,
  AvailabilityRequest,
  ProviderAccess,
  RemoteMeeting,
  RemoteSeries,
} from '@daybook/provider-port';
import type { FakeFaults } from './fake-faults';
import type { FakeMailbox } from './fake-mailbox';

const ZONE = 'Europe/Berlin';
const MOST = 10_000;

export interface FakeAvailabilitySurroundings {
  readonly mailboxes: ReadonlyMap<string, FakeMailbox>;
  /** Throws what the access does not allow. */
  readonly holderOf: (token: string) => string;
  readonly faults: FakeFaults;
  readonly note: (operation: string) => void;
}

/** When the fake provider's people are taken, by what is in their main calendars. */
export class FakeAvailability implements AvailabilityPort {
  /** People of whom others are told nothing. */
  readonly closed = new Set<string>();
  /** Addresses that were asked for, request by request. */
  readonly asked: (readonly string[])[] = [];

  constructor(private readonly around: FakeAvailabilitySurroundings) {}

  async busyTimes(
    { token }: ProviderAccess,
    { addresses, ...window }: AvailabilityRequest,
  ): Promise<readonly Availability[]> {
    const { holderOf, faults, note, mailboxes } = this.around;
    const reader = holderOf(token);
    note('availability');
    this.asked.push(addresses);
    faults.strike(reader, { operation: 'availability' });
    return addresses.map((address): Availability => {
      const mailbox = mailboxes.get(address);
      if (!mailbox) return { known: false, because: 'unknown_address' };
      if (this.closed.has(address) && address !== reader) return { known: false, because: 'not_allowed' };
      return { known: true, busy: joinBusy(timesOf(mailbox.items(), window), window) };
    });
  }
}

function timesOf(items: readonly RemoteMeeting[], window: TimeWindow): readonly BusyTime[] {
  return items.flatMap((item): readonly BusyTime[] => {
    if (item.kind === 'cancelled' || !item.content.busy) return [];
    if (item.kind === 'series') return occurrencesOf(item, items, window);
    const { start, end } = item.content;
    return [{ start: instantOf(start, ZONE), end: instantOf(end, ZONE), status: 'busy' }];
  });
}

/** Those that were moved stand for themselves. */
function occurrencesOf(series: RemoteSeries, items: readonly RemoteMeeting[], window: TimeWindow): readonly BusyTime[] {
  const exceptions = items.flatMap((item) =>
    'seriesRemoteId' in item && item.seriesRemoteId === series.remoteId
      ? [{ originalStart: item.originalStart, change: { type: 'cancelled' as const } }]
      : [],
  );
  const { start, end } = series.content;
  const reading = readSeries({ start, end, lines: series.lines, exceptions, floatingZone: ZONE });
  if (!reading.ok) return [];
  return expand(reading.series, window, MOST).occurrences.map(({ startsAt, endsAt }) => ({
    start: startsAt,
    end: endsAt,
    status: 'busy',
  }));
}
