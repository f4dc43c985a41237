export { AddressGuard } from './address-guard';
export type { AddressGuardOptions } from './address-guard';
export { findServers } from './find-servers';
export type { ServerRecord } from './find-servers';
export type { ResolveName } from './guarded-connect';
export { createHttpClient } from './http-client';
export type {
  HttpCertificate,
  HttpClient,
  HttpClientOptions,
  HttpCredentials,
  HttpRequest,
  HttpResponse,
  HttpStream,
  HttpTrust,
} from './http-types';
export { HttpFailure } from './http-failure';
export type { HttpFailureKind } from './http-failure';
export { authenticateMessage, channelBindingOf, negotiateMessage, NtlmRefusal } from './ntlm';
export type { NtlmAnswer, NtlmChance, NtlmRefusalKind } from './ntlm';
