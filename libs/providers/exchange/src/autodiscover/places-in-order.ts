import type { FindServers, SignInStep } from '@daybook/provider-port';
import { askOpenly, type Asking, isRedirect } from './asking';
import { placeAt } from './finding';
import type { Places } from './places';

interface Around {
  readonly findServers: FindServers;
  readonly places: Places;
  readonly asking: Asking;
  /** Whether the administrator's rules let this host be asked at all. */
  readonly mayAsk: (url: URL) => boolean;
}

export interface Place {
  readonly step: SignInStep;
  /** Whoever is on the way can name any host here. */
  readonly isForgeable?: true;
  /** Whom to ask for mailboxes of this domain; null where there is no such place at all, empty where it leads nowhere. */
  readonly origins: (domain: string, around: Around) => Promise<readonly URL[] | null>;
}

const MOST_RECORDS = 3;

/**
 * In the order that clients of Microsoft ask in, after what the operator says.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/autodiscover-for-exchange.
 */
export const PLACES_IN_ORDER: readonly Place[] = [
  {
    step: 'find_by_setting',
    origins: async (domain, { places }) => {
      const place = places.of(domain);
      return place === null ? null : [place];
    },
  },
  { step: 'find_at_domain', origins: async (domain) => originAt(`https://${domain}`) },
  { step: 'find_at_autodiscover_host', origins: async (domain) => originAt(`https://autodiscover.${domain}`) },
  { step: 'find_by_redirect', isForgeable: true, origins: byRedirect },
  { step: 'find_by_srv', isForgeable: true, origins: bySrv },
];

/** Anybody on the way may have written this redirect: it goes without a password, and only to https. */
async function byRedirect(domain: string, { asking, mayAsk }: Around): Promise<readonly URL[]> {
  const [origin] = originAt(`http://autodiscover.${domain}`);
  if (origin === undefined || !mayAsk(origin)) return [];
  const url = new URL('/autodiscover/autodiscover.xml', origin);
  const response = await askOpenly(asking, url, { overPlainHttp: true });
  if (response === null || !isRedirect(response)) return [];
  const finding = placeAt(response.headers['location'] ?? '', url);
  return finding.type === 'place' ? [finding.origin] : [];
}

/** RFC 2782: lower priorities first; of the same one, whoever bears more. */
async function bySrv(domain: string, { findServers, asking }: Around): Promise<readonly URL[]> {
  const isName = originAt(`https://autodiscover.${domain}`).length > 0;
  if (!isName || asking.time.isOver) return [];
  const records = await findServers.srv(`_autodiscover._tcp.${domain}`);
  return [...records]
    .sort((one, other) => one.priority - other.priority || other.weight - one.weight)
    .slice(0, MOST_RECORDS)
    .flatMap(({ host, port }) => originAt(`https://${host}:${port}`));
}

/** None for a number in place of a name, below which there are no others. */
function originAt(text: string): readonly URL[] {
  return URL.canParse(text) ? [new URL(new URL(text).origin)] : [];
}
