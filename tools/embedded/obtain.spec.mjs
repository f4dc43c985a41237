import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createReport } from '../processes/report.mjs';
import { NothingLeft, obtain, versionCheck } from './obtain.mjs';

const source = (name, find) => ({ name, slow: true, find });
const wanted = (sources, said = []) => ({
  label: 'Server',
  sources,
  check: async (path) => {
    if (path === 'broken') throw new Error('does not run');
    return '1.0';
  },
  advice: 'Install it, or set SERVER_URL.',
  report: createReport({ write: (line) => said.push(line) }),
});

describe('obtaining a server', () => {
  it('takes the first source that works, past absent, refused and broken ones', async () => {
    const said = [];
    const sources = [
      source('absent', async () => undefined),
      source('refused', async () => Promise.reject(new Error('403'))),
      source('broken', async () => 'broken'),
      source('good', async () => '/bin/good'),
      source('never', () => assert.fail('a later source was asked')),
    ];
    const found = await obtain(wanted(sources, said));
    assert.deepEqual(found, { path: '/bin/good', version: '1.0', source: 'good' });
    assert.ok(said.some((line) => line.includes('refused did not work (403)')));
  });

  it('says once what to do when nothing is left', async () => {
    const failing = obtain(wanted([source('refused', async () => Promise.reject(new Error('403')))]));
    await assert.rejects(failing, (error) => {
      assert.ok(error instanceof NothingLeft);
      assert.match(error.message, /refused: 403\nInstall it, or set SERVER_URL\.$/);
      return true;
    });
  });

  it('refuses an executable that is too old', async () => {
    const check = versionCheck(/v([\d.]+)/, [999, 0]);
    await assert.rejects(check(process.execPath), /older than 999\.0/);
  });
});
