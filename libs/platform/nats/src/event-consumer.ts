import type { JsMsg } from 'nats';
import { bodyOf, type ConsumerOptions } from './job-queue';
import { PullLoop, type Consumption, type JobOutcome } from './pull-loop';
import { daybookStreams, type StreamSpec } from './streams';
import { readHeaders } from './wire-headers';

export interface ReceivedEvent {
  /** The outbox row's id: the same event again has the same id, also after the broker's volume was wiped. */
  readonly id: string;
  readonly subject: string;
  /** The parsed JSON, not yet checked: the contract's schema reads it. */
  readonly body: unknown;
  readonly streamSequence: number;
  readonly redelivered: boolean;
  readonly correlationId: string;
  readonly signal: AbortSignal;
}

export interface EventSubscription {
  /** The durable's name, the same in all processes of a service: `admin-svc_audit`. */
  readonly name: string;
  readonly subjects: readonly string[];
  readonly stream?: StreamSpec;
  /** One at a time, in the stream's order (the default); otherwise `parallelism` at once. */
  readonly ordered?: boolean;
  readonly parallelism?: number;
  /** Where a consumer that is new begins: with all that is kept (the default), or with what comes from now on. */
  readonly from?: 'all' | 'new';
  /** Must bear the same event twice. Nothing returned means done; a thrown error means again, after a growing pause. */
  handle(event: ReceivedEvent): Promise<JobOutcome | void>;
}

/** Durable reading of a stream with explicit acknowledgement: at least once, going on where it stopped. */
export class EventConsumer {
  constructor(private readonly options: ConsumerOptions) {}

  /** Starts. Resolves when the consumer stands; waits for the broker as long as needed. */
  async consume(subscription: EventSubscription): Promise<Consumption> {
    const { stream = daybookStreams.events, ordered = true, parallelism = 4, from = 'all' } = subscription;
    return new PullLoop({
      ...this.options,
      stream,
      name: subscription.name,
      subjects: subscription.subjects,
      parallelism,
      ackWaitMs: 30_000,
      ordered,
      from,
      process: async (message, signal) =>
        (await subscription.handle(receivedEvent(message, signal))) ?? { type: 'done' },
    }).start();
  }
}

function receivedEvent(message: JsMsg, signal: AbortSignal): ReceivedEvent {
  return {
    id: message.headers?.get('Nats-Msg-Id') ?? `${message.info.stream}:${message.seq}`,
    subject: message.subject,
    body: bodyOf(message),
    streamSequence: message.seq,
    redelivered: message.redelivered,
    correlationId: readHeaders(message.headers).correlationId,
    signal,
  };
}
