import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measurePairs, median, summarise } from './pairs.mjs';

describe('measuring in pairs', () => {
  it('takes the middle, not the mean', () => {
    assert.equal(median([1, 100, 2]), 2);
    assert.equal(median([1, 2, 3, 100]), 2.5);
    assert.deepEqual(summarise([1, 1.5, 1.2]), { ratio: 1.2, spread: [1, 1.5] });
  });

  it('runs floor and subject in alternating order, and the floor against itself', async () => {
    let order = '';
    const result = await measurePairs({
      floor: async () => (order += 'f'),
      subject: async () => (order += 's'),
      pairs: 1,
    });
    assert.equal(result.pairs, 9);
    assert.equal(order, `fs${'fssf'.repeat(4)}fs${'ff'.repeat(9)}`);
    assert.ok(result.control.ratio > 0);
  });
});
