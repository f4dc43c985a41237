import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAnswer, startPlanner } from './planner.mjs';
import { seeded } from './random.mjs';

const read = (type, status, more = {}) => readAnswer({ type, status, tries: 1, ...more });

describe('who schedules during an experiment', () => {
  it('takes an answer for what it says', () => {
    assert.equal(read('schedule', 201), 'done');
    assert.equal(read('edit', 202), 'waits');
    assert.equal(read('edit', 422, { code: 'write_refused' }), 'refused');
    assert.equal(read('edit', 503), 'again');
  });

  it('takes a refusal for certain only when nothing was sent before it', () => {
    assert.equal(read('edit', 404), 'refused');
    assert.equal(read('edit', 404, { tries: 2 }), 'unknown');
    assert.equal(read('delete', 404, { tries: 2 }), 'done');
  });

  it('asks again with the same key until it is answered', async () => {
    const keys = [];
    const call = async (_path, { method, headers }) => {
      if (method !== 'POST') return { status: 200, json: {} };
      keys.push(headers['idempotency-key']);
      if (keys.length === 1) throw new Error('no answer');
      return { status: 201, json: { id: `m${keys.length}` } };
    };
    const given = { signIn: async () => ({ call }), calendarId: 'c', random: seeded(1), everyMs: 2_000, name: 'P' };
    const planner = startPlanner(given);
    await sleep(600);
    await planner.stop();
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.deepEqual(
      planner.planned.map(({ id }) => id),
      ['m2'],
    );
    assert.equal(planner.planned[0].said[0].answer, 'done');
  });
});
