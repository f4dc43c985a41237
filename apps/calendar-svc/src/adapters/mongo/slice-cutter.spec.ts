import type { UnitPlan } from '../../use-cases/plan-changes';
import { SliceCutter } from './slice-cutter';

/** A unit with so many rows and nothing else; only how much it writes counts here. */
const unit = (documents: number) =>
  ({ items: [], rows: { put: new Array(documents).fill({}), removed: [] } }) as unknown as UnitPlan;

/** The sizes of the portions that units of these sizes are cut into. */
function portions(...sizes: number[]): number[][] {
  const cutter = new SliceCutter();
  const cut = sizes.flatMap((documents) => {
    const ready = cutter.add(unit(documents));
    return ready ? [ready] : [];
  });
  return [...cut, ...cutter.rest()].map((plans) => plans.map(({ rows }) => rows.put.length));
}

describe('cutting into portions', () => {
  it('fills a portion in their order, and cuts no unit', () => {
    expect(portions(1_000, 1_400, 1_000, 900)).toEqual([
      [1_000, 1_400],
      [1_000, 900],
    ]);
    expect(portions(9_000, 2_500, 2_000)).toEqual([[9_000], [2_500], [2_000]]);
  });

  it('lets a small rest go with the portion before it', () => {
    expect(portions(2_000, 2_000, 600)).toEqual([[2_000], [2_000, 600]]);
    expect(portions(2_500, 2_500, 625)).toEqual([[2_500], [2_500, 625]]);
    expect(portions(2_500, 2_500, 626)).toEqual([[2_500], [2_500], [626]]);
  });

  it('gives nothing twice, and nothing where there is nothing', () => {
    expect(portions()).toEqual([]);
    expect(portions(10)).toEqual([[10]]);
    const cutter = new SliceCutter();
    cutter.add(unit(2_500));
    cutter.add(unit(100));
    expect(cutter.rest()).toHaveLength(1);
    expect(cutter.rest()).toEqual([]);
  });
});
