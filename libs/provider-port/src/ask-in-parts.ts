import { joinBusy } from '@daybook/domain';
import type { Availability, AvailabilityRequest, WithheldBecause } from './availability-port';
import { ProviderError } from './provider-error';

/** What a provider answers in one request. */
export interface AvailabilityLimits {
  readonly addresses: number;
  readonly days: number;
}

const DAY_MS = 86_400_000;

const MOST_REQUESTS = 20;

/**
 * Asks for people's times in as many requests as it takes, one after the other, for adapters: always for whole days of UTC,
 * because some servers answer nothing shorter. `ask` may tell times in any order and beyond what it is asked for. Of somebody of
 * whom one part is not known, nothing is.
 * @throws ProviderError `Rejected` for too much at once, and whatever `ask` throws
 */
export async function askInParts(
  request: AvailabilityRequest,
  limits: AvailabilityLimits,
  ask: (part: AvailabilityRequest) => Promise<readonly Availability[]>,
): Promise<readonly Availability[]> {
  const parts = partsOf(request, limits);
  if (parts.length > MOST_REQUESTS)
    throw new ProviderError('Rejected', { detail: `free and busy times by ${parts.length} requests` });
  const told = new Map<string, Availability[]>();
  for (const part of parts) {
    if (request.signal?.aborted) throw new ProviderError('Unavailable', { detail: 'nobody waits any more' });
    const answers = await ask(part);
    part.addresses.forEach((address, index) => {
      const answer = answers[index] ?? { known: false, because: 'not_told' };
      told.set(address, [...(told.get(address) ?? []), answer]);
    });
  }
  return request.addresses.map((address) => whole(told.get(address) ?? [], request));
}

function partsOf({ addresses, from, to }: AvailabilityRequest, limits: AvailabilityLimits): AvailabilityRequest[] {
  const windows: { from: number; to: number }[] = [];
  const end = Math.ceil(to / DAY_MS) * DAY_MS;
  let begin = Math.floor(from / DAY_MS) * DAY_MS;
  for (; begin < end && windows.length <= MOST_REQUESTS; begin += limits.days * DAY_MS)
    windows.push({ from: begin, to: Math.min(begin + limits.days * DAY_MS, end) });
  const groups = Array.from({ length: Math.ceil(addresses.length / limits.addresses) }, (_none, group) =>
    addresses.slice(group * limits.addresses, (group + 1) * limits.addresses),
  );
  return windows.flatMap((window) => groups.map((some) => ({ addresses: some, ...window })));
}

function whole(answers: readonly Availability[], { from, to }: AvailabilityRequest): Availability {
  const withheld = answers.find((answer) => !answer.known);
  if (withheld) return withheld;
  const times = answers.flatMap((answer) => (answer.known ? answer.busy : []));
  return { known: true, busy: joinBusy(times, { from, to }) };
}

/** For adapters: nothing is known of somebody. */
export const withheld = (because: WithheldBecause): Availability => ({ known: false, because });
