import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import type { AddressGuard } from './address-guard';
import { HttpFailure } from './http-failure';

/** Resolves a name; the system's resolver unless a test hands in its own. */
export type ResolveName = (hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

/** How certificates are judged; left out, by the authorities that Node knows. */
export interface ConnectTrust {
  readonly secureContext?: SecureContext;
  readonly rejectUnauthorized?: boolean;
}

export interface ConnectOptions extends ConnectTrust {
  /** TLS sessions to go on with; 0 makes every connection show its certificate. */
  readonly maxCachedSessions?: number;
}

const systemResolve: ResolveName = (hostname, done) => dnsLookup(hostname, { all: true, verbatim: true }, done);

/**
 * Opens connections to public addresses only, and to hosts the operator allowed, save for what is none for anybody. The name is
 * resolved once, inside the connecting call, and the socket goes to the addresses that were judged: a record that changes between
 * check and use changes nothing.
 */
export function guardedConnect(
  guard: AddressGuard,
  resolveName: ResolveName = systemResolve,
  connecting: ConnectOptions = {},
): buildConnector.connector {
  const openWith = (refuses: Refuses) =>
    buildConnector({ ...connecting, timeout: 10_000, lookup: judgedLookup(refuses, resolveName) });
  const toAllowed = openWith((address) => guard.neverCalls(address));
  const toPublic = openWith((address) => guard.refusesAddress(address));
  return (options, callback) => {
    const port = options.port === '' ? (options.protocol === 'http:' ? '80' : '443') : options.port;
    const host = `${options.hostname}:${port}`;
    const open = guard.allows(host) ? toAllowed : toPublic;
    open(options, (error, socket) => {
      // Absent once the other side has hung up.
      const address = socket?.remoteAddress;
      const refused = address === undefined ? null : guard.refusal(host, address);
      if (socket && (refused || address === undefined)) {
        socket.destroy();
        const hungUp = new HttpFailure('network', host, 'ECONNRESET');
        callback(refused ? new HttpFailure('blocked', host, refused) : hungUp, null);
      } else if (socket) {
        callback(null, socket);
      } else {
        callback(error ?? new HttpFailure('network', host), null);
      }
    });
  };
}

/** Why an address is not connected to; null when it is. */
type Refuses = (address: string) => string | null;

function judgedLookup(refuses: Refuses, resolveName: ResolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) {
        callback(error ?? new HttpFailure('network', hostname, 'ENOTFOUND'), '');
        return;
      }
      const refused = addresses.map(({ address }) => refuses(address)).find((reason) => reason !== null);
      if (refused) {
        callback(new HttpFailure('blocked', hostname, refused), '');
      } else if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}
