import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seeded } from './random.mjs';
import { compareSides, judgeEvents, missing } from './verdict.mjs';

const event = (subject, sequence, id = `${subject}${sequence}`) => ({ body: { subject, sequence, id } });

describe('the verdict on an experiment', () => {
  it('names rows that one side lacks, equal ones by their number', () => {
    assert.deepEqual(missing(['a', 'a', 'b'], ['a']), ['a', 'b']);
    assert.deepEqual(missing(['a'], ['a', 'a']), []);
  });

  it('waits until both sides are equal', async () => {
    let calls = 0;
    const ours = async () => ((calls += 1) < 2 ? [] : ['x']);
    const result = await compareSides({ theirs: async () => ['x'], ours });
    assert.deepEqual(result, { lost: [], extra: [], rows: 1 });
  });

  it('counts gaps as lost and two ids for one change as doubled; the same id twice is neither', () => {
    const events = [event('a', 1), event('a', 1), event('a', 3), event('b', 1), event('b', 1, 'other')];
    assert.deepEqual(judgeEvents(events), { lost: 1, doubled: 1 });
  });

  it('comes from the same experiments for the same seed', () => {
    const [one, two] = [seeded(7), seeded(7)];
    assert.deepEqual([one.next(), one.between(1, 9)], [two.next(), two.between(1, 9)]);
  });
});
