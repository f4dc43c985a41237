import { ACCESS_TOKEN_ISSUER, ACCESS_TOKEN_SECONDS, type AccessClaims } from '@daybook/contracts';
import { randomToken, type Keyring } from '@daybook/platform/crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../ports/clock';
import type { SigningKeyRecord, SigningKeyStore } from '../../ports/signing-key-store';

const ALGORITHM = 'EdDSA';
const CONTEXT = 'signing-key:current';
const privateJwkSchema = z.object({ kty: z.literal('OKP'), crv: z.string(), x: z.string(), d: z.string() });

interface Signer {
  readonly kid: string;
  readonly key: CryptoKey | Uint8Array;
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

/** Access tokens: JWTs of 15 minutes, signed with the deployment's one EdDSA key, which is made at its first start. */
export class AccessTokens {
  private signer: Promise<Signer> | null = null;

  constructor(
    private readonly keys: SigningKeyStore,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  async sign(claims: Omit<AccessClaims, 'exp'>): Promise<string> {
    const { kid, key } = await this.load();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ acc: claims.acc, rol: claims.rol, sid: claims.sid })
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
      .setIssuer(ACCESS_TOKEN_ISSUER)
      .setSubject(claims.sub)
      .setJti(randomToken(12))
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
      .sign(key);
  }

  /** The public keys to check tokens with, current first. */
  async publicKeys(): Promise<readonly Record<string, unknown>[]> {
    const { kid, publicJwk } = await this.load();
    return [{ ...publicJwk, kid, alg: ALGORITHM, use: 'sig' }];
  }

  private load(): Promise<Signer> {
    this.signer ??= this.loadOnce().catch((error: unknown) => {
      this.signer = null;
      throw error;
    });
    return this.signer;
  }

  private async loadOnce(): Promise<Signer> {
    const record = (await this.keys.find()) ?? (await this.keys.keepFirst(await this.make()));
    const opened = this.keyring.open(record.sealedPrivateJwk, CONTEXT).reveal();
    const jwk = privateJwkSchema.parse(JSON.parse(opened));
    return { kid: record.kid, key: await importJWK(jwk, ALGORITHM), publicJwk: record.publicJwk };
  }

  private async make(): Promise<SigningKeyRecord> {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const publicJwk = await exportJWK(publicKey);
    const sealedPrivateJwk = this.keyring.seal(JSON.stringify(await exportJWK(privateKey)), CONTEXT);
    return { kid: await calculateJwkThumbprint(publicJwk), publicJwk: { ...publicJwk }, sealedPrivateJwk };
  }
}
