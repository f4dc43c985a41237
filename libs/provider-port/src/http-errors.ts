/** Errors of an exchange that are the same whichever provider it was with. */
import { asText, isRecord } from './foreign';
import { asProviderError, ProviderError } from './provider-error';
import type { ProviderHttpResponse } from './provider-surroundings';

const LONGEST_WAIT = 86_400_000;

/** The error of a request that got no reply; the http client says why by `kind`. */
export function errorFromFailure(failure: unknown): ProviderError {
  if (failure instanceof ProviderError) return failure;
  const kind = isRecord(failure) ? asText(failure['kind'], 20) : '';
  switch (kind) {
    case 'timeout':
    case 'network':
    case 'aborted':
    case 'redirect':
    case 'malformed':
      return new ProviderError('Unavailable', { detail: `http ${kind}`, cause: failure });
    case 'tls':
    case 'blocked':
      return new ProviderError('UntrustedServer', { detail: `http ${kind}`, cause: failure });
    case 'tooLarge':
      return new ProviderError('Unreadable', { detail: 'http tooLarge', cause: failure });
    default:
      return asProviderError(failure);
  }
}

/** A success that is no JSON comes from something between us and the provider. */
export function errorFromForeignReply(response: ProviderHttpResponse, cause: unknown): ProviderError {
  return new ProviderError('Unavailable', {
    detail: `${response.status} with a reply that is not the provider's`,
    cause,
  });
}

/** Retry-After in milliseconds: seconds, decimals allowed, or an HTTP date; null when absent or nonsense. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  if (!Number.isFinite(wait)) return null;
  return Math.min(Math.max(Math.round(wait), 0), LONGEST_WAIT);
}
