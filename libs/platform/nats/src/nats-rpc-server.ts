import { problem, toFieldFaults, type Operation, type Problem } from '@daybook/contracts';
import { runWithContext, type Logger } from '@daybook/platform/logging';
import { withSpan, type Metrics } from '@daybook/platform/telemetry';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { headers as newHeaders, type Msg, type Subscription } from 'nats';
import { isObservable, lastValueFrom } from 'rxjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { HandlerLimit } from './handler-limit';
import type { CallContext, HandlerCall, HandlerOutcome } from './handles';
import { JsonReply } from './json-reply';
import type { NatsClient } from './nats-client';
import { readHeaders, wireHeader, type WireContext } from './wire-headers';

export interface RpcServerOptions {
  readonly client: NatsClient;
  /** The first word of the subjects this service answers; also its queue group. */
  readonly owner: string;
  /**
   * Where the declared operations are: give the whole `import * as contracts`, then none can be forgotten. What is not an
   * operation, or belongs to another owner, is ignored.
   */
  readonly operations: Readonly<Record<string, unknown>> | readonly Operation[];
  readonly logger: Logger;
  /** Which faults of a handler say that something it needs is away for the moment: answered as 503, not as a bug. */
  readonly isOutage?: (error: unknown) => boolean;
  readonly maxConcurrent?: number;
  readonly metrics?: Metrics;
}

const defaultTimeLeftMs = 5000;

/**
 * Nest's transport for requests between services. Messages are plain JSON, told apart by the header `daybook-status`
 * (`ok` or `problem`), so that another NATS client can ask too. It checks at the start that each operation of its owner has
 * exactly one handler. More than 1,000 waiting requests are refused with 503 at once; a request whose caller no longer
 * listens is dropped unhandled.
 */
export class NatsRpcServer extends Server implements CustomTransportStrategy {
  override transportId = Symbol('daybook-rpc');
  private readonly operations: ReadonlyMap<string, Operation>;
  private readonly limit: HandlerLimit;
  private readonly faults: string[] = [];
  private subscriptions: Subscription[] = [];

  constructor(private readonly options: RpcServerOptions) {
    super();
    const { operations, owner, maxConcurrent = 64 } = options;
    const declared: unknown[] = Object.values(operations);
    const own = declared.filter(isOperation).filter((operation) => operation.owner === owner);
    this.operations = new Map(own.map((operation) => [operation.subject, operation]));
    this.limit = new HandlerLimit(maxConcurrent, 1000);
  }

  override addHandler(pattern: string, callback: MessageHandler, isEvent = false, extras: object = {}): void {
    if (!this.operations.has(pattern)) {
      this.faults.push(`${pattern} has a handler, but is not an operation of ${this.options.owner}`);
    } else if (this.messageHandlers.has(pattern)) {
      this.faults.push(`${pattern} has more than one handler`);
    }
    super.addHandler(pattern, callback, isEvent, extras);
  }

  listen(callback: (error?: Error) => void): void {
    const missing = [...this.operations.keys()].filter((subject) => !this.messageHandlers.has(subject));
    const faults = [...this.faults, ...missing.map((subject) => `${subject} has no handler`)];
    if (faults.length > 0) {
      callback(new Error(`the operations of ${this.options.owner} do not fit: ${faults.join('; ')}`));
      return;
    }
    const queue = this.options.owner;
    this.subscriptions = [...this.operations.values()].map((operation) =>
      this.options.client.connection.subscribe(operation.subject, {
        queue,
        callback: (error, message) =>
          error ? this.subscriptionLost(operation, error) : this.accept(operation, message),
      }),
    );
    callback();
  }

  /** Takes no more requests and waits up to 5 s for those that run. The connection belongs to whoever opened it. */
  async close(): Promise<void> {
    this.subscriptions.forEach((subscription) => subscription.unsubscribe());
    this.subscriptions = [];
    for (let waited = 0; this.limit.load > 0 && waited < 5000; waited += 20) {
      await sleep(20);
    }
  }

  on(): void {
    throw new Error('the connection tells of its own state: use NatsClient.onReconnect');
  }

  unwrap<T>(): T {
    throw new Error('use the NatsClient that was given to the server');
  }

  private subscriptionLost(operation: Operation, error: Error): void {
    this.options.logger.error('the broker does not let this service answer', { operation: operation.subject, error });
  }

  private accept(operation: Operation, message: Msg): void {
    const arrived = performance.now();
    const wire = readHeaders(message.headers);
    const timeLeftMs = wire.timeLeftMs ?? defaultTimeLeftMs;
    const taken = this.limit.run(async () => {
      if (performance.now() - arrived > timeLeftMs) {
        this.observe(operation, 'expired', arrived);
        return;
      }
      const context = callContext(wire, timeLeftMs - (performance.now() - arrived));
      const outcome = this.settled(operation, await this.traced(operation, message, context));
      this.reply(operation, message, outcome);
      this.observe(operation, outcome.type, arrived);
    });
    if (!taken) {
      this.observe(operation, 'refused', arrived);
      this.reply(operation, message, { type: 'problem', problem: problem('service_unavailable') });
    }
  }

  private traced(operation: Operation, message: Msg, context: CallContext): Promise<HandlerOutcome> {
    const { correlationId, traceparent: parent } = context;
    return withSpan({ name: operation.subject, kind: 'server', parent }, (traceparent) =>
      runWithContext({ correlationId, traceparent }, () => this.handle(operation, message, context)),
    );
  }

  private async handle(operation: Operation, message: Msg, context: CallContext): Promise<HandlerOutcome> {
    const parsed = parseInput(operation, message);
    if (parsed.type === 'problem') {
      return parsed;
    }
    const handler = this.messageHandlers.get(operation.subject);
    const call: HandlerCall = { input: parsed.value, context };
    try {
      const result: unknown = await handler?.(call);
      const outcome: unknown = isObservable(result) ? await lastValueFrom(result) : result;
      return isOutcome(outcome)
        ? outcome
        : { type: 'fault', error: new Error('the handler is not marked with @Handles') };
    } catch (error) {
      return { type: 'fault', error };
    }
  }

  /** What the service lacks for the moment is no bug: the caller may try again, and nobody needs to be woken. */
  private settled(operation: Operation, outcome: HandlerOutcome): HandlerOutcome {
    if (outcome.type !== 'fault') return outcome;
    const { logger, isOutage } = this.options;
    if (isOutage?.(outcome.error)) {
      logger.warn('an operation met an outage', { operation: operation.subject, error: outcome.error });
      return { type: 'problem', problem: problem('service_unavailable', undefined, { retryAfter: 2 }) };
    }
    logger.error('an operation failed', { operation: operation.subject, error: outcome.error });
    return outcome;
  }

  private reply(operation: Operation, message: Msg, outcome: HandlerOutcome): void {
    try {
      const headers = newHeaders();
      headers.set(wireHeader.status, outcome.type === 'value' ? 'ok' : 'problem');
      message.respond(bodyOf(outcome), { headers });
    } catch (error) {
      this.options.logger.error('a reply could not be sent', { operation: operation.subject, error });
      this.replyTooLarge(message);
    }
  }

  /** What cannot be sent is nearly always a reply over the broker's payload limit: the caller hears of it at once. */
  private replyTooLarge(message: Msg): void {
    if (!this.options.client.isConnected()) {
      return;
    }
    const headers = newHeaders();
    headers.set(wireHeader.status, 'problem');
    message.respond(JSON.stringify(problem('internal_error')), { headers });
  }

  private observe(operation: Operation, outcome: string, arrived: number): void {
    this.options.metrics
      ?.histogram({
        name: 'daybook_rpc_handled_seconds',
        help: 'Time from a request to its reply, by operation and outcome',
        labels: ['operation', 'outcome'],
      })
      .observe({ operation: operation.subject, outcome }, (performance.now() - arrived) / 1000);
  }
}

/** The deadline's signal is made when it is first asked for: most handlers never do, and a timer each would cost. */
function callContext(wire: WireContext, timeLeftMs: number): CallContext {
  const { correlationId, traceparent, caller, from } = wire;
  const deadlineAt = new Date(Date.now() + timeLeftMs);
  let signal: AbortSignal | null = null;
  return {
    correlationId,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(caller === undefined ? {} : { caller }),
    ...(from === undefined ? {} : { from }),
    deadlineAt,
    get signal() {
      signal ??= AbortSignal.timeout(Math.max(1, deadlineAt.getTime() - Date.now()));
      return signal;
    },
  };
}

type Parsed =
  { readonly type: 'value'; readonly value: unknown } | { readonly type: 'problem'; readonly problem: Problem };

function parseInput(operation: Operation, message: Msg): Parsed {
  let body: unknown;
  try {
    body = message.data.length === 0 ? undefined : JSON.parse(textOf(message.data));
  } catch {
    return { type: 'problem', problem: problem('malformed_json') };
  }
  const result = operation.input.safeParse(body);
  return result.success
    ? { type: 'value', value: result.data }
    : { type: 'problem', problem: problem('invalid_body', undefined, { fields: toFieldFaults(result.error) }) };
}

function textOf(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
}

function bodyOf(outcome: HandlerOutcome): string | Uint8Array {
  if (outcome.type === 'fault') {
    return JSON.stringify(problem('internal_error'));
  }
  if (outcome.type === 'problem') {
    return JSON.stringify(outcome.problem);
  }
  return outcome.value instanceof JsonReply ? outcome.value.text : JSON.stringify(outcome.value ?? null);
}

function isOutcome(value: unknown): value is HandlerOutcome {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function isOperation(value: unknown): value is Operation {
  return (
    typeof value === 'object' && value !== null && ['owner', 'subject', 'input', 'output'].every((key) => key in value)
  );
}
