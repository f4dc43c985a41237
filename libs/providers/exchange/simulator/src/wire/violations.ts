import type { ReadElement } from './read-xml';
import { localOf, namespaceOf } from './schema';

/** A request that the schema does not allow: where, and what is wrong in the words of the parser that Exchange uses. */
export class SchemaViolation extends Error {
  readonly line: number;
  readonly position: number;

  constructor({ line, position }: Pick<ReadElement, 'line' | 'position'>, violation: string) {
    super(violation);
    this.line = line;
    this.position = position;
  }
}

type Named = Pick<ReadElement, 'name' | 'namespace'>;

/** A value that is none of its type. */
interface WrongValue {
  readonly text: string;
  readonly type: string;
  readonly fault: string;
}

const MOST_SHOWN = 60;

const quoted = ({ name, namespace }: Named): string => `'${name}' in namespace '${namespace}'`;

/** `'A, B' in namespace '…'` for each namespace. */
function listed(names: readonly string[]): string {
  const bySpace = new Map<string, string[]>();
  for (const name of names.slice(0, MOST_SHOWN)) {
    const space = namespaceOf(name);
    bySpace.set(space, [...(bySpace.get(space) ?? []), localOf(name)]);
  }
  return [...bySpace].map(([space, locals]) => `'${locals.join(', ')}' in namespace '${space}'`).join(' as well as ');
}

const expectation = (expected: readonly string[]): string =>
  expected.length === 0 ? '' : ` List of possible elements expected: ${listed(expected)}.`;

const datatype = (type: string): string => `'${namespaceOf(type)}:${localOf(type)}'`;

const invalidValue = ({ text, type, fault }: WrongValue): string =>
  `The value '${text.slice(0, 200)}' is invalid according to its datatype ${datatype(type)} - ${fault}`;

export const notDeclared = ({ name, namespace }: Named): string =>
  `The '${namespace}:${name}' element is not declared.`;

export const isAbstract = ({ name, namespace }: Named): string =>
  `The element '${namespace}:${name}' is abstract or its type is abstract.`;

export const wrongType = (element: Named, type: string): string =>
  `The xsi:type attribute value '${type}' is not valid for the element ${quoted(element)}.`;

export const onlyText = (element: Named): string =>
  `The element ${quoted(element)} cannot contain child elements because the content model is text only.`;

export const noText = (element: Named, expected: readonly string[]): string =>
  `The element ${quoted(element)} cannot contain text.${expectation(expected)}`;

export const wrongText = ({ name, namespace }: Named, value: WrongValue): string =>
  `The '${namespace}:${name}' element is invalid - ${invalidValue(value)}`;

export const wrongAttribute = (name: string, value: WrongValue): string =>
  `The '${name}' attribute is invalid - ${invalidValue(value)}`;

export const missingAttribute = (name: string): string => `The required attribute '${name}' is missing.`;

export const unknownAttribute = (name: string): string => `The '${name}' attribute is not declared.`;

export const wrongChild = (parent: Named, { wrong, expected }: { wrong: Named; expected: readonly string[] }): string =>
  `The element ${quoted(parent)} has invalid child element ${quoted(wrong)}.${expectation(expected)}`;

export const incomplete = (element: Named, expected: readonly string[]): string =>
  `The element ${quoted(element)} has incomplete content.${expectation(expected)}`;
