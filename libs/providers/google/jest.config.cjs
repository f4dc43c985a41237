module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'providers-google', rootDir: __dirname };
