import ipaddr from 'ipaddr.js';
import { hostOf, HttpFailure, portOf } from './http-failure';
import { isOfOtherService } from './other-services';

export interface AddressGuardOptions {
  /** Exact `host:port` pairs, of port 443 where none is named, that may be plain http and may be private: a simulator, an Exchange server inside the house. */
  readonly allowHosts?: readonly string[];
}

export interface UrlRules {
  /** Whether plain http may go to hosts that nobody named, too: with nothing secret, to addresses that are public. */
  readonly plainHttp?: boolean;
}

/**
 * Keeps requests inside the public internet, so that an address somebody typed, a redirect or a changed DNS record cannot
 * make this process ask its own network. It judges twice: the URL before anything is sent, and the very address of each new
 * connection (see guarded-connect.ts).
 */
export class AddressGuard {
  private readonly allowed: ReadonlySet<string>;

  constructor({ allowHosts = [] }: AddressGuardOptions = {}) {
    this.allowed = new Set(allowHosts.map(withPort));
  }

  /** Whether this `host:port` was named by the operator. */
  allows(hostPort: string): boolean {
    return this.allowed.has(hostPort.toLowerCase());
  }

  /**
   * The parsed URL, when it may be asked for. Throws HttpFailure `blocked`. `URL` has already turned odd forms of addresses
   * (`0x7f.1`, `2130706433`, `[::ffff:127.0.0.1]`) into their plain ones.
   */
  checkUrl(url: string | URL, { plainHttp = false }: UrlRules = {}): URL {
    const parsed = parseUrl(url);
    const host = hostOf(parsed);
    if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && (plainHttp || this.allows(host)))) {
      throw new HttpFailure('blocked', host, 'protocol');
    }
    if (parsed.username !== '' || parsed.password !== '') {
      throw new HttpFailure('blocked', host, 'user_in_url');
    }
    const literal = parsed.hostname.replace(/^\[|\]$/g, '');
    const refused = ipaddr.isValid(literal) ? this.refusal(host, literal) : null;
    if (refused) {
      throw new HttpFailure('blocked', host, refused);
    }
    if (isOfOtherService(portOf(parsed)) && !this.allows(host)) {
      throw new HttpFailure('blocked', host, 'port');
    }
    return parsed;
  }

  /** Why a connection to this `host:port` may not go to this address, or null when it may. */
  refusal(hostPort: string, address: string): string | null {
    return this.allows(hostPort) ? this.neverCalls(address) : this.refusesAddress(address);
  }

  /** Why an address is none for anybody, whatever allowed host stands for it; null when it may be called. */
  neverCalls(address: string): string | null {
    const bare = address.split('%')[0] ?? '';
    if (!ipaddr.isValid(bare)) {
      return 'invalid';
    }
    // An IPv4 address also when an IPv6 one carries it.
    const parsed = translated(ipaddr.process(bare));
    if (metadata.has(parsed.toString())) {
      return 'metadata';
    }
    return parsed.range() === 'linkLocal' ? 'linkLocal' : null;
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
    return parsed.range() === 'unicast' ? this.neverCalls(bare) : parsed.range();
  }
}

function withPort(entry: string): string {
  const host = entry.trim().toLowerCase();
  return /:\d+$/.test(host) ? host : `${host}:443`;
}

/** 2000::/3 is all that the registries hand out (https://www.iana.org/assignments/ipv6-unicast-address-assignments). */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** Where clouds tell a machine about itself, its credentials among it, at addresses beside the link-local ones. */
const metadata = new Set(['fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '168.63.129.16', '192.0.0.192']);

/** What a gateway between both kinds of addresses would call (RFC 6052 section 2.1). */
function translated(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  return address.range() === 'rfc6052' ? ipaddr.fromByteArray(address.toByteArray().slice(12)) : address;
}

function parseUrl(url: string | URL): URL {
  if (url instanceof URL) {
    return new URL(url);
  }
  if (!URL.canParse(url)) {
    throw new HttpFailure('malformed', 'unknown', 'url');
  }
  return new URL(url);
}
