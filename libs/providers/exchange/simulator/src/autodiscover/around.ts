import type { SimulatorClock } from '@daybook/simulator-kit';

/** Where a client has to ask instead. */
export type Redirection =
  | { readonly kind: 'address'; readonly email: string }
  /** Of another Autodiscover service: `https://other.example/autodiscover/autodiscover.xml`. */
  | { readonly kind: 'url'; readonly url: string };

/** A mailbox, as far as clients are told how to reach it. */
export interface AutodiscoverEntry {
  readonly email: string;
  readonly displayName: string;
  /** An absolute URL; null of somebody the server knows but cannot serve. */
  readonly ewsUrl: string | null;
  /** Inside of the network; without it, the same. */
  readonly internalEwsUrl?: string;
  readonly redirection?: Redirection;
}

export interface AutodiscoverDirectory {
  /** Null of somebody unknown. The address comes in lower case. */
  find(email: string): AutodiscoverEntry | null;
  /** The address of Exchange Web Services for a domain in lower case; null of a domain that is not served here. */
  domainEwsUrl(domain: string): string | null;
}

export interface AutodiscoverServer {
  readonly major: number;
  readonly minor: number;
  readonly majorBuild: number;
  readonly minorBuild: number;
  /** The newest schema of Exchange Web Services: `Exchange2013_SP1`. */
  readonly newest: string;
  /** All schemas, oldest first. */
  readonly schemas: readonly string[];
  /** `EXCH01.example.com` */
  readonly hostName: string;
  /** Of legacy distinguished names: `Example`. */
  readonly organization: string;
}

export interface AroundAutodiscover {
  readonly directory: AutodiscoverDirectory;
  readonly server: AutodiscoverServer;
  readonly clock: SimulatorClock;
}
