import type { z } from 'zod';
import { factsOf, type SettingFacts } from './setting-facts';

export interface SettingRow extends SettingFacts {
  readonly variable: string;
  /** The services that read it, by name. */
  readonly owners: readonly string[];
}

/**
 * All settings that the given schemas know, one row a variable, sorted by name: what a check compares `.env.example` with.
 * A variable read by several services is required when one of them requires it; the first one's words describe it.
 */
export function settingsTable(schemas: Readonly<Record<string, z.ZodObject>>): SettingRow[] {
  const rows = new Map<string, SettingRow>();
  for (const [owner, schema] of Object.entries(schemas)) {
    for (const [variable, type] of Object.entries(schema.shape)) {
      const facts = factsOf(type);
      const known = rows.get(variable);
      rows.set(
        variable,
        known
          ? { ...known, owners: [...known.owners, owner], required: known.required || facts.required }
          : { variable, owners: [owner], ...facts },
      );
    }
  }
  return [...rows.values()].sort((left, right) => left.variable.localeCompare(right.variable));
}
