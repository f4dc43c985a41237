import { domainOf } from '../auth/form-account';

/** What an operator says of where mailboxes are looked for: for one domain, or for all others. */
export interface Places {
  /** The origin to ask for mailboxes of this domain first, as `domainOf` gives it; null where nothing is said. */
  of(domain: string): URL | null;
}

const ALL_OTHERS = '*';

/** @param lines `example.com=https://mail.internal:443` or `*=…` @throws TypeError when one is none, or a domain is named twice */
export function readPlaces(lines: readonly string[]): Places {
  const byDomain = new Map<string, URL>();
  for (const [domain, origin] of lines.map(readLine)) {
    if (byDomain.has(domain)) throw new TypeError(`${domain} is named twice among the places for Autodiscover`);
    byDomain.set(domain, origin);
  }
  return { of: (domain) => byDomain.get(domain) ?? byDomain.get(ALL_OTHERS) ?? null };
}

function readLine(line: string): readonly [string, URL] {
  const at = line.indexOf('=');
  const [named, address] = [line.slice(0, Math.max(at, 0)).trim(), line.slice(at + 1).trim()];
  const domain = named === ALL_OTHERS ? named : domainOf(named);
  if (domain === null || !/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    throw new TypeError(
      `${named === '' ? 'an entry' : named} of the places for Autodiscover is no domain with an http or https address`,
    );
  }
  return [domain, new URL(new URL(address).origin)];
}
