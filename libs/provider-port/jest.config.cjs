module.exports = { ...require('../../jest.preset.cjs'), displayName: 'provider-port', rootDir: __dirname };
