import type { z } from 'zod';

/** One request/reply between services: its subject (`<owner>.<noun>.<verb>`), what goes in and what comes out. */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly owner: string;
  readonly subject: string;
  readonly input: I;
  readonly output: O;
}

/** Declares an operation; the owner is the first word of the subject. */
export function operation<I extends z.ZodType, O extends z.ZodType>(
  subject: string,
  input: I,
  output: O,
): Operation<I, O> {
  const owner = subject.split('.')[0] ?? '';
  return { owner, subject, input, output };
}

export type InputOf<T extends Operation> = z.input<T['input']>;
export type ParsedInputOf<T extends Operation> = z.output<T['input']>;
export type OutputOf<T extends Operation> = z.output<T['output']>;
