module.exports = { ...require('../../jest.preset.cjs'), displayName: 'simulator-kit', rootDir: __dirname };
