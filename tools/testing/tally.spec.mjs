import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createReport } from '../processes/report.mjs';
import { createTally } from './tally.mjs';

function start() {
  const lines = [];
  return { lines, tally: createTally(createReport({ write: (line) => lines.push(line) }), () => 0) };
}
const step = (name, result) => ({
  name,
  run: async () => ({ details: '', seconds: 1, failed: 0, passed: 0, ...result }),
});
const failing = step('unit', { passed: 2, failed: 1, details: 'b.spec.ts: it broke' });

describe('the tally of a test run', () => {
  it('says one line for a step that passed, and ends with the sum', async () => {
    const { lines, tally } = start();
    await tally.run(step('lint', { passed: 1 }));
    await tally.run(step('unit', { passed: 3 }));
    tally.sum();
    assert.match(lines[0], /^✓ lint +1 passed +1\.0 s$/);
    assert.deepEqual(lines.slice(2), ['0 s in all', '4 passed, 0 failed']);
  });

  it('shows at once what failed, and names the step again at the end', async () => {
    const { lines, tally } = start();
    await tally.run(failing);
    assert.match(lines[1], /it broke/);
    await tally.run(step('portal', { passed: 5 }));
    tally.sum();
    assert.deepEqual(lines.slice(-2), ['Failed: unit', '7 passed, 1 failed']);
    assert.equal(tally.failures, 1);
  });

  it('counts what cannot be prepared as failed, with the reason', async () => {
    const { lines, tally } = start();
    const value = await tally.attempt('servers', () => Promise.reject(new Error('no disk')));
    assert.deepEqual([value, tally.failures], [null, 1]);
    assert.match(lines[1], /no disk/);
    assert.equal(await tally.attempt('build', async () => 'built'), 'built');
  });

  it('begins and tells nothing more once the run was ended', async () => {
    const { lines, tally } = start();
    let release;
    const halfWay = tally.run({ name: 'slow', run: () => new Promise((_, reject) => (release = reject)) });
    tally.close();
    release(new Error('killed'));
    await halfWay;
    await tally.run({ name: 'next', run: () => assert.fail('it was begun') });
    tally.sum();
    assert.deepEqual(lines, []);
  });
});
