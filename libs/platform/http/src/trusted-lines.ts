import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';
import { Agent, type buildConnector } from 'undici';
import type { AddressGuard } from './address-guard';
import { guardedConnect, type ConnectTrust, type ResolveName } from './guarded-connect';
import { HttpFailure } from './http-failure';
import type { HttpTrust } from './http-types';
import { Recent } from './recent';
import { ShownCertificates } from './shown-certificates';

/** Everything that connects with one and the same trust. */
export interface Line {
  /** Opens a connection whose server has shown its certificate on it, as answers that are bound to it need. */
  readonly connect: buildConnector.connector;
  /** For requests that may share connections. */
  readonly agent: Agent;
  /** What was shown on its connections; nothing unless that is told. */
  readonly certificates: ShownCertificates;
}

export interface LineOptions {
  readonly guard: AddressGuard;
  readonly resolveName?: ResolveName | undefined;
  readonly maxConnections: number;
  readonly tellsCertificates: boolean;
}

const MOST_LINES = 64;

/**
 * Connections by what certificates they trust. Each trust has its own TLS context, TLS sessions and connections, so that
 * none lives on what another one let pass.
 */
export class TrustedLines {
  private readonly usual: Line;
  private readonly others = new Recent<Line>(MOST_LINES, ({ agent }) => void agent.close());

  constructor(private readonly options: LineOptions) {
    this.usual = this.open({});
  }

  /** @throws HttpFailure `tls` when an authority is no certificate */
  of(trust: HttpTrust | undefined, host: string): Line {
    const key = trustKey(trust);
    return key === '' || !trust ? this.usual : this.others.get(key, () => this.open(connectTrust(trust, host)));
  }

  async close(): Promise<void> {
    await Promise.all([this.usual, ...this.others.takeAll()].map(({ agent }) => agent.close()));
  }

  private open(trust: ConnectTrust): Line {
    const { guard, resolveName, maxConnections, tellsCertificates } = this.options;
    const certificates = new ShownCertificates();
    const fresh = guardedConnect(guard, resolveName, { ...trust, maxCachedSessions: 0 });
    const connect = tellsCertificates ? certificates.noting(fresh) : fresh;
    const agent = new Agent({
      connect: tellsCertificates ? connect : guardedConnect(guard, resolveName, trust),
      connections: maxConnections,
      keepAliveTimeout: 20_000,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return { connect, agent, certificates };
  }
}

/** Equal for trusts that are; empty for the usual one. */
export function trustKey({ authorities = [], skipChecks = false }: HttpTrust = {}): string {
  return authorities.length === 0 && !skipChecks ? '' : JSON.stringify([skipChecks, ...authorities]);
}

function connectTrust({ authorities = [], skipChecks = false }: HttpTrust, host: string): ConnectTrust {
  // Node passes over what is no certificate, and the connection would fail without a word of why.
  if (!authorities.every(isCertificate)) throw new HttpFailure('tls', host, 'authority_malformed');
  return {
    rejectUnauthorized: !skipChecks,
    ...(authorities.length === 0
      ? {}
      : { secureContext: createSecureContext({ ca: [...rootCertificates, ...ownAuthorities(), ...authorities] }) }),
  };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** Authorities of this deployment, which Node leaves out as soon as it is told any (https://nodejs.org/api/cli.html#node_extra_ca_certsfile). */
function ownAuthorities(): string[] {
  const path = process.env['NODE_EXTRA_CA_CERTS'];
  try {
    return path ? [readFileSync(path, 'utf8')] : [];
  } catch {
    return [];
  }
}
