import { diagnosisItemSchema, pushSubjects, type Diagnosis } from '@daybook/contracts';
import { subscribePush, type NatsClient } from '@daybook/platform/nats';
import type { FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import { toProblem } from '../http/to-problem';
import { beginEvents } from './begin-events';
import { DiagnosisStream } from './diagnosis-stream';

/** Asks for a diagnosis whose items are also pushed under this name. */
export type Ask = (name: string) => Promise<Diagnosis>;

/** Diagnoses that are being streamed by this gateway. Each is bounded by the deadline of its question. */
export class DiagnosisStreams {
  private readonly open = new Set<DiagnosisStream>();

  constructor(private readonly client: NatsClient) {}

  get size(): number {
    return this.open.size;
  }

  /** Streams to `reply`; throws what `ask` throws as long as nothing was streamed. */
  async relay(reply: FastifyReply, correlationId: string, ask: Ask): Promise<void> {
    const name = randomUUID();
    const stream = new DiagnosisStream(() => beginEvents(reply));
    // Before the question, on the same connection: the broker knows of the listener before the first item can come.
    const pushes = subscribePush(this.client, pushSubjects.diagnosis(name), (_subject, body) => {
      const item = diagnosisItemSchema.safeParse(body);
      if (item.success) stream.tell(item.data);
    });
    this.open.add(stream);
    const leave = (): void => {
      stream.leave();
      pushes.stop();
      this.open.delete(stream);
    };
    reply.raw.once('close', leave);
    try {
      const { items } = await ask(name);
      items.forEach((item) => stream.tell(item));
      stream.end();
    } catch (error) {
      if (!stream.hasBegun) throw error;
      stream.breakOff({ ...toProblem(error), correlationId });
    } finally {
      pushes.stop();
      this.open.delete(stream);
    }
  }

  /** One that has not begun is answered by the end of its question. */
  stop(): void {
    this.open.forEach((stream) => {
      if (stream.hasBegun) stream.end();
    });
  }
}
