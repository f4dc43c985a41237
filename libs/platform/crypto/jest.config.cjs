module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'platform-crypto', rootDir: __dirname };
