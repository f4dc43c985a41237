import type { ElementParticle, GroupParticle, Particle } from './content-model';
import type { XmlElement } from './element';
import { complexType, derives, namesOf, NAMESPACES, typeOfElement, typeOfParticle, type ComplexType } from './schema';
import { matchContent } from './content-match';
import { normalText, textFault } from './text-values';

/** An answer that the schema does not hold: a fault of whoever built it. */
export class UnwritableXml extends Error {}

/**
 * Writes a global element (`m:GetItemResponse`) with all that is in it: children in the order of the table, with the prefixes
 * `m` and `t`, which the text around it declares. An attribute `xsi:type` names a derived type (`t:FolderType`), `xsi:nil` an
 * element without content.
 * @throws UnwritableXml when the table does not hold what it is given
 */
export function writeXml(element: XmlElement, name: string): string {
  const type = typeOfElement(name);
  if (type === null) throw new UnwritableXml(`There is no element ${name}`);
  const parts: string[] = [];
  write(element, { name, type, parts });
  return parts.join('');
}

interface Place {
  readonly name: string;
  readonly type: string;
  readonly parts: string[];
}

function write(element: XmlElement, { name, type: declared, parts }: Place): void {
  const named = element.attributes['xsi:type'] ?? declared;
  if (!derives(named, declared)) throw new UnwritableXml(`${named} does not stand for ${declared} in ${name}`);
  const type = complexType(named);
  parts.push('<', name, ...attributesOf(element, type, name));
  if (element.attributes['xsi:nil'] === 'true') parts.push('/>');
  else if (type === null || type.text !== null) writeText(element, { name, type: type?.text ?? named, parts });
  else writeChildren(element, { name, parts }, type);
}

function writeText(element: XmlElement, { name, type, parts }: Place): void {
  if (element.children.length > 0) throw new UnwritableXml(`${name} holds text only`);
  const text = allowedText(element.text);
  const fault = textFault(normalText(text, type), type);
  if (fault !== null) throw new UnwritableXml(`${name}: ${fault}`);
  if (text === '') parts.push('/>');
  else parts.push('>', escapeText(text), '</', name, '>');
}

function writeChildren(element: XmlElement, { name, parts }: Omit<Place, 'type'>, type: ComplexType): void {
  if (type.abstract) throw new UnwritableXml(`${name} is of the abstract type ${type.name}`);
  if (element.text !== '') throw new UnwritableXml(`${name} holds elements only`);
  if (element.children.length === 0) {
    if (!matchContent(type.content, []).complete) throw new UnwritableXml(`${name} must not be empty`);
    parts.push('/>');
    return;
  }
  parts.push('>');
  if (takesAnything(type.content)) element.children.forEach((child) => writeLoosely(child, parts));
  else writeOrdered(element, { name, parts }, type);
  parts.push('</', name, '>');
}

function writeOrdered(element: XmlElement, { name, parts }: Omit<Place, 'type'>, type: ComplexType): void {
  for (const [child, childName, particle] of ordered(element.children, name, type)) {
    write(child, { name: childName, type: typeOfParticle(particle, childName), parts });
  }
}

const takesAnything = (content: Particle | null): boolean =>
  content !== null && (content.kind === 'any' || (content.kind !== 'element' && content.parts.some(takesAnything)));

/** An element that the schema says nothing of, as inside of `MessageXml`. */
function writeLoosely({ name, attributes, children, text }: XmlElement, parts: string[]): void {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(allowedText(value))}"`);
  parts.push('<t:', name, ...given, '>', escapeText(allowedText(text)));
  children.forEach((child) => writeLoosely(child, parts));
  parts.push('</t:', name, '>');
}

type Placed = readonly [child: XmlElement, name: string, particle: ElementParticle];

/** Children in the order of the content model; those of a choice that may repeat stay in their own order. */
function ordered(children: readonly XmlElement[], name: string, type: ComplexType): readonly Placed[] {
  const ranks = ranksOf(type);
  const placed = children.map((child) => {
    const particle = type.elements.get(child.name);
    const rank = ranks.get(child.name);
    if (particle === undefined || rank === undefined) {
      throw new UnwritableXml(`${name} (${type.name}) has no child ${child.name}`);
    }
    return { child, particle, rank };
  });
  placed.sort((one, other) => one.rank - other.rank);
  const match = matchContent(
    type.content,
    placed.map(({ particle }) => particle.name),
  );
  if (!match.complete) {
    const wrong = placed[match.stands.length]?.child.name ?? 'its end';
    throw new UnwritableXml(`${name} (${type.name}) does not fit at ${wrong}; expected ${match.expected.join(', ')}`);
  }
  return placed.map(({ child, particle }) => [child, particle.name, particle]);
}

const ranksByType = new Map<string, ReadonlyMap<string, number>>();

function ranksOf(type: ComplexType): ReadonlyMap<string, number> {
  const known = ranksByType.get(type.name);
  if (known !== undefined) return known;
  const ranks = new Map<string, number>();
  if (type.content !== null) rank(type.content, { ranks, repeats: false, next: { value: 0 } });
  ranksByType.set(type.name, ranks);
  return ranks;
}

interface Ranking {
  readonly ranks: Map<string, number>;
  /** Inside of a group that may repeat, all names have one rank. */
  readonly repeats: boolean;
  readonly next: { value: number };
}

function rank(particle: Particle, ranking: Ranking): void {
  if (particle.kind === 'any') return;
  if (particle.kind === 'element') {
    for (const name of namesOf(particle)) {
      const local = name.slice(name.indexOf(':') + 1);
      if (!ranking.ranks.has(local)) ranking.ranks.set(local, ranking.next.value);
    }
    if (!ranking.repeats) ranking.next.value += 1;
    return;
  }
  const repeats = ranking.repeats || repeatsIn(particle);
  for (const part of particle.parts) rank(part, { ...ranking, repeats });
  if (repeats && !ranking.repeats) ranking.next.value += 1;
}

const repeatsIn = ({ max }: GroupParticle): boolean => max > 1;

function attributesOf(element: XmlElement, type: ComplexType | null, name: string): string[] {
  for (const [key, { required }] of type?.attributes ?? []) {
    if (required && !Object.hasOwn(element.attributes, key)) throw new UnwritableXml(`${name} lacks ${key}`);
  }
  return Object.entries(element.attributes).flatMap(([key, value]) => {
    if (!key.startsWith('xsi:')) checkAttribute(key, value, { name, type });
    return [' ', key, '="', escapeAttribute(allowedText(value)), '"'];
  });
}

function checkAttribute(key: string, value: string, { name, type }: { name: string; type: ComplexType | null }): void {
  const declared = type?.attributes.get(key);
  if (declared === undefined) throw new UnwritableXml(`${name} has no attribute ${key}`);
  const fault = textFault(normalText(value, declared.type), declared.type);
  if (fault !== null) throw new UnwritableXml(`${name}/@${key}: ${fault}`);
}

// XML 1.0 holds no control characters but tab and line ends, no halves of surrogate pairs, neither U+FFFE nor U+FFFF.
const NOT_XML =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text without characters that XML 1.0 cannot hold. */
export const allowedText = (text: string): string => text.replace(NOT_XML, '');

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};

/** Element content; a carriage return would else be read as a line feed. */
export const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (sign) => SIGNS[sign] ?? sign);

export const escapeAttribute = (text: string): string => text.replace(/[&<>"\r\n\t]/g, (sign) => SIGNS[sign] ?? sign);

/** Of `xsi:type` and `xsi:nil`. */
const INSTANCE_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** What the element around a written text must declare. */
export const PREFIX_DECLARATIONS = ['m', 't']
  .map((prefix) => ` xmlns:${prefix}="${NAMESPACES[prefix] ?? ''}"`)
  .concat(` xmlns:xsi="${INSTANCE_NAMESPACE}"`)
  .join('');
