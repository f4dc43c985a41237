module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'testing-stack', rootDir: __dirname };
