import { Table, type Journal, type JournalLine, type JournalPart } from '@daybook/simulator-kit';
import type { Redirection } from '../autodiscover/around';
import { accountsOfDomains, type Accounts, type DirectoryDomain, type LogonName, type SignInAccount } from './account';

/** Somebody who can sign in, as the control side made them. */
export interface AccountRecord extends SignInAccount {
  /** IANA name: the zone of the mailbox. */
  readonly timeZone: string;
  /** Where clients that look for the mailbox are sent instead. */
  readonly redirection?: Redirection;
}

/** Everybody who can sign in, by address. */
export class AccountBook implements JournalPart, Accounts {
  private readonly table: Table<AccountRecord>;

  constructor(journal: () => Journal) {
    this.table = new Table('ews-account', journal);
  }

  put(account: AccountRecord): void {
    this.table.set(account.email, account);
  }

  /** The account of an address in lower case. */
  get(email: string): AccountRecord | null {
    return this.table.get(email) ?? null;
  }

  find(name: LogonName): AccountRecord | null {
    const domains = name.user.includes('@') ? [] : this.domains;
    const found = accountsOfDomains(domains, (email) => this.get(email)).find(name);
    return found === null ? null : this.get(found.email);
  }

  /** Domains of the addresses, in the order in which they came: `example.com` is also `EXAMPLE`. */
  get domains(): readonly DirectoryDomain[] {
    const names = new Set(this.table.values().map(({ email }) => email.slice(email.indexOf('@') + 1)));
    return [...names].map((dns) => ({ dns, netBios: (dns.split('.')[0] ?? dns).toUpperCase().slice(0, 15) }));
  }

  restore(line: JournalLine): boolean {
    if (line[0] !== this.table.name) return false;
    this.table.restore(line);
    return true;
  }

  get size(): number {
    return this.table.size;
  }

  lines(): Iterable<JournalLine> {
    return this.table.lines();
  }

  clear(): void {
    this.table.clear();
  }
}
