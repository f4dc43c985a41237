import { failed, passed, skipped, type CheckOutcome } from './diagnosis';
import type { ProviderHttp, ProviderHttpRequest } from './provider-surroundings';

const DEADLINE_MS = 8_000;
const MAX_BYTES = 256 * 1024;

interface Reach {
  readonly address: CheckOutcome;
  readonly tls: CheckOutcome;
}

/**
 * One request without any access to an address of the provider, for adapters to tell with whether it is found, may be called,
 * takes connections and shows a certificate we trust. What it answers does not matter: any answer went the whole way.
 */
export async function reach(
  http: ProviderHttp,
  url: string,
  how: Pick<ProviderHttpRequest, 'trust'> = {},
): Promise<Reach> {
  const overTls: CheckOutcome = url.startsWith('https:') ? passed : skipped('plain_http');
  try {
    await http.request({ method: 'GET', url, deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES, ...how });
    return { address: passed, tls: overTls };
  } catch (failure) {
    return reachOf(failure, overTls);
  }
}

function reachOf(failure: unknown, overTls: CheckOutcome): Reach {
  const never = skipped('earlier_failed');
  switch (wordOf(failure, 'kind')) {
    case 'redirect':
    case 'tooLarge':
    case 'malformed':
      return { address: passed, tls: overTls };
    case 'tls':
      return { address: passed, tls: failed('certificate_refused') };
    case 'blocked':
      return { address: failed('address_blocked'), tls: never };
    default:
      return { address: failed(isUnknownName(failure) ? 'address_not_found' : 'no_connection'), tls: never };
  }
}

/** As resolvers say it (`getaddrinfo`). */
function isUnknownName(failure: unknown): boolean {
  return ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'].includes(wordOf(failure, 'code'));
}

function wordOf(failure: unknown, name: 'kind' | 'code'): string {
  const value: unknown = typeof failure === 'object' && failure !== null ? Reflect.get(failure, name) : undefined;
  return typeof value === 'string' ? value : '';
}
