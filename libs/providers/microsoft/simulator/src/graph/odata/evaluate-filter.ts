import { refusals } from '../graph-error';
import type { Comparison, FilterNode, Literal, Operand } from './filter-node';

/** What a name stands for: a member of the item, or a variable of `any` and `all`. */
export type Scope = (name: string) => unknown;

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i;
const OFFSET = /(Z|[+-]\d\d:\d\d)$/i;

/** Whether an item meets a filter. Text is compared without regard to case, as Exchange searches. */
export function meets(node: FilterNode, scope: Scope): boolean {
  switch (node.kind) {
    case 'and':
      return meets(node.left, scope) && meets(node.right, scope);
    case 'or':
      return meets(node.left, scope) || meets(node.right, scope);
    case 'not':
      return !meets(node.inner, scope);
    case 'compare':
      return compare(node.comparison, valueOf(node.left, scope), valueOf(node.right, scope));
    case 'in':
      return node.values.some((value) => compare('eq', valueOf(node.left, scope), value));
    case 'truth':
      return valueOf(node.operand, scope) === true;
    case 'any':
    case 'all':
      return quantified(node, scope);
  }
}

function quantified({ kind, path, variable, inner }: FilterNode & { kind: 'any' | 'all' }, scope: Scope): boolean {
  const list = memberOf(scope, path);
  const elements: unknown[] = Array.isArray(list) ? list : [];
  if (inner === null) return elements.length > 0;
  const holds = (element: unknown): boolean => meets(inner, (name) => (name === variable ? element : scope(name)));
  return kind === 'any' ? elements.some(holds) : elements.every(holds);
}

function memberOf(scope: Scope, [root = '', ...rest]: readonly string[]): unknown {
  let value = scope(root);
  for (const name of rest) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  }
  return value;
}

function valueOf(operand: Operand, scope: Scope): Literal {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'path') return literalOf(memberOf(scope, operand.path));
  const [first = '', second = ''] = operand.args.map((arg) => valueOf(arg, scope));
  const [text, part] = [String(first), String(second)].map((one) => one.toLowerCase());
  switch (operand.name) {
    case 'startswith':
      return (text ?? '').startsWith(part ?? '');
    case 'endswith':
      return (text ?? '').endsWith(part ?? '');
    case 'contains':
      return (text ?? '').includes(part ?? '');
    case 'tolower':
      return text ?? '';
    default:
      return (text ?? '').toUpperCase();
  }
}

function literalOf(value: unknown): Literal {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function compare(comparison: Comparison, left: Literal, right: Literal): boolean {
  if (left === null || right === null) {
    if (comparison === 'eq') return left === right;
    return comparison === 'ne' && left !== right;
  }
  if (typeof left !== typeof right) throw refusals.filter('The operands of a comparison have different types.');
  const order = orderOf(left, right);
  const outcomes: Record<Comparison, boolean> = {
    eq: order === 0,
    ne: order !== 0,
    gt: order > 0,
    ge: order >= 0,
    lt: order < 0,
    le: order <= 0,
  };
  return outcomes[comparison];
}

function orderOf(left: NonNullable<Literal>, right: NonNullable<Literal>): number {
  if (typeof left !== 'string' || typeof right !== 'string') return Number(left) - Number(right);
  if (TIME.test(left) && TIME.test(right)) return instantOf(left) - instantOf(right);
  const [one, other] = [left.toLowerCase(), right.toLowerCase()];
  return one === other ? 0 : one < other ? -1 : 1;
}

/** A time without an offset is UTC. */
const instantOf = (text: string): number =>
  Date.parse(OFFSET.test(text) || text.length === 10 ? text : `${text.slice(0, 23)}Z`);
