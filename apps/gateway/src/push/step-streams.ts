import {
  diagnosisItemSchema,
  pushSubjects,
  signInItemSchema,
  type DiagnosisItem,
  type Problem,
  type SignInItem,
} from '@daybook/contracts';
import { subscribePush, type NatsClient } from '@daybook/platform/nats';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { toProblem } from '../http/to-problem';
import { beginEvents } from './begin-events';
import { StepStream, type StepForm } from './step-stream';

/** Work whose steps are pushed while it is done. */
export interface StepKind<Item> extends StepForm<Item> {
  readonly subject: (name: string) => string;
  /** Null for what is no item. */
  readonly read: (body: unknown) => Item | null;
  /** The steps that a refusal brings with it. */
  readonly stepsOf: (problem: Problem) => readonly Item[];
}

export const diagnosisSteps: StepKind<DiagnosisItem> = {
  event: 'check',
  keyOf: ({ check }) => check,
  subject: pushSubjects.diagnosis,
  read: (body) => diagnosisItemSchema.safeParse(body).data ?? null,
  stepsOf: () => [],
};

/** A step may be made at several hosts, so the whole item tells them apart. */
export const signInSteps: StepKind<SignInItem> = {
  event: 'step',
  keyOf: (item) => JSON.stringify(item),
  subject: pushSubjects.signIn,
  read: (body) => signInItemSchema.safeParse(body).data ?? null,
  stepsOf: ({ steps }) => steps ?? [],
};

/** What the work came to: its steps where the reply repeats them, and the answer that ends the stream where there is one. */
export interface Outcome<Item> {
  readonly items?: readonly Item[];
  readonly done?: unknown;
}

/** Where a stream goes, and the question behind it: its steps are also pushed under `name`. */
export interface Relayed<Item> {
  readonly reply: FastifyReply;
  readonly correlationId: string;
  readonly ask: (name: string) => Promise<Outcome<Item>>;
}

/** Work that is being streamed by this gateway, step by step. Each is bounded by the deadline of its question. */
export class StepStreams {
  private readonly open = new Set<Pick<StepStream<never>, 'hasBegun' | 'end'>>();

  constructor(private readonly client: NatsClient) {}

  get size(): number {
    return this.open.size;
  }

  /** Streams to `reply`; throws what `ask` throws as long as nothing was streamed. */
  async relay<Item>(kind: StepKind<Item>, { reply, correlationId, ask }: Relayed<Item>): Promise<void> {
    const name = randomUUID();
    const stream = new StepStream(kind, () => beginEvents(reply));
    // Before the question, on the same connection: the broker knows of the listener before the first item can come.
    const pushes = subscribePush(this.client, kind.subject(name), (_subject, body) => {
      const item = kind.read(body);
      if (item !== null) stream.tell(item);
    });
    this.open.add(stream);
    const leave = (): void => {
      stream.leave();
      pushes.stop();
      this.open.delete(stream);
    };
    reply.raw.once('close', leave);
    try {
      const { items = [], done } = await ask(name);
      items.forEach((item) => stream.tell(item));
      if (done === undefined) stream.end();
      else stream.finish(done);
    } catch (error) {
      if (!stream.hasBegun) throw error;
      const problem = { ...toProblem(error), correlationId };
      kind.stepsOf(problem).forEach((item) => stream.tell(item));
      stream.breakOff(problem);
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

/** Whether the caller wants the answer as server-sent events. */
export function wantsEvents({ headers }: FastifyRequest): boolean {
  return /(^|,)\s*text\/event-stream\s*(;|,|$)/i.test(headers.accept ?? '');
}
