import {
  SERVER_NAMES,
  SIGN_IN_SCHEMES,
  STREAMING_SETTINGS,
  type ServerSettings,
} from '@daybook/providers/exchange-simulator';
import { z } from 'zod';
import { OrderRefused } from '../simulator';

const schema = z
  .strictObject({
    version: z.enum(SERVER_NAMES),
    signIn: z.array(z.enum(SIGN_IN_SCHEMES)).min(1).max(SIGN_IN_SCHEMES.length),
    extendedProtection: z.enum(['none', 'allow', 'require']),
    impersonators: z.array(z.string().trim().toLowerCase().min(3).max(320)).max(100),
    streaming: z.enum(STREAMING_SETTINGS),
  })
  .partial();

/**
 * A change of settings as somebody ordered it.
 * @throws OrderRefused `invalid_value` that names what is known
 */
export function readExchangeSettings(change: unknown): Partial<ServerSettings> {
  const read = schema.safeParse(change);
  if (read.success) return Object.fromEntries(Object.entries(read.data).filter(([, value]) => value !== undefined));
  const [issue] = read.error.issues;
  const known = Object.keys(schema.shape);
  if (issue?.code === 'unrecognized_keys') {
    throw new OrderRefused('invalid_value', `unknown field "${(issue.keys[0] ?? '').slice(0, 80)}"`, known);
  }
  const field = issue?.path.map(String).join('.') ?? '';
  const words = issue?.code === 'invalid_value' ? issue.values.map(String) : known;
  throw new OrderRefused('invalid_value', `${field}: ${issue?.message ?? 'is not valid'}`, words);
}
