module.exports = {
  ...require('../../../../jest.preset.cjs'),
  displayName: 'providers-microsoft-simulator',
  rootDir: __dirname,
};
