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
 * Opens connections to public addresses only. The name is resolved once, inside the connecting call, and the socket goes to
 * the addresses that were judged: a record that changes between check and use changes nothing. Hosts the operator allowed
 * are connected without judging.
 */
export function guardedConnect(
  guard: AddressGuard,
  resolveName: ResolveName = systemResolve,
  connecting: ConnectOptions = {},
): buildConnector.connector {
  const timeout = 10_000;
  const open = buildConnector({ ...connecting, timeout });
  const guarded = buildConnector({ ...connecting, timeout, lookup: guardedLookup(guard, resolveName) });
  return (options, callback) => {
    const port = options.port === '' ? (options.protocol === 'http:' ? '80' : '443') : options.port;
    const host = `${options.hostname}:${port}`;
    if (guard.allows(host)) {
      open(options, callback);
      return;
    }
    guarded(options, (error, socket) => {
      const refused = socket ? guard.refusesAddress(socket.remoteAddress ?? '') : null;
      if (socket && refused) {
        socket.destroy();
        callback(new HttpFailure('blocked', host, refused), null);
      } else if (socket) {
        callback(null, socket);
      } else {
        callback(error ?? new HttpFailure('network', host), null);
      }
    });
  };
}

function guardedLookup(guard: AddressGuard, resolveName: ResolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) {
        callback(error ?? new HttpFailure('network', hostname, 'ENOTFOUND'), '');
        return;
      }
      const refused = addresses.map(({ address }) => guard.refusesAddress(address)).find((reason) => reason !== null);
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
