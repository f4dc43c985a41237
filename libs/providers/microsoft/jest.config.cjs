module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'providers-microsoft', rootDir: __dirname };
