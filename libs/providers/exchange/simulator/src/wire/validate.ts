import type { XmlElement } from './element';
import type { ReadElement } from './read-xml';
import { matchContent } from './content-match';
import type { ElementParticle } from './content-model';
import { complexType, derives, NAMESPACES, typeOfElement, typeOfParticle, type ComplexType } from './schema';
import { normalText, textFault } from './text-values';
import * as violations from './violations';
import { SchemaViolation } from './violations';

/**
 * Checks a global element (an operation or a header) with all that is in it against the table.
 * @returns the plain tree: values normal, namespaces and places left out
 * @throws SchemaViolation at the first thing that does not fit
 */
export function validate(element: ReadElement): XmlElement {
  const name = tableName(element);
  const type = typeOfElement(name);
  if (type === null) throw new SchemaViolation(element, violations.notDeclared(element));
  return checked(element, type);
}

/** The name with the prefix of the table; `?:Name` in a namespace that it does not hold. */
export function tableName({ name, namespace }: { name: string; namespace: string }): string {
  if (namespace === NAMESPACES['t']) return `t:${name}`;
  return `${namespace === NAMESPACES['m'] ? 'm' : '?'}:${name}`;
}

function checked(element: ReadElement, declared: string, particle?: ElementParticle): XmlElement {
  const name = typeStanding(element, declared);
  const type = complexType(name);
  if (element.isNil && particle?.nillable === true)
    return { name: element.name, attributes: {}, children: [], text: '' };
  if (type === null) return checkedText(element, name, {});
  if (type.abstract) throw new SchemaViolation(element, violations.isAbstract(element));
  const attributes = checkedAttributes(element, type);
  if (type.text !== null) return checkedText(element, type.text, attributes);
  return { name: element.name, attributes, children: checkedChildren(element, type), text: '' };
}

function typeStanding(element: ReadElement, declared: string): string {
  if (element.type === null) return declared;
  const named = tableName(element.type);
  if (!derives(named, declared)) throw new SchemaViolation(element, violations.wrongType(element, element.type.name));
  return named;
}

function checkedText(element: ReadElement, type: string, attributes: XmlElement['attributes']): XmlElement {
  if (type === 'xs:anyType') return plain(element);
  if (element.children.length > 0) throw new SchemaViolation(element, violations.onlyText(element));
  const text = normalText(element.text, type);
  const fault = textFault(text, type);
  if (fault !== null) throw new SchemaViolation(element, violations.wrongText(element, { text, type, fault }));
  return { name: element.name, attributes, children: [], text };
}

function checkedAttributes(element: ReadElement, type: ComplexType): XmlElement['attributes'] {
  const own = Object.entries(element.attributes).filter(([name]) => !name.startsWith('{'));
  for (const [name, { required }] of type.attributes) {
    if (required && !Object.hasOwn(element.attributes, name)) {
      throw new SchemaViolation(element, violations.missingAttribute(name));
    }
  }
  const values = own.map(([name, given]): [string, string] => {
    const declared = type.attributes.get(name);
    if (declared === undefined) throw new SchemaViolation(element, violations.unknownAttribute(name));
    const text = normalText(given, declared.type);
    const fault = textFault(text, declared.type);
    if (fault !== null) {
      throw new SchemaViolation(element, violations.wrongAttribute(name, { text, type: declared.type, fault }));
    }
    return [name, text];
  });
  return Object.fromEntries(values);
}

function checkedChildren(element: ReadElement, type: ComplexType): readonly XmlElement[] {
  const names = element.children.map(tableName);
  const { stands, complete, expected } = matchContent(type.content, names);
  const stray = element.hasStrayText || (element.children.length === 0 && element.text.trim() !== '');
  if (stray) throw new SchemaViolation(element, violations.noText(element, expected));
  const wrong = element.children[stands.length];
  if (wrong !== undefined) throw new SchemaViolation(wrong, violations.wrongChild(element, { wrong, expected }));
  if (!complete) throw new SchemaViolation(element, violations.incomplete(element, expected));
  return element.children.map((child, index) => {
    const particle = stands[index];
    if (particle === null || particle === undefined) return plain(child);
    return checked(child, typeOfParticle(particle, names[index] ?? ''), particle);
  });
}

/** An element that nobody checks, without namespaces and places. */
function plain({ name, attributes, children, text }: ReadElement): XmlElement {
  const own = Object.entries(attributes).filter(([key]) => !key.startsWith('{'));
  return { name, attributes: Object.fromEntries(own), children: children.map(plain), text };
}
