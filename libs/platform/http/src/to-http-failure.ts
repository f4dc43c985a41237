import { isNativeError } from 'node:util/types';
import { HttpFailure, type HttpFailureKind } from './http-failure';

/** Certificate faults as Node names them (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const tlsCode =
  /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|EPROTO)/;
const timeoutCode = /^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT)$/;
const tooLargeCode = /^(UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_EXCEEDED_MAX_SIZE)$/;
const malformedCode = /^(HPE_|UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED)/;

/** Sorts what went wrong into our kinds. The original error is left behind on purpose: its message may quote the request. */
export function toHttpFailure(
  error: unknown,
  host: string,
  { timedOut, aborted }: { timedOut: boolean; aborted: boolean },
): HttpFailure {
  if (error instanceof HttpFailure) {
    return error;
  }
  const code = codeOf(error);
  if (timedOut) {
    return new HttpFailure('timeout', host, 'deadline');
  }
  return aborted ? new HttpFailure('aborted', host) : new HttpFailure(kindOf(code), host, code);
}

function kindOf(code: string | undefined): HttpFailureKind {
  if (code === undefined) {
    return 'network';
  }
  const kinds: readonly (readonly [RegExp, HttpFailureKind])[] = [
    [tlsCode, 'tls'],
    [timeoutCode, 'timeout'],
    [tooLargeCode, 'tooLarge'],
    [malformedCode, 'malformed'],
  ];
  return kinds.find(([pattern]) => pattern.test(code))?.[1] ?? 'network';
}

function codeOf(error: unknown): string | undefined {
  if (!isNativeError(error)) {
    return undefined;
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause);
}
