export { createGoogleProvider, type GoogleProviderOptions } from './google.provider';
