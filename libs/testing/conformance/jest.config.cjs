module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'testing-conformance', rootDir: __dirname };
