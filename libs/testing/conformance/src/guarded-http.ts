import { AddressGuard, createHttpClient, type HttpClient, type ResolveName } from '@daybook/platform/http';

/** The real http client, which goes to this server and to public ones; names are resolved as said, if anything is. */
export function guardedHttpTo(baseUrl: string, resolveName?: ResolveName): HttpClient {
  const guard = new AddressGuard({ allowHosts: [new URL(baseUrl).host] });
  return createHttpClient({ userAgent: 'Daybook conformance', guard, ...(resolveName ? { resolveName } : {}) });
}
