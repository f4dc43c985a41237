/**
 * What Entra's refusals mean, in the port's words. They are told apart by `error` and `suberror`; numbers (AADSTS…) only where
 * one class holds things of different kinds, because Microsoft changes them. A number nobody knows counts as its class.
 * Source: learn.microsoft.com/entra/identity-platform/reference-error-codes.
 */
import {
  asText,
  isRecord,
  listOf,
  ProviderError,
  type ProviderErrorKind,
  type ProviderHttpResponse,
  retryAfterMs,
} from '@daybook/provider-port';
import { signInClaims } from './sign-in-claims';

/** An administrator has to approve the application, or to assign the person to it. */
const ADMIN: ReadonlySet<number> = new Set([90094, 90095, 90093, 50105, 900941, 900942, 900943, 900944]);
/** Grants that stand, at a moment when Entra cannot look at them. */
const PASSING: ReadonlySet<number> = new Set([50087, 90024, 90033, 90036, 50196, 90006, 90012]);
/** Of the application, not of the person: its registration, its secret, its tenant. */
const OPERATOR: ReadonlySet<number> = new Set([700016, 7000215, 7000222, 7000112, 700030, 650052]);

/** What a refused token request said. */
interface Refusal {
  readonly error: string;
  readonly suberror: string;
  readonly numbers: readonly number[];
  /** What the next sign-in has to show; null where it is not said. */
  readonly claims: string | null;
}

/** The error of a refresh or a code exchange. Only a word of the provider that the grant is dead counts as that. */
export function errorFromTokenReply(response: ProviderHttpResponse, now: number): ProviderError {
  const refusal = readRefusal(response);
  const words = [refusal.error, refusal.suberror, ...refusal.numbers.slice(0, 1)].filter((word) => word !== '');
  return new ProviderError(kindOf(response.status, refusal), {
    detail: `token endpoint ${[response.status, ...words].join(' ')}`,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], now),
    claims: refusal.claims,
  });
}

/** What a refusal in the browser means: `error` and `error_description` of the address one comes back to. */
export function kindOfRefusal(error: string, description: string): ProviderErrorKind | 'denied' {
  const numbers = numbersIn(description);
  if (numbers.some((number) => ADMIN.has(number))) return 'AdminApprovalNeeded';
  if (error === 'access_denied' || numbers.includes(65004)) return 'denied';
  // Consent that the page could not ask for: the person may not give it.
  if (error === 'consent_required') return 'AdminApprovalNeeded';
  return error === 'server_error' || error === 'temporarily_unavailable' ? 'Unavailable' : 'Unknown';
}

function kindOf(status: number, { error, suberror, numbers }: Refusal): ProviderErrorKind {
  if (status === 429) return 'Throttled';
  if (status >= 500 || status === 408) return 'Unavailable';
  const has = (set: ReadonlySet<number>): boolean => numbers.some((number) => set.has(number));
  if (has(ADMIN)) return 'AdminApprovalNeeded';
  if (has(PASSING)) return 'Unavailable';
  if (has(OPERATOR) || suberror === 'client_mismatch') return 'Unknown';
  switch (error) {
    case 'invalid_grant':
    // Conditional access or a second factor: no secret of ours gives what the person has to show.
    case 'interaction_required':
    case 'login_required':
    case 'consent_required':
      return 'ConsentRevoked';
    case 'temporarily_unavailable':
    case 'server_error':
      return 'Unavailable';
    default:
      // invalid_client, unauthorized_client, invalid_request, invalid_scope…: the operator's fault, never the person's.
      return 'Unknown';
  }
}

function readRefusal(response: ProviderHttpResponse): Refusal {
  const body = bodyOf(response);
  if (!isRecord(body)) return { error: '', suberror: '', numbers: [], claims: null };
  const codes = listOf(body['error_codes']).filter((code): code is number => typeof code === 'number');
  return {
    error: wordOf(body['error']),
    suberror: wordOf(body['suberror']),
    numbers: codes.length > 0 ? codes : numbersIn(asText(body['error_description'], 2048)),
    claims: signInClaims(body['claims']),
  };
}

function wordOf(value: unknown): string {
  const word = asText(value, 64);
  return /^[a-z_]+$/.test(word) ? word : '';
}

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/AADSTS(\d{4,8})/g)].map((found) => Number(found[1]));
}

function bodyOf(response: ProviderHttpResponse): unknown {
  try {
    return response.json();
  } catch {
    return null;
  }
}
