import type { z } from 'zod';
import { factsOf } from './setting-facts';

export interface SettingFault {
  readonly variable: string;
  readonly problem: string;
  readonly expected: string;
}

/** The environment does not fit: every fault at once, so that the operator mends them in one go. Never shows a value. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly SettingFault[]) {
    const lines = faults.map(({ variable, problem, expected }) => `  ${variable} ${problem}; expected: ${expected}`);
    super(`The settings do not fit:\n${lines.join('\n')}`);
    this.name = 'SettingsError';
  }
}

/**
 * Reads the variables that `schema` names out of `env`. An empty variable counts as absent, because compose files and shells
 * write unset ones that way. Variables the schema does not name are ignored: the environment belongs to others too.
 * Throws SettingsError.
 */
export function loadSettings<S extends z.ZodObject>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((variable) => {
      const text = env[variable]?.trim();
      return text ? [[variable, text]] : [];
    }),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    throw new SettingsError(faultsOf(schema, given, result.error.issues));
  }
  return result.data;
}

function faultsOf(
  schema: z.ZodObject,
  given: Readonly<Record<string, string>>,
  issues: readonly z.core.$ZodIssue[],
): SettingFault[] {
  return issues.map((issue) => {
    const variable = String(issue.path[0] ?? '');
    const type = schema.shape[variable];
    if (!type) {
      return {
        variable: Object.keys(schema.shape).join(', '),
        problem: issue.message,
        expected: 'settings that fit together',
      };
    }
    const problem = variable in given ? (issue.code === 'custom' ? issue.message : 'is not valid') : 'is missing';
    return { variable, problem, expected: factsOf(type).expected };
  });
}
