import ipaddr from 'ipaddr.js';
import { hostOf, HttpFailure } from './http-failure';

export interface AddressGuardOptions {
  /** Exact `host:port` pairs that may be plain http and may be private: a simulator, an Exchange server inside the house. */
  readonly allowHosts?: readonly string[];
}

/**
 * Keeps requests inside the public internet, so that an address somebody typed, a redirect or a changed DNS record cannot
 * make this process ask its own network. It judges twice: the URL before anything is sent, and the very address of each new
 * connection (see guarded-connect.ts).
 */
export class AddressGuard {
  private readonly allowed: ReadonlySet<string>;

  constructor({ allowHosts = [] }: AddressGuardOptions = {}) {
    this.allowed = new Set(allowHosts.map((host) => host.trim().toLowerCase()));
  }

  /** Whether this `host:port` was named by the operator. */
  allows(hostPort: string): boolean {
    return this.allowed.has(hostPort.toLowerCase());
  }

  /**
   * The parsed URL, when it may be asked for. Throws HttpFailure `blocked`. `URL` has already turned odd forms of addresses
   * (`0x7f.1`, `2130706433`, `[::ffff:127.0.0.1]`) into their plain ones.
   */
  checkUrl(url: string | URL): URL {
    const parsed = parseUrl(url);
    const host = hostOf(parsed);
    const allowed = this.allows(host);
    if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && allowed)) {
      throw new HttpFailure('blocked', host, 'protocol');
    }
    if (parsed.username !== '' || parsed.password !== '') {
      throw new HttpFailure('blocked', host, 'user_in_url');
    }
    const literal = parsed.hostname.replace(/^\[|\]$/g, '');
    const refused = allowed || !ipaddr.isValid(literal) ? null : this.refusesAddress(literal);
    if (refused) {
      throw new HttpFailure('blocked', host, refused);
    }
    return parsed;
  }

  /**
   * Why an address is not public (`loopback`, `private`, `linkLocal`, `carrierGradeNat`, `uniqueLocal`, …), or null when it
   * is. Only plain unicast passes; the cloud's metadata address is link-local. IPv6 forms that carry an IPv4 address
   * (mapped, NAT64, 6to4, Teredo) are refused by their range, because what they lead to is not what they look like.
   */
  refusesAddress(address: string): string | null {
    const bare = address.split('%')[0] ?? '';
    if (!ipaddr.isValid(bare)) {
      return 'invalid';
    }
    const parsed = ipaddr.parse(bare);
    if (parsed.kind() === 'ipv6' && !parsed.match(globalUnicast)) {
      return parsed.range() === 'unicast' ? 'reserved' : parsed.range();
    }
    return parsed.range() === 'unicast' ? null : parsed.range();
  }
}

/** 2000::/3 is all that the registries hand out (https://www.iana.org/assignments/ipv6-unicast-address-assignments). */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

function parseUrl(url: string | URL): URL {
  if (url instanceof URL) {
    return new URL(url);
  }
  if (!URL.canParse(url)) {
    throw new HttpFailure('malformed', 'unknown', 'url');
  }
  return new URL(url);
}
