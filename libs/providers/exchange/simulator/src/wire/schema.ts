import { readContentModel, type ElementParticle, type Particle } from './content-model';
import table from './schema-table.json';

/** A complex type of the table, what its bases bring included. Names have the prefixes of the table: `t:ItemType`. */
export interface ComplexType {
  readonly name: string;
  readonly abstract: boolean;
  readonly content: Particle | null;
  /** The text type of simple content; null where only elements may stand. */
  readonly text: string | null;
  readonly attributes: ReadonlyMap<string, { readonly type: string; readonly required: boolean }>;
  /** Elements of the content by their name without prefix. */
  readonly elements: ReadonlyMap<string, ElementParticle>;
}

/** A simple type: its base, or what it is a list or a union of, and what its values are held to. */
export interface TextType {
  readonly base?: string;
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly minInclusive?: number;
  readonly maxInclusive?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly length?: number;
  readonly list?: string;
  readonly union?: readonly string[];
}

interface TypeRow {
  readonly base?: string;
  readonly restricts?: boolean;
  readonly abstract?: boolean;
  readonly content?: string;
  readonly text?: string;
  readonly attributes?: string;
}

const TYPE_ROWS: Readonly<Record<string, TypeRow>> = table.types;
const TEXT_ROWS: Readonly<Record<string, TextType>> = table.texts;
const ELEMENTS: Readonly<Record<string, string>> = table.elements;
const HEADS: Readonly<Record<string, readonly string[]>> = table.heads;

export const NAMESPACES: Readonly<Record<string, string>> = {
  t: 'http://schemas.microsoft.com/exchange/services/2006/types',
  m: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  xs: 'http://www.w3.org/2001/XMLSchema',
};

const read = new Map<string, ComplexType>();

/** A complex type by its name; null for one that the table does not hold, and for simple types. */
export function complexType(name: string): ComplexType | null {
  const known = read.get(name);
  if (known !== undefined) return known;
  const row = TYPE_ROWS[name];
  if (row === undefined || !Object.hasOwn(TYPE_ROWS, name)) return null;
  const type = typeOf(name, row);
  read.set(name, type);
  return type;
}

/** A simple type of the table; null for the ones of XML Schema itself. */
export const textType = (name: string): TextType | null =>
  Object.hasOwn(TEXT_ROWS, name) ? (TEXT_ROWS[name] ?? null) : null;

/** The type of a global element (`m:GetFolder`); null when there is none of this name. */
export const typeOfElement = (name: string): string | null =>
  Object.hasOwn(ELEMENTS, name) ? (ELEMENTS[name] ?? null) : null;

/** Elements that may stand where a global one is named; one of an abstract type never stands itself. */
export function substitutes(name: string): readonly string[] {
  const members = HEADS[name] ?? [];
  return complexType(typeOfElement(name) ?? '')?.abstract === true ? members : [name, ...members];
}

/** Whether a type is another one or made from it. */
export function derives(name: string, from: string): boolean {
  for (let at: string | undefined = name; at !== undefined; at = TYPE_ROWS[at]?.base) if (at === from) return true;
  return false;
}

/** Values of an enumeration, those of its base when it has none itself. */
export function valuesOf(name: string): readonly string[] {
  const type = textType(name);
  return type?.values ?? (type?.base === undefined ? [] : valuesOf(type.base));
}

function typeOf(name: string, row: TypeRow): ComplexType {
  const base = row.base === undefined ? null : complexType(row.base);
  const own = row.content === undefined ? null : readContentModel(row.content);
  const content = row.restricts === true ? own : joined(base?.content ?? null, own);
  const inner = row.text === undefined ? null : complexType(row.text);
  return {
    name,
    abstract: row.abstract ?? false,
    content,
    text: inner === null ? (row.text ?? base?.text ?? null) : inner.text,
    attributes: new Map([...(base?.attributes ?? inner?.attributes ?? []), ...attributesOf(row.attributes)]),
    elements: new Map(content === null ? [] : elementsOf(content)),
  };
}

function joined(base: Particle | null, own: Particle | null): Particle | null {
  if (base === null || own === null) return base ?? own;
  return { kind: 'sequence', parts: [base, own], min: 1, max: 1 };
}

function attributesOf(text: string | undefined): [string, { type: string; required: boolean }][] {
  if (text === undefined) return [];
  return text.split(' ').map((token) => {
    const [name = '', type = ''] = token.split('=');
    return [name, { type: type.replace('!', ''), required: type.endsWith('!') }];
  });
}

function elementsOf(particle: Particle): [string, ElementParticle][] {
  if (particle.kind === 'any') return [];
  if (particle.kind !== 'element') return particle.parts.flatMap(elementsOf);
  return namesOf(particle).map((name) => [localOf(name), { ...particle, name, type: typeOfParticle(particle, name) }]);
}

/** Names under which the element of a particle may stand. */
export const namesOf = ({ name, type }: ElementParticle): readonly string[] =>
  type === '' ? substitutes(name) : [name];

/** The type of the element that stands for a particle under a name. */
export const typeOfParticle = ({ type }: ElementParticle, name: string): string =>
  type === '' ? (typeOfElement(name) ?? 'xs:anyType') : type;

/** `t:Subject` → `Subject`. */
export const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);

/** `t:Subject` → the namespace of types. */
export const namespaceOf = (name: string): string => NAMESPACES[name.slice(0, name.indexOf(':'))] ?? '';
