module.exports = { ...require('../../jest.preset.cjs'), displayName: 'admin-svc', rootDir: __dirname };
