module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'platform-nats', rootDir: __dirname };
