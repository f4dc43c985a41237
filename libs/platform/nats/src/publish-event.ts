import { headers as newHeaders, NatsError, ErrorCode } from 'nats';
import type { NatsClient } from './nats-client';
import { ensureStreams, streamOf } from './streams';
import { wireHeader } from './wire-headers';

export interface OutgoingEvent {
  readonly subject: string;
  /** Becomes `Nats-Msg-Id`: the broker drops a second one under the same id for two minutes. */
  readonly id: string;
  /** JSON text. */
  readonly body: string;
  readonly correlationId?: string | undefined;
}

export interface PublishedEvent {
  readonly stream: string;
  /** The message's number in the stream. */
  readonly sequence: number;
  readonly duplicate: boolean;
}

/** The broker is away or did not confirm: nothing is known about the message, publish it again under the same id. */
export class BrokerUnavailable extends Error {
  constructor(cause?: unknown) {
    super('the broker does not confirm', { cause });
    this.name = 'BrokerUnavailable';
  }
}

/** Publishes to a stream and waits until the broker has stored it. Throws BrokerUnavailable. */
export async function publishEvent(client: NatsClient, event: OutgoingEvent): Promise<PublishedEvent> {
  if (!client.isConnected()) {
    throw new BrokerUnavailable();
  }
  const headers = newHeaders();
  if (event.correlationId) {
    headers.set(wireHeader.correlationId, event.correlationId);
  }
  try {
    const ack = await client.jetstream.publish(event.subject, event.body, { msgID: event.id, headers });
    return { stream: ack.stream, sequence: ack.seq, duplicate: ack.duplicate };
  } catch (error) {
    throw new BrokerUnavailable(error);
  }
}

/** As publishEvent, and makes the stream first when the broker says that none takes the subject. Throws BrokerUnavailable. */
export async function publishEnsured(client: NatsClient, event: OutgoingEvent): Promise<PublishedEvent> {
  try {
    return await publishEvent(client, event);
  } catch (error) {
    if (!(error instanceof BrokerUnavailable && isNoStream(error.cause))) {
      throw error;
    }
    await ensureStreams(client, [streamOf(event.subject)]).catch((cause: unknown) => {
      throw new BrokerUnavailable(cause);
    });
    return publishEvent(client, event);
  }
}

/** A subject that no stream takes has no responder. */
function isNoStream(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.NoResponders;
}
