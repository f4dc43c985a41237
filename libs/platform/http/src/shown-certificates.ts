import { X509Certificate } from 'node:crypto';
import { type DetailedPeerCertificate, rootCertificates, TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import type { HttpCertificate } from './http-types';

const MOST_SERVERS = 1024;

/**
 * What certificates servers have shown, each as of its newest connection: one that was renewed is known by every request after the
 * next connection, also by those on older ones. Read once for each connection, never for a request.
 */
export class ShownCertificates {
  /** By server, the one that was seen longest ago first. */
  private readonly shown = new Map<string, HttpCertificate>();

  /** Absent over plain http. */
  of(url: URL): { readonly certificate?: HttpCertificate } {
    const certificate = url.protocol === 'https:' ? this.shown.get(serverOf(url)) : undefined;
    return certificate ? { certificate } : {};
  }

  /** Takes down what comes with each connection that is opened. */
  noting(open: buildConnector.connector): buildConnector.connector {
    return (options, callback) =>
      open(options, (...result) => {
        const [error, socket] = result;
        if (error === null && socket instanceof TLSSocket) this.note(options, socket);
        callback(...result);
      });
  }

  private note(options: buildConnector.Options, socket: TLSSocket): void {
    const expiresAt = earliestExpiry(chainOf(socket.getPeerCertificate(true)));
    if (expiresAt === undefined) return;
    const server = serverOf(options);
    this.shown.delete(server);
    this.shown.set(server, { expiresAt });
    const [oldest] = this.shown.keys();
    if (this.shown.size > MOST_SERVERS && oldest !== undefined) this.shown.delete(oldest);
  }
}

/** The client names an address of IPv6 to its connector without the brackets that stand in the URL. */
function serverOf({ hostname, port }: { readonly hostname: string; readonly port: string }): string {
  return `${hostname.replace(/^\[|\]$/g, '')} ${port === '' ? '443' : port}`;
}

/**
 * The server's own first. A root names itself as its issuer, and an empty object stands for no certificate. Not by
 * `getPeerX509Certificate`, which takes the certificate away from whoever asks after it
 * (https://github.com/nodejs/node/blob/v20.19.0/src/crypto/crypto_x509.cc, `GetPeerCert`).
 */
function chainOf(shown: Partial<DetailedPeerCertificate>): X509Certificate[] {
  const { raw, issuerCertificate: issuer } = shown;
  if (!raw) return [];
  return [new X509Certificate(raw), ...(issuer && issuer !== shown ? chainOf(issuer) : [])];
}

/**
 * When the first of a chain expires that a server shows, its own certificate first; undefined where that has no date that can be
 * read. Roots do not count, because one's own copy of them is what is trusted: neither those that sign themselves, nor those that an
 * older root has signed, too, which is shown for the sake of old clients (https://letsencrypt.org/docs/dst-root-ca-x3-expiration-september-2021/).
 */
export function earliestExpiry([own, ...issuers]: readonly X509Certificate[]): number | undefined {
  const expiry = own === undefined ? NaN : Date.parse(own.validTo);
  if (Number.isNaN(expiry)) return undefined;
  const sooner = issuers.filter(
    ({ subject, issuer, validTo }) => Date.parse(validTo) < expiry && subject !== issuer && !isRoot(subject),
  );
  return Math.min(expiry, ...sooner.map(({ validTo }) => Date.parse(validTo)));
}

/** Read at the first chain that ends before its first certificate does, which is rare. */
let roots: ReadonlySet<string> | null = null;

function isRoot(subject: string): boolean {
  roots ??= new Set(rootCertificates.map((pem) => new X509Certificate(pem).subject));
  return roots.has(subject);
}
