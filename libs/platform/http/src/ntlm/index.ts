export { authenticateMessage, type NtlmAnswer, type NtlmChance } from './authenticate-message';
export { channelBindingOf } from './channel-binding';
export { negotiateMessage } from './negotiate-message';
export { NtlmRefusal, type NtlmRefusalKind } from './ntlm-refusal';
