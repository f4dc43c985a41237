import {
  cloudEventOf,
  eventSubjects,
  policyEventDataSchema,
  pushMessageSchema,
  pushSubjects,
  sessionsRevokedSchema,
} from '@daybook/contracts';
import { subscribePush, type NatsClient } from '@daybook/platform/nats';
import type { AccountPolicies } from '../doors/account-policies';
import type { ApiKeys } from '../doors/api-keys';
import type { EndedSessions } from '../doors/ended-sessions';
import type { LiveStreams } from './live-streams';
import type { SessionEnd } from './session-end';

export interface IntakeParts {
  readonly client: NatsClient;
  readonly streams: LiveStreams;
  readonly sessionEnd: SessionEnd;
  readonly endedSessions: EndedSessions;
  readonly keys: ApiKeys;
  readonly policies: AccountPolicies;
}

const policyEventSchema = cloudEventOf(policyEventDataSchema).pick({ data: true });

/**
 * What services tell this gateway without being asked: pushes for streams, ended sessions, changed policies. None of it is
 * kept by the broker, so after a lost connection every stream ends and comes back with its cursor, and ended sessions, keys and
 * policies are asked for anew.
 */
export class PushIntake {
  private stops: (() => void)[] = [];

  constructor(private readonly parts: IntakeParts) {}

  start(): void {
    const { client, streams, endedSessions } = this.parts;
    this.hear(pushSubjects.user('*'), (id, body) => this.push(body, (message) => streams.tellUser(id, message)));
    this.hear(pushSubjects.account('*'), (id, body) => this.push(body, (message) => streams.tellAccount(id, message)));
    this.hear(pushSubjects.sessionsRevoked, (_id, body) => this.endSessions(body));
    this.hear(eventSubjects.policyChanged, (_id, body) => this.changePolicy(body));
    this.stops.push(
      client.onDisconnect(() => endedSessions.doubt()),
      client.onReconnect(() => this.startAnew()),
    );
  }

  stop(): void {
    this.stops.forEach((stop) => stop());
    this.stops = [];
  }

  private startAnew(): void {
    this.parts.endedSessions.doubt();
    this.parts.keys.forgetAll();
    this.parts.policies.forgetAll();
    this.parts.streams.endAll();
  }

  /** `listen` gets the last word of the subject. Subscriptions live on over reconnections. */
  private hear(subject: string, listen: (id: string, body: unknown) => void): void {
    const subscription = subscribePush(this.parts.client, subject, (from, body) =>
      listen(from.slice(from.lastIndexOf('.') + 1), body),
    );
    this.stops.push(() => subscription.stop());
  }

  private push(body: unknown, tell: (message: ReturnType<typeof pushMessageSchema.parse>) => void): void {
    const message = pushMessageSchema.safeParse(body);
    if (message.success) {
      tell(message.data);
    }
  }

  private endSessions(body: unknown): void {
    const ended = sessionsRevokedSchema.safeParse(body);
    if (ended.success) {
      this.parts.sessionEnd.end(ended.data);
    }
  }

  private changePolicy(body: unknown): void {
    const event = policyEventSchema.safeParse(body);
    if (event.success) {
      const { accountId, version } = event.data.data;
      this.parts.policies.forget(accountId);
      this.parts.streams.tellAccount(accountId, { event: 'policy.changed', cursor: version });
    }
  }
}
