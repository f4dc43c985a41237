const preset = require('../../jest.preset.cjs');

module.exports = {
  ...preset,
  displayName: 'sync-engine',
  rootDir: __dirname,
  // Repeats a generated history that failed, or makes more of them.
  globals: { ...preset.globals, histories: { seed: process.env.FC_SEED ?? '', runs: process.env.FC_RUNS ?? '' } },
};
