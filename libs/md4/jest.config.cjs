module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'md4',
  rootDir: __dirname,
};
