export { startExchangeSimulator, type RunningExchangeSimulator, type StartOptions } from './start-exchange-simulator';
export { SIGN_IN_SCHEMES, type SignInScheme } from './auth/sign-in-setting';
export { ExchangeControl } from './control/exchange-control';
export { ExchangeSimulator } from './exchange-simulator';
export { STREAMING_SETTINGS, type StreamingSetting } from './notifications/streaming/streaming-setting';
export type { ServerSettings } from './server-settings';
export { EwsRefusal } from './soap/refusal';
export { SERVER_NAMES } from './soap/server-version';
export { childOf, childrenOf, element, textOf, type XmlElement } from './wire/element';
