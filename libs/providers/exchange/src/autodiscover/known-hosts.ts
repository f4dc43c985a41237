/**
 * Whom a password may go to where the way there was named by plain http or a name server. Whoever is in between can forge both, and a
 * certificate proves only that a host is who it says it is, not that it is this mailbox's.
 */
import type { ServerRules } from '@daybook/provider-port';
import { isListed } from '../auth/server-rules';

export type HostJudge = (url: URL) => boolean;

/**
 * Exchange Online and its Autodiscover, in all its clouds: nobody else has names there.
 * Sources: learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges, its pages for other clouds, and
 * learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records.
 */
const OF_MICROSOFT = [
  'outlook.office365.com',
  'outlook.office.com',
  '*.outlook.com',
  '*.onmicrosoft.com',
  '*.office365.us',
  'webmail.apps.mil',
  'partner.outlook.cn',
  '*.partner.outlook.cn',
];

interface KnownOtherwise {
  readonly rules: Pick<ServerRules, 'allowedHosts'>;
  /** Of the operator, with or without a port. */
  readonly listedHosts: readonly string[];
}

export const anyHost: HostJudge = () => true;

/** Hosts at or below the domain of the mailbox, Microsoft's, and those that an administrator or the operator has named. */
export function knownHosts(domain: string, { rules, listedHosts }: KnownOtherwise): HostJudge {
  const known = [domain, `*.${domain}`, ...OF_MICROSOFT, ...rules.allowedHosts, ...listedHosts];
  return (url) => isListed(url, known);
}
