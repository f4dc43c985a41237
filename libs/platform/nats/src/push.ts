import type { NatsClient } from './nats-client';

/** Something to tell whoever listens now; nobody else hears of it, because clients read from their cursor anyway. */
export class PushPublisher {
  constructor(private readonly client: NatsClient) {}

  /** Without waiting and without memory: while the broker is away it is lost. Never throws for that. */
  publish(subject: string, body: unknown): void {
    if (this.client.isConnected()) {
      this.client.connection.publish(subject, JSON.stringify(body));
    }
  }
}

export interface PushSubscription {
  stop(): void;
}

/** Hears every push on `subject` (`push.user.*`); goes on by itself after a reconnection. Bodies are parsed, not checked. */
export function subscribePush(
  client: NatsClient,
  subject: string,
  listener: (subject: string, body: unknown) => void,
): PushSubscription {
  const subscription = client.connection.subscribe(subject, {
    callback: (error, message) => {
      const body = error ? undefined : parse(message.string());
      if (body !== undefined) {
        listener(message.subject, body);
      }
    },
  });
  return { stop: () => subscription.unsubscribe() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
