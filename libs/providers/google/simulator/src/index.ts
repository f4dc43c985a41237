export { startGoogleSimulator, type RunningGoogleSimulator, type StartOptions } from './start-google-simulator';
export type { EventBody, EventResource } from './calendar/event-resource';
export { GoogleControl } from './control/google-control';
export { GoogleSimulator } from './google-simulator';
export { GoogleError } from './http/google-error';
export { DEFAULT_CLIENTS, type OAuthClient } from '@daybook/simulator-kit';
