import type { ElementParticle, Particle } from '../content-model';
import { complexType, namesOf, textType, typeOfElement, typeOfParticle, type ComplexType, valuesOf } from '../schema';

/** What an example is made by. */
export interface Choosing {
  /** One of so many, from 0. */
  readonly pick: (many: number) => number;
  /** Whether what may be left out stands there, at a depth from 0. */
  readonly takesOptional: (depth: number) => boolean;
  /** Markup that stands for an element, where the example itself cannot know it: an id that exists. */
  readonly known?: (name: string, type: string) => string | null;
}

/** As little as the schema allows, and of several possibilities the first. */
export const LEAST: Choosing = { pick: () => 0, takesOptional: () => false };

const DEEPEST = 7;

/** Markup of a global element (`m:GetFolder`), valid by the table. @throws Error where there is none of this name */
export function exampleOf(name: string, choosing: Choosing = LEAST): string {
  const type = typeOfElement(name);
  if (type === null) throw new Error(`There is no element ${name}`);
  return written(name, { type, depth: 0, choosing });
}

interface Place {
  readonly type: string;
  readonly depth: number;
  readonly choosing: Choosing;
}

function written(name: string, { type: declared, depth, choosing }: Place): string {
  const known = choosing.known?.(name, declared) ?? null;
  if (known !== null) return known;
  const type = complexType(declared);
  if (type === null) return `<${name}>${textFor(declared, choosing)}</${name}>`;
  const attributes = attributesFor(type, { depth, choosing });
  const text =
    type.text === null ? contentFor(type.content, { depth: depth + 1, choosing }) : textFor(type.text, choosing);
  return `<${name}${attributes}>${text}</${name}>`;
}

type Around = Omit<Place, 'type'>;

function attributesFor({ attributes }: ComplexType, { depth, choosing }: Around): string {
  const wanted = [...attributes].filter(([, { required }]) => required || choosing.takesOptional(depth));
  return wanted.map(([name, { type }]) => ` ${name}="${textFor(type, choosing)}"`).join('');
}

function contentFor(particle: Particle | null, around: Around): string {
  if (particle === null || particle.kind === 'any') return '';
  if (particle.min === 0 && !around.choosing.takesOptional(around.depth)) return '';
  if (around.depth > DEEPEST && particle.min === 0) return '';
  const times = Math.max(particle.min, 1);
  return Array.from({ length: times }, () => once(particle, around)).join('');
}

function once(particle: Exclude<Particle, { kind: 'any' }>, around: Around): string {
  const { depth, choosing } = around;
  if (particle.kind === 'element') return elementFor(particle, around);
  if (particle.kind !== 'choice') return particle.parts.map((part) => contentFor(part, around)).join('');
  const part = particle.parts[depth > DEEPEST ? 0 : choosing.pick(particle.parts.length)];
  return part === undefined ? '' : contentFor(part, around);
}

function elementFor(particle: ElementParticle, { depth, choosing }: Around): string {
  const names = namesOf(particle).filter((name) => complexType(typeOfParticle(particle, name))?.abstract !== true);
  const name = names[depth > DEEPEST ? 0 : choosing.pick(names.length)] ?? particle.name;
  return written(name, { type: typeOfParticle(particle, name), depth, choosing });
}

const TEXTS: Readonly<Record<string, string>> = {
  'xs:string': 'a',
  'xs:boolean': 'true',
  'xs:dateTime': '2026-11-23T09:00:00Z',
  'xs:date': '2026-11-23',
  'xs:time': '09:00:00',
  'xs:duration': 'PT1H',
  'xs:base64Binary': 'YQ==',
  'xs:language': 'en',
  'xs:anyURI': 'https://example.com/',
};

function textFor(name: string, choosing: Choosing): string {
  const values = valuesOf(name);
  if (values.length > 0) return values[choosing.pick(values.length)] ?? '';
  const type = textType(name);
  if (type === null) return TEXTS[name] ?? '1';
  if (type.list !== undefined) return textFor(type.list, choosing);
  if (type.union !== undefined) return textFor(type.union[0] ?? '', choosing);
  if (type.pattern !== undefined) return PATTERNS[name] ?? 'a';
  if (type.minInclusive !== undefined) return String(type.minInclusive);
  return textFor(type.base ?? 'xs:string', choosing);
}

const PATTERNS: Readonly<Record<string, string>> = {
  't:GuidType': '00062004-0000-0000-c000-000000000046',
  't:PropertyTagType.1': '0x3a01',
  't:ExcludesAttributeType': '1',
};
