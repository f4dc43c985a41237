export { startGoogleSimulator, type RunningGoogleSimulator, type StartOptions } from './start-google-simulator';
export type { EventBody, EventResource } from './calendar/event-resource';
export { GoogleControl } from './control/google-control';
export { SimulatorRefusal } from './control/refusal';
export type { SimulatorClock } from './clock';
