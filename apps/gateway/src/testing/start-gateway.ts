import {
  ACCESS_TOKEN_ISSUER,
  adminPolicyGet,
  authKeyList,
  authSessionRevocations,
  pushSubjects,
  type Policy,
  type PushMessage,
} from '@daybook/contracts';
import { loadSettings } from '@daybook/platform/config';
import { createLogger } from '@daybook/platform/logging';
import { connectNats, NatsClient, PushPublisher } from '@daybook/platform/nats';
import { createMetrics } from '@daybook/platform/telemetry';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { randomBytes } from 'node:crypto';
import { gatewaySettingsSchema } from '../config';
import { createGateway } from '../create-gateway';
import { person, policy } from './samples';
import { ScriptedServices, underPrefix } from './scripted-services';

export interface TokenWishes {
  readonly userId?: string;
  readonly accountId?: string;
  readonly sessionId?: string;
  readonly role?: 'administrator' | 'member';
  /** Seconds from now. */
  readonly lasts?: number;
  readonly issuer?: string;
}

/** A gateway on a real broker, its services scripted by the test. */
export interface GatewayUnderTest {
  readonly app: NestFastifyApplication;
  readonly services: ScriptedServices;
  readonly logged: string[];
  /** Where it listens, once `listen` was called. */
  listen(): Promise<string>;
  token(wishes?: TokenWishes): Promise<string>;
  /** Headers of a request with a good token. */
  signedIn(wishes?: TokenWishes): Promise<Record<string, string>>;
  push(subject: string, body: unknown): Promise<void>;
  pushUser(userId: string, message: PushMessage): Promise<void>;
  /** Its connection to the broker is lost and comes back. */
  reconnect(): Promise<void>;
  /** Changes what the policy of every account says. */
  setPolicy(change: Partial<Policy>): void;
  stop(): Promise<void>;
}

export interface GatewayWishes {
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
  readonly beatMs?: number;
}

export async function startGateway({ env = {}, now, beatMs }: GatewayWishes = {}): Promise<GatewayUnderTest> {
  const url = process.env['NATS_URL'] ?? 'nats://127.0.0.1:4222';
  const logged: string[] = [];
  const logger = createLogger({ service: 'gateway', destination: { write: (line) => logged.push(line) } });
  const broker = await connectNats({ url, name: 'gateway-spec', logger });
  // One connection for both sides: the broker then knows a service before the first request to it arrives.
  const connection = underPrefix(broker.connection, `spec${randomBytes(6).toString('hex')}`);
  const client = new NatsClient(connection, logger);
  const settings = loadSettings(gatewaySettingsSchema, {
    GATEWAY_PORT: '0',
    PUBLIC_URL: 'http://daybook.test',
    NATS_URL: url,
    AUTH_HTTP_URL: 'http://127.0.0.1:1',
    ...env,
  });
  const app = await createGateway({
    settings,
    client,
    logger,
    metrics: createMetrics({ service: 'gateway' }),
    ...(now ? { clock: { now } } : {}),
    ...(beatMs === undefined ? {} : { beatMs }),
  });
  const services = new ScriptedServices(connection);
  const publisher = new PushPublisher(client);
  const keys = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'EdDSA' };
  services.answer(authKeyList, () => ({ keys: [jwk] }));
  services.answer(authSessionRevocations, () => ({ items: [], more: false }));
  let current = policy;
  let stopped = false;
  services.answer(adminPolicyGet, () => current);

  const token = ({ role = 'member', lasts = 900, ...wishes }: TokenWishes = {}): Promise<string> =>
    new SignJWT({ acc: wishes.accountId ?? person.accountId, rol: role, sid: wishes.sessionId ?? person.sessionId })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
      .setSubject(wishes.userId ?? person.userId)
      .setIssuer(wishes.issuer ?? ACCESS_TOKEN_ISSUER)
      .setExpirationTime(Math.floor((now?.() ?? new Date()).getTime() / 1000) + lasts)
      .sign(keys.privateKey);
  const push = async (subject: string, body: unknown): Promise<void> => {
    publisher.publish(subject, body);
    await broker.connection.flush();
  };
  return {
    app,
    services,
    logged,
    async listen() {
      await app.listen({ port: 0, host: '127.0.0.1' });
      return app.getUrl();
    },
    token,
    signedIn: async (wishes) => ({ authorization: `Bearer ${await token(wishes)}` }),
    push,
    pushUser: (userId, message) => push(pushSubjects.user(userId), message),
    async reconnect() {
      const back = new Promise<void>((resolve) => client.onReconnect(resolve));
      await broker.connection.reconnect();
      await back;
    },
    setPolicy: (change) => {
      current = { ...policy, ...change };
    },
    async stop() {
      if (stopped) {
        return;
      }
      stopped = true;
      await app.close();
      await broker.close();
    },
  };
}
