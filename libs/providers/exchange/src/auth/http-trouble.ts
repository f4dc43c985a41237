import { asText, isExpiry, isRecord, type SignInFailureCode } from '@daybook/provider-port';

/** What a request that got no answer says of where it went, in the words of the http client. */
export interface HttpTrouble {
  readonly kind: string;
  readonly code: string;
}

export function troubleOf(failure: unknown): HttpTrouble {
  const told = isRecord(failure) ? failure : {};
  return { kind: asText(told['kind'], 20), code: asText(told['code'], 60) };
}

/** As resolvers say that a name leads nowhere (`getaddrinfo`). */
const UNKNOWN_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
/** Of a guard that lets no secret out, and of one that lets nothing out at all. */
const PLAIN = new Set(['credentials_over_plain_http', 'protocol']);

export function codeOfTrouble({ kind, code }: HttpTrouble, url: URL): SignInFailureCode {
  switch (kind) {
    case 'tls':
      return isExpiry(code) ? 'certificate_expired' : 'certificate_refused';
    case 'blocked':
      return url.protocol === 'http:' && PLAIN.has(code) ? 'plain_http_refused' : 'address_blocked';
    case 'malformed':
      return code.startsWith('ntlm_') ? 'scheme_not_offered' : 'no_services_there';
    case 'tooLarge':
    case 'redirect':
      return 'no_services_there';
    default:
      return UNKNOWN_NAME.has(code) ? 'address_not_found' : 'no_connection';
  }
}

/** Whoever is there does not speak TLS at all: no certificate was shown that somebody could have objected to. */
export const isNoTls = ({ kind, code }: HttpTrouble): boolean =>
  kind === 'tls' &&
  (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG');
