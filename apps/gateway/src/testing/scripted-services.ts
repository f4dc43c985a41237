import { metricsSubject, problem, ProblemError, type Operation, type Problem } from '@daybook/contracts';
import { headers as newHeaders, type Msg, type NatsConnection, type Subscription } from 'nats';

export interface ReceivedCall {
  readonly subject: string;
  readonly input: unknown;
  readonly correlationId: string;
}

type Script = (input: unknown) => unknown;

/**
 * The other side of the contract on a real broker: answers operations as a test says, and remembers what it was asked. What
 * has no script is not listened to, so the gateway meets a service that is away.
 */
export class ScriptedServices {
  readonly calls: ReceivedCall[] = [];
  private readonly listening = new Map<string, Subscription>();
  private readonly scripts = new Map<string, Script>();

  constructor(private readonly connection: NatsConnection) {}

  /** From now on `operation` is answered so; a thrown ProblemError is answered as a problem. */
  answer(operation: Operation, script: Script): void {
    const { subject } = operation;
    this.scripts.set(subject, script);
    if (!this.listening.has(subject)) {
      const callback = (error: Error | null, message: Msg) => void (error ?? this.reply(subject, message));
      this.listening.set(subject, this.connection.subscribe(subject, { callback }));
    }
  }

  /** So many processes of a service tell what they have measured. */
  measure(owner: string, ...texts: readonly string[]): void {
    for (const text of texts) {
      this.connection.subscribe(metricsSubject(owner), { callback: (_error, message) => message.respond(text) });
    }
  }

  /** The service behind `operation` goes away. */
  async leave(operation: Operation): Promise<void> {
    this.listening.get(operation.subject)?.unsubscribe();
    this.listening.delete(operation.subject);
    await this.connection.flush();
  }

  callsOf(operation: Operation): ReceivedCall[] {
    return this.calls.filter(({ subject }) => subject === operation.subject);
  }

  private async reply(subject: string, message: Msg): Promise<void> {
    const input: unknown = JSON.parse(message.string());
    this.calls.push({ subject, input, correlationId: message.headers?.get('daybook-correlation-id') ?? '' });
    const outcome = await this.run(subject, input);
    const headers = newHeaders();
    headers.set('daybook-status', outcome.status);
    message.respond(JSON.stringify(outcome.body), { headers });
  }

  private async run(subject: string, input: unknown): Promise<{ status: string; body: unknown }> {
    try {
      return { status: 'ok', body: await this.scripts.get(subject)?.(input) };
    } catch (error) {
      const body: Problem = error instanceof ProblemError ? error.problem : problem('internal_error');
      return { status: 'problem', body };
    }
  }
}

/** The same connection with every subject under `prefix`, so that tests on one broker do not hear each other. */
export function underPrefix(connection: NatsConnection, prefix: string): NatsConnection {
  const own = (subject: string) => `${prefix}.${subject}`;
  const scoped: NatsConnection = Object.create(connection);
  const request: NatsConnection['request'] = (subject, ...rest) => connection.request(own(subject), ...rest);
  const publish: NatsConnection['publish'] = (subject, ...rest) => connection.publish(own(subject), ...rest);
  const subscribe: NatsConnection['subscribe'] = (subject, ...rest) => connection.subscribe(own(subject), ...rest);
  const requestMany: NatsConnection['requestMany'] = (subject, ...rest) =>
    connection.requestMany(own(subject), ...rest);
  return Object.assign(scoped, { request, requestMany, publish, subscribe });
}
