import {
  fail,
  IDEMPOTENCY_KEY_FORM,
  isIdempotencyKey,
  type Caller,
  type Operation,
  type RawBody,
} from '@daybook/contracts';
import { z } from 'zod';
import type { Envelope } from './envelope';
import { fingerprintOf, placeOf } from './fingerprint';
import { KeptAnswers } from './kept-answers';

export interface OnceRequest {
  readonly caller: Caller;
  /** `Idempotency-Key`; without one the effect simply happens. */
  readonly idempotencyKey?: string | undefined;
  /** The item of the path, where the route has one. */
  readonly id?: string | undefined;
  readonly body?: RawBody | undefined;
}

/** Keeps the answer in the transaction of its effect. */
export type Keep<Answer, Tx> = (answer: Answer, tx: Tx) => Promise<void>;

/** The fingerprint lies with the answer: a body may hold a password, and a bare hash of it could be guessed at. */
const contentSchema = z.object({ fingerprint: z.string(), answer: z.unknown() });

export const KEPT_FOR_MS = 24 * 60 * 60_000;

interface Place {
  readonly id: string;
  readonly fingerprint: string;
}

/**
 * Does a write once for each caller, operation, item and key, and answers the same to all who repeat it within a day, also to
 * those who come while the first is under way: of two transactions one keeps its answer and the other leaves nothing behind.
 * Only answers are kept, not refusals: after a refusal nothing has happened, and the same request may be tried again.
 */
export class Once<Tx> {
  constructor(
    private readonly answers: KeptAnswers<Tx>,
    private readonly envelope: Envelope,
    private readonly clock: { now(): Date },
  ) {}

  /**
   * `effect` gets `keep`, which it calls in its transaction, last, with what it is going to answer. Throws
   * `idempotency_mismatch` where the key came with another body before, or what `effect` throws; `bad_request` for a faulty key
   * comes from `keep`, and so after all that `effect` refuses.
   */
  async run<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    request: OnceRequest,
    effect: (keep: Keep<z.output<O>, Tx>) => Promise<z.output<O>>,
  ): Promise<z.output<O>> {
    const { caller, idempotencyKey, id = '', body } = request;
    if (idempotencyKey === undefined) return effect(async () => undefined);
    if (!isIdempotencyKey(idempotencyKey))
      return effect(() => Promise.reject(fail('bad_request', IDEMPOTENCY_KEY_FORM)));
    const place: Place = {
      id: placeOf([caller.accountId, caller.userId, operation.subject, id, idempotencyKey]),
      fingerprint: fingerprintOf(body),
    };
    return (await this.kept(operation.output, place)) ?? this.first(operation.output, place, effect);
  }

  private async first<O extends z.ZodType>(
    output: O,
    place: Place,
    effect: (keep: Keep<z.output<O>, Tx>) => Promise<z.output<O>>,
  ): Promise<z.output<O>> {
    let kept: z.output<O> | undefined;
    try {
      const answer = await effect(async (given, tx) => {
        await this.keep(place, given, tx);
        kept = given;
      });
      return kept ?? answer;
    } catch (error) {
      const meanwhile = await this.kept(output, place);
      if (meanwhile !== null) return meanwhile;
      throw error;
    }
  }

  private async kept<O extends z.ZodType>(output: O, { id, fingerprint }: Place): Promise<z.output<O> | null> {
    const found = await this.answers.find(id, this.clock.now());
    if (!found) return null;
    const content = contentSchema.parse(JSON.parse(this.envelope.open(found.content, contextOf(id))));
    if (content.fingerprint !== fingerprint) throw fail('idempotency_mismatch');
    return output.parse(content.answer);
  }

  private async keep({ id, fingerprint }: Place, answer: unknown, tx: Tx): Promise<void> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + KEPT_FOR_MS);
    const content = this.envelope.close(JSON.stringify({ fingerprint, answer }), contextOf(id));
    await this.answers.keep({ id, content, expiresAt }, tx, now);
  }
}

function contextOf(id: string): string {
  return `kept-answer:${id}`;
}
