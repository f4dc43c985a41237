import { ACCESS_TOKEN_ISSUER, fail, type Operation } from '@daybook/contracts';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { z } from 'zod';
import { AccessTokens } from './access-tokens';

describe('access tokens', () => {
  let now = new Date('2026-11-22T09:00:00Z');
  const clock = { now: () => now };

  async function newKey(kid: string) {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid } };
  }

  const sign = ({ kid, privateKey }: { kid: string; privateKey: CryptoKey }) =>
    new SignJWT({ acc: 'acc_one', rol: 'member', sid: 'ses_one' })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setSubject('usr_ada')
      .setIssuer(ACCESS_TOKEN_ISSUER)
      .setExpirationTime(Math.floor(now.getTime() / 1000) + 900)
      .sign(privateKey);

  /** auth-svc with these keys; `null` when it is away. */
  function service(keys: () => readonly object[] | null) {
    const asked = { times: 0 };
    async function call<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>): Promise<z.output<O>> {
      asked.times += 1;
      const present = keys();
      if (!present) {
        throw fail('service_unavailable');
      }
      return operation.output.parse({ keys: present });
    }
    return { asked, rpc: { call } };
  }

  it('are proven without asking again, also after a key was replaced', async () => {
    const [first, second] = [await newKey('k1'), await newKey('k2')];
    let keys = [first.jwk];
    const { rpc, asked } = service(() => keys);
    const subject = new AccessTokens(rpc, clock);
    const token = await sign(first);

    expect((await subject.read(token)).sub).toBe('usr_ada');
    await subject.read(token);
    await subject.read(await sign(first));
    expect(asked.times).toBe(1);

    keys = [second.jwk, first.jwk];
    now = new Date(now.getTime() + 10_000);
    expect((await subject.read(await sign(second))).sub).toBe('usr_ada');
    expect(asked.times).toBe(2);
  });

  it('with invented keys do not make it ask each time', async () => {
    const { jwk } = await newKey('k1');
    const { rpc, asked } = service(() => [jwk]);
    const subject = new AccessTokens(rpc, clock);
    const invented = await sign(await newKey('invented'));
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(subject.read(invented)).rejects.toMatchObject({ problem: { code: 'unauthenticated' } });
    }
    expect(asked.times).toBe(1);
  });

  it('stay good while auth-svc is away, until they expire', async () => {
    const key = await newKey('k1');
    let there = true;
    const { rpc } = service(() => (there ? [key.jwk] : null));
    const subject = new AccessTokens(rpc, clock);
    const token = await sign(key);
    await subject.read(token);
    there = false;
    now = new Date(now.getTime() + 700_000);
    expect((await subject.read(await sign(key))).sub).toBe('usr_ada');
    now = new Date(now.getTime() + 300_000);
    await expect(subject.read(token)).rejects.toMatchObject({ problem: { code: 'unauthenticated' } });
  });

  it('cannot be judged when no key was ever known', async () => {
    const { rpc } = service(() => null);
    const subject = new AccessTokens(rpc, clock);
    await expect(subject.read(await sign(await newKey('k1')))).rejects.toMatchObject({
      problem: { code: 'service_unavailable' },
    });
  });
});
