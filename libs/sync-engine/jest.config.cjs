module.exports = { ...require('../../jest.preset.cjs'), displayName: 'sync-engine', rootDir: __dirname };
