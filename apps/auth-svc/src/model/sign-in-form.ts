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
    ...mailboxAt(address),
    ...(username !== '' && { username }),
    ...(url !== '' && { url }),
    ...(version !== '' && { version }),
    ...(given.certificateAuthorities === undefined &&
      certificateAuthorities !== undefined && { certificateAuthorities }),
    ...(certificateChecksSkipped && isSameHost(given.url ?? url, url) && { skipCertificateChecks: true }),
    ...toSignInForm(given),
  };
}

/** The account of a connection as what a form begins with: where the server told no address of it, it is the name to sign in with. */
export function mailboxAt(account: string): Pick<SignInForm, 'email'> {
  return /^[^\s@\\]+@[^\s@\\]+$/.test(account) ? { email: account } : {};
}

/** A host may be given alone; an address of a mailbox may lead anywhere. */
function isSameHost(given: string, before: string): boolean {
  const [now, then] = [given, before].map((text) => URL.parse(text.includes('://') ? text : `https://${text}`));
  return !given.includes('@') && now?.host !== undefined && now.host === then?.host;
}
