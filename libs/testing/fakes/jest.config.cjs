module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'testing-fakes', rootDir: __dirname };
