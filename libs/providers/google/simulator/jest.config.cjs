module.exports = {
  ...require('../../../../jest.preset.cjs'),
  displayName: 'providers-google-simulator',
  rootDir: __dirname,
};
