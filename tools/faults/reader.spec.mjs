import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startReader } from './reader.mjs';

describe('a reader of an experiment', () => {
  it('counts a wait for an answer up to its own end, and no longer', async () => {
    let answers = 1;
    const call = async () => ({ status: (answers -= 1) >= 0 ? 200 : 503 });
    const reader = startReader({ signIn: async () => ({ call }) });
    await sleep(300);
    await reader.stop();
    const longest = reader.longestMs();
    assert.ok(longest > 0);
    await sleep(50);
    assert.equal(reader.longestMs(), longest);
  });
});
