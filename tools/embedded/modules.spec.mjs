import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isInstalled } from './modules.mjs';

const lock = {
  packages: {
    '': { name: 'daybook' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-another-platform': { version: '2.0.0', optional: true },
  },
};

describe('packages', () => {
  it('are installed when npm has recorded every one that this platform needs', () => {
    assert.equal(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } }), true);
  });

  it('are not when one is missing or of another version', () => {
    assert.equal(isInstalled(lock, {}), false);
    assert.equal(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } }), false);
  });
});
