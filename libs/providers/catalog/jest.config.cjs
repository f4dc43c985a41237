module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'providers-catalog', rootDir: __dirname };
