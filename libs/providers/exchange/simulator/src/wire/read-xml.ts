import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { XmlElement } from './element';

/** An element as it was sent: with its namespace and its place in the text, which faults name. */
export interface ReadElement extends XmlElement {
  readonly namespace: string;
  readonly children: readonly ReadElement[];
  /** Of the start tag, both from 1. */
  readonly line: number;
  readonly position: number;
  /** What `xsi:type` names; null without one. */
  readonly type: { readonly namespace: string; readonly name: string } | null;
  readonly isNil: boolean;
  /** Text between child elements, other than white space. */
  readonly hasStrayText: boolean;
}

/** A text that is no XML, or more of it than is read. */
export class UnreadableXml extends Error {}

export const MOST_BYTES = 32 * 1024 * 1024;
export const MOST_DEPTH = 64;
export const MOST_ELEMENTS = 200_000;

const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const NAMESPACE_DECLARATIONS = 'http://www.w3.org/2000/xmlns/';

interface Open {
  readonly start: Omit<ReadElement, 'children' | 'text' | 'hasStrayText'>;
  readonly children: ReadElement[];
  readonly texts: string[];
}

/**
 * Reads a document, which may have neither a document type nor entities of its own.
 * @throws UnreadableXml when it is not well-formed, longer than 32 MB, deeper than 64 or has more than 200,000 elements
 */
export function readXml(text: string): ReadElement {
  if (Buffer.byteLength(text) > MOST_BYTES) throw new UnreadableXml('The document is too large.');
  const reading = new Reading();
  reading.parser.write(text.replace(/^\uFEFF/, '')).close();
  return reading.root();
}

class Reading {
  readonly parser = new SaxesParser({ xmlns: true, position: true });
  private readonly open: Open[] = [];
  private document: ReadElement | null = null;
  private elements = 0;
  private startsAt = { line: 1, position: 1 };

  constructor() {
    const { parser } = this;
    parser.on('error', (error) => refuse(error.message));
    parser.on('doctype', () => refuse('A document type is not allowed.'));
    parser.on('opentagstart', ({ name }) => {
      this.startsAt = { line: parser.line, position: Math.max(1, parser.columnIndex - name.length) };
    });
    parser.on('opentag', (tag) => this.start(tag));
    parser.on('text', (text) => this.open.at(-1)?.texts.push(text));
    parser.on('cdata', (text) => this.open.at(-1)?.texts.push(text));
    parser.on('closetag', () => this.end());
  }

  root(): ReadElement {
    return this.document ?? refuse('There is no element.');
  }

  private start(tag: SaxesTagNS): void {
    this.elements += 1;
    if (this.elements > MOST_ELEMENTS) refuse('There are too many elements.');
    if (this.open.length >= MOST_DEPTH) refuse('The elements are nested too deeply.');
    const start = { name: tag.local, namespace: tag.uri, ...this.startsAt, ...this.attributesOf(tag) };
    this.open.push({ start, children: [], texts: [] });
  }

  private attributesOf(tag: SaxesTagNS): Pick<ReadElement, 'attributes' | 'type' | 'isNil'> {
    const all = Object.values(tag.attributes);
    const own = all.filter(({ uri }) => uri !== NAMESPACE_DECLARATIONS && uri !== INSTANCE);
    const instance = (name: string): string | null =>
      all.find(({ uri, local }) => uri === INSTANCE && local === name)?.value.trim() ?? null;
    const named = instance('type');
    return {
      attributes: Object.fromEntries(
        own.map(({ uri, local, value }) => [uri === '' ? local : `{${uri}}${local}`, value]),
      ),
      type: named === null ? null : this.typeNamed(named),
      isNil: ['true', '1'].includes(instance('nil') ?? ''),
    };
  }

  private typeNamed(text: string): ReadElement['type'] {
    const [name = '', prefix = ''] = text.split(':').reverse();
    return { name, namespace: this.parser.resolve(prefix) ?? '' };
  }

  private end(): void {
    const closed = this.open.pop();
    if (closed === undefined) return;
    const text = closed.texts.join('');
    const isLeaf = closed.children.length === 0;
    const element: ReadElement = {
      ...closed.start,
      children: closed.children,
      text: isLeaf ? text : '',
      hasStrayText: !isLeaf && /[^\t\n\r ]/.test(text),
    };
    const parent = this.open.at(-1);
    if (parent === undefined) this.document = element;
    else parent.children.push(element);
  }
}

function refuse(message: string): never {
  throw new UnreadableXml(message);
}
