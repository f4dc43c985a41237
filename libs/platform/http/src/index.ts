export { AddressGuard } from './address-guard';
export type { AddressGuardOptions } from './address-guard';
export type { ResolveName } from './guarded-connect';
export { createHttpClient } from './http-client';
export type { HttpClient, HttpClientOptions, HttpRequest, HttpResponse } from './http-client';
export { HttpFailure } from './http-failure';
export type { HttpFailureKind } from './http-failure';
