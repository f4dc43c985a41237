import { askInParts, withheld } from './ask-in-parts';
import type { Availability, AvailabilityRequest } from './availability-port';

const LIMITS = { addresses: 2, days: 10 };
const DAY = 86_400_000;
const HOUR = 3_600_000;
const busy = (start: number, end: number): Availability => ({ known: true, busy: [{ start, end, status: 'busy' }] });
const free: Availability = { known: true, busy: [] };

describe('times that are asked for in parts', () => {
  let asked: AvailabilityRequest[] = [];
  beforeEach(() => {
    asked = [];
  });
  const subject = (
    request: AvailabilityRequest,
    answer: (address: string, from: number) => Availability | undefined,
  ): Promise<readonly Availability[]> =>
    askInParts(request, LIMITS, async (part) => {
      asked.push(part);
      return part.addresses.flatMap((address) => answer(address, part.from) ?? []);
    });

  it('are asked for in one request where that is enough', async () => {
    const request = { addresses: ['a', 'b'], from: 0, to: 10 * DAY };
    expect(await subject(request, (address) => (address === 'a' ? busy(2, 4) : free))).toEqual([busy(2, 4), free]);
    expect(asked).toEqual([request]);
  });

  it('are asked for by whole days, and cut to what was wanted', async () => {
    const request = { addresses: ['a'], from: 9 * HOUR, to: DAY + HOUR };
    expect(await subject(request, () => busy(0, 2 * DAY))).toEqual([busy(9 * HOUR, DAY + HOUR)]);
    expect(asked).toEqual([{ addresses: ['a'], from: 0, to: 2 * DAY }]);
  });

  it('are put together where it takes several, whatever part they came with', async () => {
    const request = { addresses: ['a', 'b', 'c'], from: 5 * DAY, to: 27 * DAY };
    const answers = await subject(request, (address, from) =>
      address === 'b' ? free : busy(from - 3, from + 30 * DAY),
    );
    expect(answers).toEqual([busy(5 * DAY, 27 * DAY), free, busy(5 * DAY, 27 * DAY)]);
    expect(asked.map(({ addresses, from, to }) => [addresses.join(''), from / DAY, to / DAY])).toEqual([
      ['ab', 5, 15],
      ['c', 5, 15],
      ['ab', 15, 25],
      ['c', 15, 25],
      ['ab', 25, 27],
      ['c', 25, 27],
    ]);
  });

  it('are not known at all where a part of them is not, or was not answered', async () => {
    const request = { addresses: ['a', 'b'], from: 0, to: 20 * DAY };
    const refused = (address: string, from: number) =>
      address === 'b' ? (from === 0 ? free : undefined) : from === 0 ? busy(1, 2) : withheld('not_allowed');
    expect(await subject(request, refused)).toEqual([withheld('not_allowed'), withheld('not_told')]);
  });

  it('are asked for no further once nobody waits', async () => {
    const left = new AbortController();
    const request = { addresses: ['a'], from: 0, to: 20 * DAY, signal: left.signal };
    const answers = subject(request, () => {
      left.abort();
      return free;
    });
    await expect(answers).rejects.toMatchObject({ name: 'ProviderError', kind: 'Unavailable' });
    expect(asked).toHaveLength(1);
  });

  it('are refused before the first request where they would take more than 20', async () => {
    const refusal = { name: 'ProviderError', kind: 'Rejected' };
    await expect(subject({ addresses: ['a'], from: 0, to: 201 * DAY }, () => free)).rejects.toMatchObject(refusal);
    await expect(subject({ addresses: ['a'], from: 0, to: 8.64e15 }, () => free)).rejects.toMatchObject(refusal);
    expect(asked).toEqual([]);
    expect(await subject({ addresses: ['a'], from: 0, to: 200 * DAY }, () => free)).toEqual([free]);
    expect(asked).toHaveLength(20);
  });
});
