/** Somebody who can sign in, as far as signing in needs to know. */
export interface SignInAccount {
  /** Primary address of the mailbox. */
  readonly email: string;
  readonly password: string;
}

/** A name as people and programs type it: `DOMAIN\user` in two parts; of an address or UPN the domain is empty. */
export interface LogonName {
  readonly domain: string;
  readonly user: string;
}

export interface Accounts {
  /** Names in any case; null of somebody unknown. */
  find(name: LogonName): SignInAccount | null;
}

/** A domain of the directory: `EXAMPLE` and `example.com`. */
export interface DirectoryDomain {
  readonly netBios: string;
  readonly dns: string;
}

/** `DOMAIN\user` in two parts; anything else is a user without a domain. */
export function parseLogonName(text: string): LogonName {
  const at = text.indexOf('\\');
  return at < 0 ? { domain: '', user: text } : { domain: text.slice(0, at), user: text.slice(at + 1) };
}

/**
 * Accounts whose logon name is the part of the address before the `@`: `ada@example.com` is also `EXAMPLE\ada` and
 * `example.com\ada`, and plain `ada` where she is in the first domain that has one. `find` gets lower-case addresses.
 */
export function accountsOfDomains(
  domains: readonly DirectoryDomain[],
  find: (email: string) => SignInAccount | null,
): Accounts {
  return {
    find({ domain, user }) {
      const [local, wanted] = [user.toLowerCase(), domain.toLowerCase()];
      if (local.includes('@')) return find(local);
      for (const { netBios, dns } of domains) {
        const isMeant = wanted === '' || wanted === netBios.toLowerCase() || wanted === dns.toLowerCase();
        const account = isMeant ? find(`${local}@${dns.toLowerCase()}`) : null;
        if (account !== null) return account;
      }
      return null;
    },
  };
}
