import { canonicalPropertyId } from '../../mailbox/property-ids';
import { refusals } from '../graph-error';
import type { FilterNode, Operand } from './filter-node';
import { parseFilter } from './parse-filter';

/** Paths Exchange searches events by. */
const FILTERABLE = [
  'subject',
  'start/dateTime',
  'end/dateTime',
  'createdDateTime',
  'lastModifiedDateTime',
  'type',
  'isAllDay',
  'isCancelled',
  'isOrganizer',
  'importance',
  'sensitivity',
  'showAs',
  'hasAttachments',
  'iCalUId',
  'uid',
  'seriesMasterId',
  'reminderMinutesBeforeStart',
  'organizer/emailAddress/address',
  'location/displayName',
  'categories',
  'attendees',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
  'extensions',
];
const PROPERTIES = ['singleValueExtendedProperties', 'multiValueExtendedProperties'];

/** Reads a `$filter` on events. @throws GraphError 400 for syntax, and for members that cannot be searched by */
export function readEventFilter(text: string, members: ReadonlySet<string>): FilterNode {
  return checked(parseFilter(text), { variables: [], ids: false }, members);
}

interface Context {
  variables: readonly string[];
  /** Inside the properties of an application, whose ids have one spelling. */
  ids: boolean;
}

function checked(node: FilterNode, context: Context, members: ReadonlySet<string>): FilterNode {
  const again = (one: FilterNode): FilterNode => checked(one, context, members);
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, left: again(node.left), right: again(node.right) };
    case 'not':
      return { ...node, inner: again(node.inner) };
    case 'compare': {
      checkOperand(node.left, context, members);
      checkOperand(node.right, context, members);
      return context.ids && endsInId(node.left) ? { ...node, right: canonical(node.right) } : node;
    }
    case 'in':
      checkOperand(node.left, context, members);
      return node;
    case 'truth':
      checkOperand(node.operand, context, members);
      return node;
    case 'any':
    case 'all': {
      checkPath(node.path, context, members);
      const ids = context.ids || PROPERTIES.includes(node.path[0] ?? '');
      const inside = { variables: [...context.variables, node.variable], ids };
      return { ...node, inner: node.inner === null ? null : checked(node.inner, inside, members) };
    }
  }
}

function checkOperand(operand: Operand, context: Context, members: ReadonlySet<string>): void {
  if (operand.kind === 'path') checkPath(operand.path, context, members);
  if (operand.kind === 'call') for (const arg of operand.args) checkOperand(arg, context, members);
}

function checkPath(path: readonly string[], { variables }: Context, members: ReadonlySet<string>): void {
  const [root = ''] = path;
  if (variables.includes(root)) return;
  if (!members.has(root))
    throw refusals.badRequest(`Could not find a property named '${root}' on type 'microsoft.graph.event'.`);
  if (!FILTERABLE.includes(path.join('/'))) throw refusals.filter();
}

const endsInId = (operand: Operand): boolean => operand.kind === 'path' && operand.path.at(-1) === 'id';

const canonical = (operand: Operand): Operand =>
  operand.kind === 'literal' && typeof operand.value === 'string'
    ? { ...operand, value: canonicalPropertyId(operand.value) }
    : operand;

/** The ids an `$expand` asks for: `id eq 'a' or id eq 'b'`, in their one spelling. @throws GraphError 400 for other filters */
export function idsOfFilter(text: string, spelling: (id: string) => string): string[] {
  const walk = (node: FilterNode): string[] => {
    if (node.kind === 'or') return [...walk(node.left), ...walk(node.right)];
    const isId = node.kind === 'compare' && node.comparison === 'eq' && endsInId(node.left);
    if (!isId || node.right.kind !== 'literal') throw refusals.filter();
    return [spelling(String(node.right.value))];
  };
  return walk(parseFilter(text));
}
