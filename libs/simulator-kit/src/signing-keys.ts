import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Table } from './table';

interface SigningKey {
  id: string;
  pem: string;
}

const KEPT = 2;
const TOKENS_KNOWN = 256;

/** The RS256 keys of id tokens: made at first use, kept with the state, rotated on request; the last two are published. */
export class SigningKeys {
  private readonly objects = new Map<string, KeyObject>();
  private readonly publicObjects = new Map<string, KeyObject>();
  /** Ids of the keys that tokens were found to be signed with: each part of a batch is judged by the same token. */
  private readonly signedWith = new Map<string, string>();

  constructor(private readonly secrets: Table<string>) {}

  /** A signed token (JWS, compact form). */
  sign(claims: Record<string, unknown>): string {
    const key = this.current();
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = `${encode({ alg: 'RS256', kid: key.id, typ: 'JWT' })}.${encode(claims)}`;
    return `${input}.${sign('RSA-SHA256', Buffer.from(input), this.privateKey(key)).toString('base64url')}`;
  }

  /** The claims of a token that was signed with one of the published keys; null for any other text. Times are not looked at. */
  read(token: string): Record<string, unknown> | null {
    const [head = '', claims = '', signature = '', ...more] = token.split('.');
    const header = objectIn(head);
    const key = this.keys().find(({ id }) => id === header?.['kid']);
    if (more.length > 0 || key === undefined || header?.['alg'] !== 'RS256') return null;
    if (this.signedWith.get(token) === key.id) return objectIn(claims);
    const input = Buffer.from(`${head}.${claims}`);
    if (!verify('RSA-SHA256', input, this.publicKey(key), Buffer.from(signature, 'base64url'))) return null;
    if (this.signedWith.size >= TOKENS_KNOWN) this.signedWith.clear();
    this.signedWith.set(token, key.id);
    return objectIn(claims);
  }

  /** The JWKS document. */
  published(): { keys: Record<string, string>[] } {
    this.current();
    return {
      keys: this.keys().map((key) => {
        const { n = '', e = '' } = createPublicKey(this.privateKey(key)).export({ format: 'jwk' });
        return { kty: 'RSA', alg: 'RS256', use: 'sig', kid: key.id, n, e };
      }),
    };
  }

  /** The same keys as PEM by key id, the form older clients read. */
  publishedPems(): Record<string, string> {
    this.current();
    return Object.fromEntries(
      this.keys().map((key) => {
        const pem = createPublicKey(this.privateKey(key)).export({ type: 'spki', format: 'pem' });
        return [key.id, pem.toString()];
      }),
    );
  }

  /** Signs with a new key from now on. */
  rotate(): void {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const id = createHash('sha1').update(pem).digest('hex');
    this.secrets.set('signing-keys', JSON.stringify([...this.keys(), { id, pem }].slice(-KEPT)));
  }

  private current(): SigningKey {
    if (this.keys().length === 0) this.rotate();
    const key = this.keys().at(-1);
    if (key === undefined) throw new Error('no signing key');
    return key;
  }

  private keys(): SigningKey[] {
    return JSON.parse(this.secrets.get('signing-keys') ?? '[]');
  }

  private publicKey(key: SigningKey): KeyObject {
    const known = this.publicObjects.get(key.id) ?? createPublicKey(this.privateKey(key));
    this.publicObjects.set(key.id, known);
    return known;
  }

  private privateKey(key: SigningKey): KeyObject {
    const known = this.objects.get(key.id) ?? createPrivateKey(key.pem);
    this.objects.set(key.id, known);
    return known;
  }
}

function objectIn(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
