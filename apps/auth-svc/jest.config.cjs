const preset = require('../../jest.preset.cjs');

const [, [transformer, options]] = Object.entries(preset.transform)[0];

module.exports = {
  ...preset,
  displayName: 'auth-svc',
  rootDir: __dirname,
  // jose is published as ES modules only; jest takes CommonJS.
  transform: { ...preset.transform, '/node_modules/jose/.+\\.js$': [transformer, options] },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
};
