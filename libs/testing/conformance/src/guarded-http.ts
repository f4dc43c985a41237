import { AddressGuard, createHttpClient, type HttpClient } from '@daybook/platform/http';

/** The http client production uses, allowed to reach the given simulator. */
export function guardedHttpTo(baseUrl: string): HttpClient {
  const guard = new AddressGuard({ allowHosts: [new URL(baseUrl).host] });
  return createHttpClient({ userAgent: 'Daybook conformance', guard });
}
