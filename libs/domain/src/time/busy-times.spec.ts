import * as fc from 'fast-check';
import { type BusyStatus, type BusyTime, joinBusy } from './busy-times';

const WINDOW = { from: 0, to: 100 };
const time = (start: number, end: number, status: BusyStatus = 'busy'): BusyTime => ({ start, end, status });
const subject = (...times: readonly BusyTime[]) => joinBusy(times, WINDOW);

describe('busy times that are joined', () => {
  it('are in order and cut to the window; what lies outside of it is left out', () => {
    expect(subject(time(90, 120), time(-20, 10), time(-20, 0), time(100, 110))).toEqual([time(0, 10), time(90, 100)]);
  });

  it('are one stretch where they touch or overlap, two where they do not', () => {
    expect(subject(time(20, 30), time(10, 20), time(25, 40), time(41, 50))).toEqual([time(10, 40), time(41, 50)]);
  });

  it('have the status that weighs most where they lie over each other', () => {
    const times = [time(10, 60, 'tentative'), time(20, 30), time(25, 40, 'out_of_office'), time(50, 70)];
    expect(subject(...times, time(0, 100, 'working_elsewhere'))).toEqual([
      time(0, 10, 'working_elsewhere'),
      time(10, 20, 'tentative'),
      time(20, 25),
      time(25, 40, 'out_of_office'),
      time(40, 50, 'tentative'),
      time(50, 70),
      time(70, 100, 'working_elsewhere'),
    ]);
  });

  it('leave out what has no length, and what ends before it begins', () => {
    expect(subject(time(10, 10), time(30, 20))).toEqual([]);
  });

  it('say of every moment what the heaviest of them says', () => {
    const weights: readonly BusyStatus[] = ['out_of_office', 'busy', 'tentative', 'working_elsewhere'];
    const some = fc.record({
      start: fc.integer({ min: -5, max: 105 }),
      end: fc.integer({ min: -5, max: 105 }),
      status: fc.constantFrom(...weights),
    });
    const at = (times: readonly BusyTime[], moment: number) =>
      weights.find((status) => times.some((one) => one.status === status && one.start <= moment && moment < one.end));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (times) => {
        const joined = joinBusy(times, WINDOW);
        for (let moment = 0; moment < 100; moment += 1) expect(at(joined, moment)).toBe(at(times, moment));
        joined.slice(1).forEach((next, index) => {
          const before = joined[index];
          expect(before && (before.end < next.start || (before.end === next.start && before.status !== next.status)));
        });
      }),
    );
  });
});
