import { ProblemError, type Caller, type Operation, type Problem } from '@daybook/contracts';
import { MessagePattern } from '@nestjs/microservices';
import type { z } from 'zod';
import type { JsonReply } from './json-reply';

/** What a handler knows about the call besides its input. */
export interface CallContext {
  readonly correlationId: string;
  readonly traceparent?: string;
  /** After this the caller no longer listens. */
  readonly deadlineAt: Date;
  /** The person on whose behalf the call is made, as the gateway proved it. */
  readonly caller?: Caller;
  /** The calling service. */
  readonly from?: string;
  /** Aborts at the deadline: hand it to whatever waits. */
  readonly signal: AbortSignal;
}

/** How a handler ended. It crosses Nest as a value, because Nest would turn a thrown problem into its own error shape. */
export type HandlerOutcome =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'problem'; readonly problem: Problem }
  | { readonly type: 'fault'; readonly error: unknown };

export interface HandlerCall {
  readonly input: unknown;
  readonly context: CallContext;
}

type Handler<I extends z.ZodType, O extends z.ZodType> = (
  input: z.output<I>,
  context: CallContext,
) => Promise<z.input<O> | JsonReply>;

/**
 * Marks a controller method as the one handler of `operation`. It gets the parsed input and the call's context, and returns
 * the output, or throws a ProblemError for an expected failure. Anything else it throws is a bug: logged, answered as 500.
 */
export function Handles<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>) {
  return <M extends Handler<I, O>>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>): void => {
    const method = descriptor.value;
    if (!method) {
      throw new Error(`@Handles(${operation.subject}) is not on a method`);
    }
    const handle = async function (this: unknown, { input, context }: HandlerCall): Promise<HandlerOutcome> {
      try {
        return { type: 'value', value: await Reflect.apply(method, this, [input, context]) };
      } catch (error) {
        return error instanceof ProblemError ? { type: 'problem', problem: error.problem } : { type: 'fault', error };
      }
    };
    MessagePattern(operation.subject, { operation })(target, key, { value: handle });
    // The class takes what the descriptor holds after all decorators; its type is the handler's as it was written.
    Reflect.set(descriptor, 'value', handle);
  };
}
