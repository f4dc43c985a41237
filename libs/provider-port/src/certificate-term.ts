import type { NoteCode } from './diagnosis';
import type { ProviderHttp, ProviderHttpCertificate, ProviderHttpRequest } from './provider-surroundings';

const DAY_MS = 86_400_000;
/** A certificate is warned of from so long before its end: time enough for whoever has to ask somebody else for a new one. */
const WARNED_MS = 14 * DAY_MS;

/** `expiresAt` and `now` in milliseconds since 1970. */
export function certificateState(expiresAt: number, now: number): 'good' | 'ends_soon' | 'expired' {
  if (expiresAt <= now) return 'expired';
  return expiresAt - now <= WARNED_MS ? 'ends_soon' : 'good';
}

/** What is told beside an outcome of the certificate that was shown, where one was. */
export interface CertificateNote {
  readonly code?: NoteCode;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** Of one that was taken: until when it is good, and whether that is soon. */
export function certificateNote(certificate: ProviderHttpCertificate | undefined, now: number): CertificateNote {
  if (!certificate) return {};
  const { expiresAt } = certificate;
  return certificateState(expiresAt, now) === 'good' ? { expiresAt } : { code: 'certificate_ends_soon', expiresAt };
}

export const isExpiry = (code: string): boolean => code === 'CERT_HAS_EXPIRED';

/**
 * Since when a certificate is over that was refused for it: the failure does not say. The address is asked once more, without any
 * access and without checking, for nothing but that date.
 */
export async function expiryOfRefused(
  http: ProviderHttp,
  request: Pick<ProviderHttpRequest, 'url' | 'deadlineMs' | 'maxBytes'>,
): Promise<Pick<CertificateNote, 'expiresAt'>> {
  try {
    const how = { method: 'GET', redirect: 'manual', trust: { skipChecks: true } } as const;
    const { certificate } = await http.request({ ...request, ...how });
    return certificate ? { expiresAt: certificate.expiresAt } : {};
  } catch {
    return {};
  }
}

/** Words for people with the day that a certificate ends on, where one was shown; `expiresAt` becomes ISO 8601. */
export function withLastDay<T extends { readonly detail: string }>(
  words: T,
  { expiresAt }: Pick<CertificateNote, 'expiresAt'>,
): T & { readonly expiresAt?: string } {
  if (expiresAt === undefined) return words;
  const at = new Date(expiresAt).toISOString();
  return { ...words, detail: `${words.detail} Its last day: ${at.slice(0, 10)}.`, expiresAt: at };
}
