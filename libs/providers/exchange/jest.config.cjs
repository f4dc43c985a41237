module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'providers-exchange', rootDir: __dirname };
