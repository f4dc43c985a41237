module.exports = { ...require('../../jest.preset.cjs'), displayName: 'calendar-svc', rootDir: __dirname };
