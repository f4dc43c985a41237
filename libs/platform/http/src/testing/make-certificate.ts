import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

export interface MadeCertificate {
  readonly authority: string;
  readonly cert: string;
  readonly key: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;

/** A server certificate for one address, of an authority that nobody knows. */
export async function makeCertificate(ip: string): Promise<MadeCertificate> {
  const dates = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
  const [own, servers] = await Promise.all([newKeys(), newKeys()]);
  const common = { ...dates, signingAlgorithm: ALGORITHM };
  const authority = await X509CertificateGenerator.createSelfSigned(
    {
      ...common,
      serialNumber: '01',
      name: `CN=Authority of ${ip}`,
      keys: own,
      extensions: [new BasicConstraintsExtension(true, 0, true)],
    },
    webcrypto,
  );
  const server = await X509CertificateGenerator.create(
    {
      ...common,
      serialNumber: '02',
      subject: 'CN=A server',
      issuer: authority.subject,
      publicKey: servers.publicKey,
      signingKey: own.privateKey,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: ip }])],
    },
    webcrypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', servers.privateKey);
  return {
    authority: authority.toString('pem'),
    cert: server.toString('pem'),
    key: PemConverter.encode(key, PemConverter.PrivateKeyTag),
  };
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey({ name: ALGORITHM.name, namedCurve: ALGORITHM.namedCurve }, true, ['sign', 'verify']);
