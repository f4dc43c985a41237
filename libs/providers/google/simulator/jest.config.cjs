module.exports = {
  ...require('../../../../jest.preset.cjs'),
  displayName: 'providers-google-simulator',
  rootDir: __dirname,
  // Exchanges of the specs are recorded too, for validation against the published schemas.
  globals: { recordDir: process.env.SANDBOX_RECORD_DIR ?? '' },
};
