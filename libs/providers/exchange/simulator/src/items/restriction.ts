import { EwsRefusal } from '../soap/refusal';
import { childOf, type XmlElement } from '../wire/element';
import { containment } from './containment';
import type { Fields } from './places';
import { isPath, readPath, type PropertyPath } from './property-path';
import { comparable, orderOf, textsAt } from './values';

/** An item or folder as it is searched: all its fields, and the schema's type of its element. */
export interface Searched {
  readonly type: string;
  readonly fields: Fields;
}

export type Test = (searched: Searched) => boolean;

const MOST_EXPRESSIONS = 255;
/** Made anew for each answer, so that nothing can be found by them. */
const NOT_SEARCHED = new Set([
  'item:MimeContent',
  'item:ResponseObjects',
  'item:EffectiveRights',
  'item:UniqueBody',
  'item:NormalizedBody',
  'folder:EffectiveRights',
  'folder:PermissionSet',
  'calendar:ConflictingMeetings',
  'calendar:AdjacentMeetings',
]);

const COMPARISONS: Readonly<Record<string, (one: number | string, other: number | string) => boolean>> = {
  IsEqualTo: (one, other) => one === other,
  IsNotEqualTo: (one, other) => one !== other,
  IsGreaterThan: (one, other) => one > other,
  IsGreaterThanOrEqualTo: (one, other) => one >= other,
  IsLessThan: (one, other) => one < other,
  IsLessThanOrEqualTo: (one, other) => one <= other,
};

/**
 * Makes a test of a `Restriction`; null lets everything pass.
 * @throws EwsRefusal ErrorUnsupportedPathForQuery, ErrorRestrictionTooComplex, ErrorInvalidExtendedProperty
 */
export function readRestriction(restriction: XmlElement | null): Test {
  const expression = restriction?.children[0];
  return expression === undefined ? () => true : testOf(expression, { left: MOST_EXPRESSIONS });
}

function testOf(expression: XmlElement, budget: { left: number }): Test {
  budget.left -= 1;
  if (budget.left < 0) throw new EwsRefusal('ErrorRestrictionTooComplex', 'The restriction is too complex.');
  const inner = (): Test[] =>
    expression.children.filter((child) => !isPath(child)).map((child) => testOf(child, budget));
  switch (expression.name) {
    case 'And':
      return allOf(inner());
    case 'Or':
      return anyOf(inner());
    case 'Not':
      return noneOf(inner());
    default:
      return leafOf(expression);
  }
}

const allOf =
  (tests: readonly Test[]): Test =>
  (searched) =>
    tests.every((test) => test(searched));
const anyOf =
  (tests: readonly Test[]): Test =>
  (searched) =>
    tests.some((test) => test(searched));
const noneOf =
  (tests: readonly Test[]): Test =>
  (searched) =>
    !tests.some((test) => test(searched));

function leafOf(expression: XmlElement): Test {
  const path = searchedPath(expression);
  if (expression.name === 'Exists') return ({ fields }) => textsAt(fields, path).length > 0;
  if (expression.name === 'Excludes') return excludes(path, childOf(expression, 'Bitmask')?.attributes['Value'] ?? '0');
  if (expression.name === 'Contains') {
    const fits = containment(expression);
    return ({ fields }) => textsAt(fields, path).some(fits);
  }
  return comparison(expression, path);
}

function searchedPath(expression: XmlElement): PropertyPath {
  const uri = expression.children.find(isPath);
  const path = uri === undefined ? null : readPath(uri);
  if (path === null || (path.kind === 'field' && NOT_SEARCHED.has(path.uri))) {
    const message = 'The property can not be used with this type of restriction.';
    throw new EwsRefusal('ErrorUnsupportedPathForQuery', message, { messageXml: uri === undefined ? [] : [uri] });
  }
  return path;
}

function excludes(path: PropertyPath, mask: string): Test {
  const bits = BigInt(Number(mask));
  return ({ fields }) => {
    const [text] = textsAt(fields, path);
    const value = Number(text ?? NaN);
    return Number.isSafeInteger(value) && (BigInt(value) & bits) === 0n;
  };
}

function comparison(expression: XmlElement, path: PropertyPath): Test {
  const compare = COMPARISONS[expression.name] ?? (() => false);
  const other = childOf(expression, 'FieldURIOrConstant')?.children[0];
  const otherPath = other !== undefined && isPath(other) ? readPath(other) : null;
  const constant = other?.attributes['Value'] ?? '';
  const isNot = expression.name === 'IsNotEqualTo';
  return ({ type, fields }) => {
    const order = orderOf(path, type);
    const right = comparable(otherPath === null ? constant : (textsAt(fields, otherPath)[0] ?? ''), order);
    const texts = textsAt(fields, path);
    if (right === null || texts.length === 0) return isNot;
    const fits = (text: string): boolean => {
      const left = comparable(text, order);
      return left !== null && compare(left, right);
    };
    return isNot ? texts.every(fits) : texts.some(fits);
  };
}
