export {
  endServer,
  listen,
  portOf,
  startGoogleSimulator,
  type RunningGoogleSimulator,
  type StartOptions,
} from './start-google-simulator';
export type { EventBody, EventResource } from './calendar/event-resource';
export { GoogleControl } from './control/google-control';
export { SimulatorRefusal } from './control/refusal';
export type { SimulatorClock } from './clock';
export { GoogleSimulator } from './google-simulator';
export { GoogleError } from './http/google-error';
export { googleServer, type Certificate } from './http/google-server';
export { recordingsIn } from './http/recorder';
export { DEFAULT_CLIENTS, type OAuthClient } from './oauth/clients';
