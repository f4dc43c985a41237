import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  type Extension,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { randomUUID, webcrypto } from 'node:crypto';

export interface MadeCertificate {
  readonly authority: string;
  /** What a server shows. */
  readonly cert: string;
  readonly key: string;
}

export interface MadeChain extends MadeCertificate {
  readonly server: string;
  readonly between: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;

/** A server certificate for one address, good for so many days, of an authority that nobody knows. */
export async function makeCertificate(ip: string, days = 1): Promise<MadeCertificate> {
  const authority = await issue({ subject: authorityOf(ip), days: 100, authorityOver: 0 });
  const server = await issue({ subject: 'CN=A server', days, issuer: authority, ip });
  return { authority: pemOf(authority), cert: pemOf(server), key: await keyOf(server) };
}

interface ChainTerms {
  readonly serverDays: number;
  readonly betweenDays: number;
  readonly authorityDays?: number;
  /** Name of the one in between. */
  readonly between?: string;
}

/** The same with another authority in between, which the server shows along. */
export async function makeChain(
  ip: string,
  { serverDays, betweenDays, authorityDays = 100, between: name = 'CN=In between' }: ChainTerms,
): Promise<MadeChain> {
  const authority = await issue({ subject: authorityOf(ip), days: authorityDays, authorityOver: 1 });
  const between = await issue({ subject: name, days: betweenDays, issuer: authority, authorityOver: 0 });
  const server = await issue({ subject: 'CN=A server', days: serverDays, issuer: between, ip });
  const [shown, along] = [pemOf(server), pemOf(between)];
  const cert = `${shown}\n${along}\n`;
  return { authority: pemOf(authority), server: shown, between: along, cert, key: await keyOf(server) };
}

interface Issued {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

interface IssueTerms {
  readonly subject: string;
  readonly days: number;
  /** Absent where it signs itself. */
  readonly issuer?: Issued;
  /** How many authorities may follow below it. */
  readonly authorityOver?: number;
  readonly ip?: string;
}

async function issue({ subject, days, issuer, authorityOver, ip }: IssueTerms): Promise<Issued> {
  const keys = await newKeys();
  const extensions: Extension[] = [];
  if (authorityOver !== undefined) extensions.push(new BasicConstraintsExtension(true, authorityOver, true));
  if (ip !== undefined) extensions.push(new SubjectAlternativeNameExtension([{ type: 'ip', value: ip }]));
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: randomUUID().replaceAll('-', '').replace(/^./, '1'),
      notBefore: new Date(Date.now() - 100 * DAY),
      notAfter: new Date(Date.now() + days * DAY),
      signingAlgorithm: ALGORITHM,
      subject,
      issuer: issuer?.certificate.subject ?? subject,
      publicKey: keys.publicKey,
      signingKey: (issuer?.keys ?? keys).privateKey,
      extensions,
    },
    webcrypto,
  );
  return { certificate, keys };
}

/** Another one each time: of two with one name only one would be looked at. */
const authorityOf = (ip: string): string => `CN=Authority ${randomUUID()} of ${ip}`;
const pemOf = ({ certificate }: Issued): string => certificate.toString('pem');

async function keyOf({ keys }: Issued): Promise<string> {
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return PemConverter.encode(key, PemConverter.PrivateKeyTag);
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey({ name: ALGORITHM.name, namedCurve: ALGORITHM.namedCurve }, true, ['sign', 'verify']);
