import { fail, ProblemError, problemSchema, type Caller, type Operation } from '@daybook/contracts';
import { currentContext } from '@daybook/platform/logging';
import { withSpan, type Metrics } from '@daybook/platform/telemetry';
import { ErrorCode, NatsError, type Msg } from 'nats';
import type { z } from 'zod';
import type { NatsClient, NatsPing } from './nats-client';
import { wireHeader, writeHeaders } from './wire-headers';

export interface RpcClientOptions {
  readonly client: NatsClient;
  /** The calling service's name. */
  readonly from: string;
  readonly defaultDeadlineMs?: number;
  readonly metrics?: Metrics;
}

/** Correlation id and trace default to those of the request that is being handled. */
export interface CallOptions {
  readonly correlationId?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly deadlineMs?: number | undefined;
  readonly caller?: Caller | undefined;
}

/** A reply, or our right to ask, is not as the contract says: a bug in one of the two services or in the broker's users. */
export class ContractBroken extends Error {
  constructor(
    readonly operation: string,
    reason: string,
    cause?: unknown,
  ) {
    super(`${operation}: ${reason}`, { cause });
    this.name = 'ContractBroken';
  }
}

/**
 * Asks other services. Every call has a deadline, 5 s by default. Expected failures come as ProblemError: the other side's
 * own problem, 504 `deadline_exceeded` when no answer came in time, and 503 `service_unavailable` when nobody listens (told
 * by the broker at once) or the broker is away for more than a second.
 */
export class RpcClient {
  constructor(private readonly options: RpcClientOptions) {}

  /** The output, checked against the contract. Throws ProblemError, ContractBroken. */
  async call<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    options: CallOptions = {},
  ): Promise<z.output<O>> {
    const body = await this.callRaw(operation, input, options);
    const result = operation.output.safeParse(parseJson(operation.subject, body));
    if (!result.success) {
      throw new ContractBroken(operation.subject, 'the reply does not fit the contract', result.error);
    }
    return result.data;
  }

  /** The reply as JSON text, neither parsed nor checked: for lists that are only handed on. Throws ProblemError, ContractBroken. */
  async callRaw<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    options: CallOptions = {},
  ): Promise<Buffer> {
    const started = performance.now();
    try {
      const span = {
        name: operation.subject,
        kind: 'client',
        parent: options.traceparent ?? currentContext()?.traceparent,
      } as const;
      const body = await withSpan(span, async (traceparent) =>
        readReply(operation.subject, await this.send(operation.subject, input, { ...options, traceparent })),
      );
      this.observe(operation.subject, 'value', started);
      return body;
    } catch (error) {
      this.observe(operation.subject, error instanceof ProblemError ? error.problem.code : 'fault', started);
      throw error;
    }
  }

  ping(): Promise<NatsPing> {
    return this.options.client.ping();
  }

  private async send(subject: string, input: unknown, options: CallOptions): Promise<Msg> {
    const { client, from, defaultDeadlineMs = 5000 } = this.options;
    const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
    const started = performance.now();
    if (!client.isConnected() && !(await client.whenConnected(Math.min(1000, deadlineMs)))) {
      throw fail('service_unavailable');
    }
    const timeLeftMs = Math.max(1, Math.round(deadlineMs - (performance.now() - started)));
    const headers = writeHeaders({ ...options, from, timeLeftMs });
    const lost = connectionLost(client);
    try {
      const reply = client.connection.request(subject, JSON.stringify(input ?? null), { timeout: timeLeftMs, headers });
      return await Promise.race([reply, lost.promise]);
    } catch (error) {
      throw error instanceof ProblemError ? error : toFailure(subject, error);
    } finally {
      lost.stopWatching();
    }
  }

  private observe(operation: string, outcome: string, started: number): void {
    this.options.metrics
      ?.histogram({
        name: 'daybook_rpc_called_seconds',
        help: 'Time a call to another service took, by operation and outcome',
        labels: ['operation', 'outcome'],
      })
      .observe({ operation, outcome }, (performance.now() - started) / 1000);
  }
}

/** A reply cannot come over a lost connection: the caller need not wait for its deadline to hear so. */
function connectionLost(client: NatsClient): { promise: Promise<never>; stopWatching: () => void } {
  let stopWatching = () => {};
  const promise = new Promise<never>((_resolve, reject) => {
    stopWatching = client.onDisconnect(() => reject(fail('service_unavailable')));
  });
  return { promise, stopWatching };
}

function toFailure(subject: string, error: unknown): Error {
  switch (error instanceof NatsError ? error.code : '') {
    case ErrorCode.NoResponders:
    case ErrorCode.ConnectionClosed:
    case ErrorCode.ConnectionDraining:
    case ErrorCode.Disconnect:
      return fail('service_unavailable');
    case ErrorCode.Timeout:
    case ErrorCode.Cancelled:
      return fail('deadline_exceeded');
    case ErrorCode.MaxPayloadExceeded:
      return fail('body_too_large');
    case ErrorCode.PermissionsViolation:
      return new ContractBroken(subject, 'the broker does not let this service ask', error);
    default:
      return new ContractBroken(subject, 'the request failed', error);
  }
}

function readReply(subject: string, message: Msg): Buffer {
  const body = Buffer.from(message.data.buffer, message.data.byteOffset, message.data.byteLength);
  const status = message.headers?.get(wireHeader.status);
  if (status === 'ok') {
    return body;
  }
  const parsed = status === 'problem' ? problemSchema.safeParse(parseJson(subject, body)) : null;
  if (!parsed?.success) {
    throw new ContractBroken(subject, 'the reply has no known status');
  }
  throw new ProblemError(parsed.data);
}

function parseJson(subject: string, body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new ContractBroken(subject, 'the reply is not JSON', error);
  }
}
