import type { ewsSchema } from '@daybook/contracts';
import type { FormSignIn, SignInForm } from '@daybook/provider-port';

export type GivenForm = ReturnType<typeof ewsSchema.parse>;

/** What a person typed, with empty fields as if they had been left out. */
export function toSignInForm(given: GivenForm): SignInForm {
  const { email, username, password, url, version, certificateAuthorities, skipCertificateChecks } = given;
  return {
    password,
    ...(email !== undefined && { email }),
    ...(username !== undefined && { username }),
    ...(url !== undefined && { url }),
    ...(version !== undefined && { version }),
    ...(certificateAuthorities !== undefined && certificateAuthorities !== '' && { certificateAuthorities }),
    ...(skipCertificateChecks !== undefined && { skipCertificateChecks }),
  };
}

/**
 * The same for a connection that has signed in before: what is left out stays as it was, except for the password. That
 * certificates are not checked was allowed for one host and goes on to no other.
 */
export function filledIn(given: GivenForm, before: ReturnType<FormSignIn['visible']>, address: string): SignInForm {
  const { url, username, version, certificateChecksSkipped, certificateAuthorities } = before;
  return {
    email: address,
    ...(username !== '' && { username }),
    ...(url !== '' && { url }),
    ...(version !== '' && { version }),
    ...(given.certificateAuthorities === undefined &&
      certificateAuthorities !== undefined && { certificateAuthorities }),
    ...(certificateChecksSkipped && isSameHost(given.url ?? url, url) && { skipCertificateChecks: true }),
    ...toSignInForm(given),
  };
}

/** A host may be given alone; an address of a mailbox may lead anywhere. */
function isSameHost(given: string, before: string): boolean {
  const [now, then] = [given, before].map((text) => URL.parse(text.includes('://') ? text : `https://${text}`));
  return !given.includes('@') && now?.host !== undefined && now.host === then?.host;
}
