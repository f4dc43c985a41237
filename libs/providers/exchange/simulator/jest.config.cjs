module.exports = {
  ...require('../../../../jest.preset.cjs'),
  displayName: 'providers-exchange-simulator',
  rootDir: __dirname,
};
