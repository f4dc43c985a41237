import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';

export interface LocalCertificate {
  key: string;
  cert: string;
}

const RENEW_BEFORE = 30 * 86_400_000;

/**
 * The certificate of this machine's simulators. Its authority is made once: `ca.pem` in the home folder is what clients
 * trust; keys stay in `sandbox/`, readable by the owner alone.
 */
export async function localCertificate(home: string, now: number): Promise<LocalCertificate> {
  const folder = join(home, 'sandbox');
  mkdirSync(folder, { recursive: true });
  const paths = { ca: join(home, 'ca.pem'), cert: join(folder, 'server.pem'), key: join(folder, 'server-key.pem') };
  if (!isGood(paths, now)) {
    // Only loaded for this one hour of its life: the package is large.
    const { makeCertificates } = await import('./make-certificates');
    const made = await makeCertificates(now);
    writeFileSync(paths.key, made.serverKey, { mode: 0o600 });
    writeFileSync(paths.cert, made.serverCert);
    writeFileSync(paths.ca, made.caCert);
  }
  return { key: readFileSync(paths.key, 'utf8'), cert: readFileSync(paths.cert, 'utf8') };
}

function isGood({ ca, cert, key }: { ca: string; cert: string; key: string }, now: number): boolean {
  if (![ca, cert, key].every((path) => existsSync(path))) return false;
  try {
    const server = new X509Certificate(readFileSync(cert));
    const authority = new X509Certificate(readFileSync(ca));
    return server.verify(authority.publicKey) && Date.parse(server.validTo) - now > RENEW_BEFORE;
  } catch {
    return false;
  }
}
