import { z } from 'zod';
import type { Simulator } from '../simulator';
import { ControlProblem, unknownWord } from './control-problem';

const MOST_SEEDED = 200_000;
const email = z.string().min(3).max(320);
const provider = z.string();
const count = z.number().int().min(0).max(MOST_SEEDED);

/** The orders of the control API, as `API.md` names their fields. */
export const orders = {
  mailbox: z.strictObject({ provider, email, password: z.string().min(1).max(200).optional() }),
  import: z.strictObject({ provider, email, format: z.string(), body: z.string() }),
  seed: z.strictObject({
    provider,
    email,
    events: count.default(0),
    contacts: count.default(0),
    seed: z.number().int().min(0).max(4_294_967_295).default(1),
  }),
  fault: z.strictObject({
    provider,
    email: email.optional(),
    kind: z.string(),
    times: z.number().int().min(1).max(1_000_000).optional(),
    forMs: z.number().int().min(1).max(31_536_000_000).optional(),
    ms: z.number().int().min(0).max(600_000).optional(),
  }),
  clock: z.strictObject({ now: z.iso.datetime({ offset: true }).nullable() }),
  /** What stands beside the provider is the provider's own to read. */
  settings: z.looseObject({ provider }),
  token: z.strictObject({ provider, email, scope: z.string().min(1).max(4000) }),
} as const;

/**
 * Reads an order.
 * @throws ControlProblem 400: not JSON, an unknown field (naming the known ones), a wrong value
 */
export function readOrder<S extends z.ZodObject>(schema: S, body: string): z.output<S> {
  const read = schema.safeParse(parseJson(body));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') throw unknownWord('field', issue.keys[0] ?? '', Object.keys(schema.shape));
  const what = field === '' ? 'the body' : field;
  throw new ControlProblem(
    400,
    'invalid_body',
    `${what}: ${issue?.message ?? 'is not valid'}`,
    Object.keys(schema.shape),
  );
}

/** @throws ControlProblem 400 naming the known providers */
export function simulatorOf(simulators: readonly Simulator[], key: string): Simulator {
  const found = simulators.find((simulator) => simulator.key === key);
  if (found === undefined)
    throw unknownWord(
      'provider',
      key,
      simulators.map((simulator) => simulator.key),
    );
  return found;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ControlProblem(400, 'invalid_json', 'the body is not JSON');
  }
}
