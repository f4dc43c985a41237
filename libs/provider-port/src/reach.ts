import { certificateNote, expiryOfRefused, isExpiry } from './certificate-term';
import { failed, passed, skipped, type CheckOutcome } from './diagnosis';
import type { ProviderHttp, ProviderHttpRequest, ProviderHttpResponse } from './provider-surroundings';

const DEADLINE_MS = 8_000;
const MAX_BYTES = 256 * 1024;

interface Reach {
  readonly address: CheckOutcome;
  readonly tls: CheckOutcome;
}

interface ReachOptions extends Pick<ProviderHttpRequest, 'trust'> {
  /** Where the client tells of certificates: now, by which the end of the one that is shown is judged. */
  readonly now?: number;
}

/**
 * One request without any access to an address of the provider, for adapters to tell with whether it is found, may be called,
 * takes connections and shows a certificate we trust. What it answers does not matter: any answer went the whole way.
 */
export async function reach(http: ProviderHttp, url: string, { trust, now }: ReachOptions = {}): Promise<Reach> {
  const overTls: CheckOutcome = url.startsWith('https:') ? passed : skipped('plain_http');
  const asked = { url, deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES };
  try {
    const response = await http.request({ method: 'GET', ...asked, ...(trust ? { trust } : {}) });
    return { address: passed, tls: trust?.skipChecks ? overTls : withTerm(overTls, response, now) };
  } catch (failure) {
    const found = reachOf(failure, overTls);
    if (found.tls.outcome !== 'failed' || found.tls.code !== 'certificate_expired' || now === undefined) return found;
    return { ...found, tls: { ...found.tls, ...(await expiryOfRefused(http, asked)) } };
  }
}

function withTerm(tls: CheckOutcome, { certificate }: ProviderHttpResponse, now: number | undefined): CheckOutcome {
  return tls.outcome === 'passed' && now !== undefined ? { ...tls, ...certificateNote(certificate, now) } : tls;
}

function reachOf(failure: unknown, overTls: CheckOutcome): Reach {
  const never = skipped('earlier_failed');
  switch (wordOf(failure, 'kind')) {
    case 'redirect':
    case 'tooLarge':
    case 'malformed':
      return { address: passed, tls: overTls };
    case 'tls':
      return {
        address: passed,
        tls: failed(isExpiry(wordOf(failure, 'code')) ? 'certificate_expired' : 'certificate_refused'),
      };
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
