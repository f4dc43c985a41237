export {
  startMicrosoftSimulator,
  type RunningMicrosoftSimulator,
  type StartOptions,
} from './start-microsoft-simulator';
export { MicrosoftControl } from './control/microsoft-control';
export { DEFAULT_CLIENTS, type OAuthClient } from '@daybook/simulator-kit';
export { GraphError } from './graph/graph-error';
export type { EventResource } from './graph/event-view';
export { GraphSide, type GraphSurroundings, type OpenGraph } from './graph/graph-side';
export type { Identify } from './graph/identify';
export type { EventBody } from './mailbox/event-body';
export { MicrosoftSimulator } from './microsoft-simulator';
export type { Principal } from './principal';
