// One stack serves all spec files, one after the other: they share two cores and, in part, the same people.
module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'system-e2e',
  rootDir: __dirname,
  globalSetup: '../../libs/testing/stack/host/global-setup.mjs',
  globalTeardown: '../../libs/testing/stack/host/global-teardown.mjs',
  maxWorkers: 1,
  testTimeout: 60_000,
};
