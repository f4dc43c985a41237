import { runWithContext, type Logger } from '@daybook/platform/logging';
import { withSpan, type Metrics } from '@daybook/platform/telemetry';
import { AckPolicy, DeliverPolicy, nanos, type Consumer, type ConsumerMessages, type JsMsg } from 'nats';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsClient } from './nats-client';
import { ensureStreams, unlessMissing, type StreamSpec } from './streams';
import { readHeaders } from './wire-headers';

/** What became of a message: finished, to be tried again later, or not to be tried again at all. */
export type JobOutcome =
  | { readonly type: 'done' }
  | { readonly type: 'again'; readonly inMs: number }
  | { readonly type: 'drop'; readonly reason: string };

export interface Consumption {
  /** Takes no more messages and waits until those in work are finished. */
  stop(): Promise<void>;
}

export interface PullOptions {
  readonly client: NatsClient;
  readonly logger: Logger;
  readonly stream: StreamSpec;
  /** The durable's name: letters, digits, `-`, `_`. */
  readonly name: string;
  readonly subjects: readonly string[];
  readonly parallelism: number;
  readonly ackWaitMs: number;
  /** One message at a time over all processes, the next only after the ack. */
  readonly ordered: boolean;
  readonly from: 'all' | 'new';
  readonly metrics?: Metrics;
  process(message: JsMsg, signal: AbortSignal): Promise<JobOutcome>;
}

const pullMs = 20_000;

/**
 * Takes messages of one durable consumer: `parallelism` slots, each asks the broker for one message at a time, so nothing
 * waits in memory while its acknowledgement time runs out. The library's own endless `consume` is not used: it prefetches,
 * and after a wiped volume it waits for a consumer that nobody makes. Here every error leads back to "make sure that stream
 * and consumer are there, then ask".
 */
export class PullLoop implements Consumption {
  private readonly stopping = new AbortController();
  private readonly open = new Set<ConsumerMessages>();
  private ensured: { readonly epoch: number; readonly consumer: Promise<Consumer> } | null = null;
  private slots: Promise<void>[] = [];

  constructor(private readonly options: PullOptions) {}

  /** Resolves when stream and consumer exist, so what is published afterwards is delivered also with `from: 'new'`. */
  async start(): Promise<this> {
    await this.untilEnsured();
    this.slots = Array.from({ length: this.options.ordered ? 1 : this.options.parallelism }, () => this.runSlot());
    return this;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.open.forEach((messages) => void messages.close());
    await Promise.all(this.slots);
  }

  private async runSlot(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      try {
        await this.takeOne();
        failures = 0;
      } catch (error) {
        this.ensured = null;
        failures += 1;
        if (failures > 1 && !this.stopping.signal.aborted) {
          this.options.logger.warn('a consumer cannot take messages', { consumer: this.options.name, error });
        }
        await this.pause(Math.min(2000, 50 * 2 ** Math.min(failures, 10)));
      }
    }
  }

  private async untilEnsured(): Promise<void> {
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      try {
        await this.consumer();
        return;
      } catch (error) {
        this.options.logger.warn('a consumer cannot be made yet', { consumer: this.options.name, attempt, error });
        await this.pause(Math.min(2000, 100 * 2 ** Math.min(attempt, 10)));
      }
    }
  }

  /**
   * Leaving the loop closes the request, before the message is handled: open, it would ask for more while nobody looks. Its
   * `close()` is not awaited anywhere, because it only resolves for a reader that is still there.
   */
  private async takeOne(): Promise<void> {
    const consumer = await this.consumer();
    const messages = await consumer.fetch({ max_messages: 1, expires: pullMs });
    this.open.add(messages);
    let taken: JsMsg | null = null;
    try {
      for await (const message of messages) {
        taken = message;
        break;
      }
    } finally {
      this.open.delete(messages);
    }
    if (taken) {
      await this.handle(taken);
    }
  }

  private async handle(message: JsMsg): Promise<void> {
    const { ackWaitMs, logger, name } = this.options;
    const extend = setInterval(() => message.working(), ackWaitMs / 3);
    const { correlationId, traceparent: parent } = readHeaders(message.headers);
    const started = performance.now();
    try {
      const outcome = await withSpan({ name, kind: 'consumer', parent }, (traceparent) =>
        runWithContext({ correlationId, traceparent }, () => this.options.process(message, this.stopping.signal)),
      );
      settle(message, outcome);
      this.observe(outcome.type, started);
      if (outcome.type === 'drop') {
        logger.error('a message was dropped', { consumer: name, subject: message.subject, reason: outcome.reason });
      }
    } catch (error) {
      const inMs = retryAfter(message.info.deliveryCount);
      logger.warn('a message will be tried again', { consumer: name, attempt: message.info.deliveryCount, error });
      settle(message, { type: 'again', inMs });
      this.observe('failed', started);
    } finally {
      clearInterval(extend);
    }
  }

  private observe(outcome: string, started: number): void {
    this.options.metrics
      ?.histogram({
        name: 'daybook_messages_handled_seconds',
        help: 'Time to handle a job or event, by consumer and outcome',
        labels: ['consumer', 'outcome'],
      })
      .observe({ consumer: this.options.name, outcome }, (performance.now() - started) / 1000);
  }

  /** The consumer, made sure of once for each connection to the broker. */
  private consumer(): Promise<Consumer> {
    const { epoch } = this.options.client;
    if (this.ensured?.epoch !== epoch) {
      const consumer = this.ensureConsumer();
      consumer.catch(() => undefined);
      this.ensured = { epoch, consumer };
    }
    return this.ensured.consumer.catch((error: unknown) => {
      this.ensured = null;
      throw error;
    });
  }

  private async ensureConsumer(): Promise<Consumer> {
    const { client, stream, name } = this.options;
    await ensureStreams(client, [stream]);
    const manager = await client.jetstreamManager();
    const wanted = this.consumerConfig();
    const known = await manager.consumers.info(stream.name, name).catch(unlessMissing);
    if (!known) {
      const deliver_policy = this.options.from === 'new' ? DeliverPolicy.New : DeliverPolicy.All;
      await manager.consumers.add(stream.name, {
        ...wanted,
        durable_name: name,
        ack_policy: AckPolicy.Explicit,
        deliver_policy,
      });
    } else if (known.config.ack_wait !== wanted.ack_wait || known.config.max_ack_pending !== wanted.max_ack_pending) {
      await manager.consumers.update(stream.name, name, wanted);
    }
    return client.jetstream.consumers.get(stream.name, name);
  }

  private consumerConfig() {
    const { subjects, ackWaitMs, ordered } = this.options;
    const [only, ...more] = subjects;
    return {
      ...(only !== undefined && more.length === 0 ? { filter_subject: only } : { filter_subjects: [...subjects] }),
      ack_wait: nanos(ackWaitMs),
      max_ack_pending: ordered ? 1 : 1000,
      max_deliver: -1,
    };
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function settle(message: JsMsg, outcome: JobOutcome): void {
  switch (outcome.type) {
    case 'done':
      return message.ack();
    case 'again':
      return message.nak(Math.max(1, Math.round(outcome.inMs)));
    case 'drop':
      return message.term(outcome.reason.slice(0, 200));
  }
}

/** 0.5 s, doubling, up to a minute, each spread by half. */
function retryAfter(deliveries: number): number {
  return Math.min(60_000, 500 * 2 ** Math.min(deliveries - 1, 10)) * (0.75 + Math.random() / 2);
}
