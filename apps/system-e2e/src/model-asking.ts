import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { HttpOrder, Person } from '@daybook/testing/stack';
import type { Answer } from './model-owed';

const AGAIN_MS = 400;
/** A service that was killed is back long before. */
const MOST_TRIES = 60;
/** Says nothing about whether it was done, or that it can be asked again at once. */
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);
const problemSchema = z.object({ code: z.string() });

/** Asks as a patient client does: what was not answered again, under the same key, until there is an answer. */
export async function ask(
  person: Person,
  path: string,
  order: HttpOrder & { readonly method: 'POST' | 'PATCH' | 'DELETE' },
): Promise<{ answer: Answer; json: unknown }> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const answered = await person.call(path, order).catch(() => null);
    const verdict = answered && verdictOf(order.method, { ...answered, tries });
    if (answered && verdict) return { answer: verdict, json: answered.json };
    await sleep(AGAIN_MS);
  }
  return { answer: 'maybe', json: undefined };
}

function verdictOf(
  method: string,
  { status, json, tries }: { status: number; json: unknown; tries: number },
): Answer | null {
  if (status < 300 || (method === 'DELETE' && status === 404)) return 'accepted';
  const code = problemSchema.safeParse(json).data?.code;
  // A refusal of the provider's has a status of its own, and would come again.
  if (AGAIN.has(status) && code !== 'write_refused') return null;
  return tries > 1 ? 'maybe' : 'refused';
}

/** Does something at the provider. A fault may strike the answer too, so nobody knows what became of it then. */
export async function tryThere(deed: () => Promise<unknown>): Promise<Answer> {
  try {
    await deed();
    return 'accepted';
  } catch {
    return 'maybe';
  }
}
