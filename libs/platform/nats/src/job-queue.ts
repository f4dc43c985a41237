import { currentContext, type Logger } from '@daybook/platform/logging';
import type { Metrics } from '@daybook/platform/telemetry';
import type { JsMsg } from 'nats';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { NatsClient } from './nats-client';
import { publishEnsured } from './publish-event';
import { PullLoop, type Consumption, type JobOutcome } from './pull-loop';
import { daybookStreams } from './streams';
import { readHeaders } from './wire-headers';

export interface ConsumerOptions {
  readonly client: NatsClient;
  readonly logger: Logger;
  readonly metrics?: Metrics;
}

export interface Job<T> {
  readonly subject: string;
  readonly body: T;
  /** 1 at the first delivery. */
  readonly attempt: number;
  readonly correlationId: string;
  /** Aborts when the process is stopping: come to an end at the next safe place. */
  readonly signal: AbortSignal;
}

export interface JobConsumer<T> {
  /** The durable's name, the same in all processes of a service: `calendar-svc_sync`. */
  readonly name: string;
  /** One subject; no two consumers may overlap (the stream is a work queue). */
  readonly subject: string;
  readonly schema: z.ZodType<T>;
  /** How many jobs this process works on at once. */
  readonly parallelism?: number;
  /** A job not answered for this long goes to another process; while a handler runs it is extended by itself. */
  readonly ackWaitMs?: number;
  /** Nothing returned means done; a thrown error means again, after a growing pause. A job may come twice. */
  handle(job: Job<T>): Promise<JobOutcome | void>;
}

/**
 * The work queue. A job is a wake-up: what has to be done is in the database already, so a lost queue costs time, never
 * work. Both sides make the stream again when the broker's volume has vanished.
 */
export class JobQueue {
  constructor(private readonly options: ConsumerOptions) {}

  /**
   * Puts a job into the queue and waits until the broker has it. With `msgId` a second one under the same id is dropped for
   * two minutes: never give it to a wake-up that must not be swallowed. Throws BrokerUnavailable.
   */
  async publish(subject: string, body: unknown, { msgId = randomUUID() }: { msgId?: string } = {}): Promise<void> {
    const { client } = this.options;
    await client.whenConnected(1000);
    const correlationId = currentContext()?.correlationId;
    await publishEnsured(client, { subject, id: msgId, body: JSON.stringify(body), correlationId });
  }

  /** Starts to work on the jobs of one subject. Resolves when the consumer stands; waits for the broker as long as needed. */
  async consume<T>(consumer: JobConsumer<T>): Promise<Consumption> {
    const { parallelism = 4, ackWaitMs = 30_000 } = consumer;
    return new PullLoop({
      ...this.options,
      stream: daybookStreams.jobs,
      name: consumer.name,
      subjects: [consumer.subject],
      parallelism,
      ackWaitMs,
      ordered: false,
      from: 'all',
      process: (message, signal) => processJob(consumer, message, signal),
    }).start();
  }
}

async function processJob<T>(consumer: JobConsumer<T>, message: JsMsg, signal: AbortSignal): Promise<JobOutcome> {
  const parsed = consumer.schema.safeParse(bodyOf(message));
  if (!parsed.success) {
    return { type: 'drop', reason: 'the body does not fit its schema' };
  }
  const { correlationId } = readHeaders(message.headers);
  const attempt = message.info.deliveryCount;
  const job = { subject: message.subject, body: parsed.data, attempt, correlationId, signal };
  return (await consumer.handle(job)) ?? { type: 'done' };
}

/** The parsed JSON of a message; undefined, which no schema of ours accepts, when it is not JSON. */
export function bodyOf(message: JsMsg): unknown {
  try {
    return message.json<unknown>();
  } catch {
    return undefined;
  }
}
