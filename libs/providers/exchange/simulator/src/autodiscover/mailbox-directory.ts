import type { AccountBook } from '../auth/account-book';
import type { MailboxStore } from '../mailbox/mailbox-store';
import type { AutodiscoverDirectory } from './around';

const EWS_PATH = '/EWS/Exchange.asmx';

/** The mailboxes of a server as Autodiscover tells of them to a client that asked at `origin` (`https://mail.example.com`). */
export function mailboxDirectory(
  { store, accounts }: { readonly store: MailboxStore; readonly accounts: AccountBook },
  origin: string,
): AutodiscoverDirectory {
  const ewsUrl = `${origin}${EWS_PATH}`;
  return {
    find: (email) => {
      const mailbox = store.mailboxes.get(email);
      if (mailbox === undefined) return null;
      const redirection = accounts.get(email)?.redirection;
      const entry = { email, displayName: mailbox.displayName, ewsUrl };
      return redirection === undefined ? entry : { ...entry, redirection };
    },
    domainEwsUrl: (domain) => (accounts.domains.some(({ dns }) => dns === domain) ? ewsUrl : null),
  };
}
