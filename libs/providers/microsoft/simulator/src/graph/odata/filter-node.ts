/** A parsed `$filter`. */

export type Literal = string | number | boolean | null;

export type Operand =
  | { kind: 'path'; path: readonly string[] }
  | { kind: 'literal'; value: Literal }
  | { kind: 'call'; name: string; args: readonly Operand[] };

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export type FilterNode =
  | { kind: 'and' | 'or'; left: FilterNode; right: FilterNode }
  | { kind: 'not'; inner: FilterNode }
  | { kind: 'compare'; comparison: Comparison; left: Operand; right: Operand }
  | { kind: 'in'; left: Operand; values: readonly Literal[] }
  /** A function or a path that is true or false by itself. */
  | { kind: 'truth'; operand: Operand }
  | { kind: 'any' | 'all'; path: readonly string[]; variable: string; inner: FilterNode | null };
