const preset = require('../../jest.preset.cjs');

// The oracles of the tests (temporal-polyfill) are published as ES modules only, so they are transformed as well.
module.exports = {
  ...preset,
  displayName: 'domain',
  rootDir: __dirname,
  transform: { ...preset.transform, '^.+/temporal-[a-z]+/.+\\.js$': Object.values(preset.transform)[0] },
  transformIgnorePatterns: ['/node_modules/(?!temporal-)'],
};
