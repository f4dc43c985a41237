import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureRounds } from './rounds.mjs';

describe('measuring in rounds', () => {
  it('puts what is measured between two floors and compares it with their mean', async () => {
    let order = '';
    let floor = 10;
    const result = await measureRounds({
      floor: async () => {
        order += 'f';
        floor = floor === 10 ? 30 : 10;
        return floor;
      },
      subject: async () => {
        order += 's';
        return 40;
      },
      rounds: 1,
      warmUps: 0,
    });
    assert.equal(order, 'fsf'.repeat(9));
    assert.deepEqual(result.spread, [2, 2]);
    assert.equal(result.pairs, 9);
    assert.equal(result.floor, 20);
    assert.deepEqual(result.control.spread, [0.333, 3]);
  });
});
