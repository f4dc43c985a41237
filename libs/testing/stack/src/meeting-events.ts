import { cloudEventOf, meetingEventDataSchema, streams } from '@daybook/contracts';
import { connect } from 'nats';
import type { z } from 'zod';

const meetingEvent = cloudEventOf(meetingEventDataSchema);

export interface KeptEvent {
  /** The header by which the broker tells events apart. */
  readonly messageId: string;
  readonly natsSubject: string;
  readonly body: z.infer<typeof meetingEvent>;
}

/** Every meeting event that the stream holds, in its order, read with a plain client and the credentials of `run.json`. */
export async function readEvents(
  { url, user, password }: { url: string; user: string; password: string },
  userId: string,
): Promise<KeptEvent[]> {
  const client = await connect({ servers: url, user, pass: password });
  try {
    const jetStream = client.jetstream();
    const { state } = await (await client.jetstreamManager()).streams.info(streams.events.name);
    if (state.messages === 0) return [];
    const consumer = await jetStream.consumers.get(streams.events.name);
    const events: KeptEvent[] = [];
    for await (const message of await consumer.consume()) {
      if (message.subject.startsWith('evt.calendar.meeting.')) {
        const body = meetingEvent.parse(message.json());
        const messageId = message.headers?.get('Nats-Msg-Id') ?? '';
        if (body.data.userId === userId) events.push({ messageId, natsSubject: message.subject, body });
      }
      if (message.info.pending === 0) break;
    }
    return events;
  } finally {
    await client.close();
  }
}

/**
 * What must never be: two event ids for one change (an item made or cancelled twice in a row), a message id that is not the
 * event's, an item whose sequences have a gap or come out of order. Empty when all is well. The same id twice is
 * at-least-once delivery and no fault here.
 */
export function faultsOfEvents(events: readonly KeptEvent[]): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  const last = new Map<string, number>();
  const gone = new Map<string, boolean>();
  for (const { messageId, body } of events) {
    if (messageId !== body.id) faults.push(`${body.id} was sent as ${messageId}`);
    if (seen.has(body.id)) continue;
    seen.add(body.id);
    const expected = (last.get(body.subject) ?? 0) + 1;
    if (body.sequence !== expected) {
      faults.push(`${body.type} of ${body.subject} has sequence ${body.sequence} where ${expected} was next`);
    }
    last.set(body.subject, body.sequence);
    const isGone = body.type.includes('.cancelled.');
    const before = gone.get(body.subject);
    if (before === isGone && !body.type.includes('.updated.'))
      faults.push(`${body.type} of ${body.subject} came twice`);
    gone.set(body.subject, isGone);
  }
  return faults;
}
