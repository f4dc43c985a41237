import { X509Certificate } from 'node:crypto';
import type { ProviderHttpTrust, ServerRules, SignInFailureCode, SignInForm } from '@daybook/provider-port';

export type FormTrust = { readonly trust?: ProviderHttpTrust } | { readonly refused: SignInFailureCode };

const LONGEST = 65_536;
const MOST = 32;
const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g;

/** Which certificates the form wants to be taken, or why that is not possible. */
export function trustOf({ certificateAuthorities, skipCertificateChecks }: SignInForm, rules: ServerRules): FormTrust {
  const skipChecks = skipCertificateChecks === true;
  if (skipChecks && !rules.allowUntrustedCertificates) return { refused: 'untrusted_not_allowed' };
  const authorities = certificateAuthorities === undefined ? [] : authoritiesIn(certificateAuthorities);
  if (authorities === null) return { refused: 'authorities_unreadable' };
  if (authorities.length === 0 && !skipChecks) return {};
  return {
    trust: { ...(authorities.length === 0 ? {} : { authorities }), ...(skipChecks ? { skipChecks } : {}) },
  };
}

/** One after the other, with whatever stands between them; null where one of them is no certificate, or there is none. */
function authoritiesIn(pem: string): readonly string[] | null {
  if (pem.length > LONGEST) return null;
  const blocks = pem.match(BLOCK) ?? [];
  const begun = pem.split('-----BEGIN ').length - 1;
  if (blocks.length === 0 || blocks.length !== begun || blocks.length > MOST) return null;
  return blocks.every(isCertificate) ? blocks : null;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
