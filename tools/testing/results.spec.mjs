import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jestResult, nodeTestResult, singleResult } from './results.mjs';

const ok = { ok: true, output: '' };
const bad = { ok: false, output: 'boom', reason: 'boom' };
const report = (change) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...change,
  });

describe('reading results', () => {
  it('counts a tool without tests of its own as one', () => {
    assert.equal(singleResult(ok).passed, 1);
    assert.deepEqual(singleResult(bad), { passed: 0, failed: 1, details: 'boom' });
  });

  it('takes the numbers of jest', () => {
    assert.deepEqual(jestResult(ok, report()), { passed: 3, failed: 0, details: '' });
  });

  it('counts a skipped test as failed and names it', () => {
    const suite = {
      name: 'a.spec.ts',
      status: 'passed',
      assertionResults: [{ status: 'pending', fullName: 'it flies' }],
    };
    const result = jestResult(ok, report({ numPendingTests: 1, testResults: [suite] }));
    assert.equal(result.failed, 1);
    assert.match(result.details, /skipped: it flies/);
  });

  it('counts a file that does not even load', () => {
    const suite = { name: 'a.spec.ts', status: 'failed', message: 'cannot find module', assertionResults: [] };
    const result = jestResult(bad, report({ testResults: [suite] }));
    assert.equal(result.failed, 1);
    assert.match(result.details, /cannot find module/);
  });

  it('counts a runner that crashed, also when it had passed all until then', () => {
    assert.deepEqual(jestResult(bad, ''), { passed: 0, failed: 1, details: 'boom' });
    assert.equal(jestResult(bad, report()).failed, 1);
    const late = { ok: false, output: 'PASS a.spec.ts\n', reason: 'took longer than 720 s' };
    assert.equal(jestResult(late, '').details, 'PASS a.spec.ts\ntook longer than 720 s');
    assert.equal(nodeTestResult(bad).failed, 1);
  });

  it("reads the totals of Node's runner", () => {
    const output = '# tests 5\n# pass 4\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0\n';
    assert.deepEqual([nodeTestResult({ ...bad, output }).passed, nodeTestResult({ ...bad, output }).failed], [4, 1]);
  });

  it("shows of Node's runner what failed, wherever it stands", () => {
    const well = (name) => `    # Subtest: ${name}\n    ok 1 - ${name}\n      ---\n      duration_ms: 1\n      ...\n`;
    const failed = `    # Subtest: broken\n    not ok 2 - broken\n      ---\n      error: 'it broke'\n      ...\n`;
    const many = Array.from({ length: 300 }, (_none, index) => well(`well ${index}`)).join('');
    const output = `${well('first')}${failed}${many}# pass 301\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0\n`;
    const { details } = nodeTestResult({ ...bad, output });
    assert.match(details, /not ok 2 - broken[\s\S]*it broke/);
    assert.doesNotMatch(details, /well|first/);
  });
});
