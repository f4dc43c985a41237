import { SaxesParser, type SaxesTagNS } from 'saxes';

export interface DocumentElement {
  readonly namespace: string;
  readonly name: string;
  readonly children: readonly DocumentElement[];
  /** Its own text, without white space around it. */
  readonly text: string;
}

/** Requests to Autodiscover have a few dozen elements; one for a hundred people some hundreds. */
const LONGEST_TEXT = 256 * 1024;
const MOST_DEPTH = 16;
const MOST_ELEMENTS = 2000;

interface Open {
  readonly namespace: string;
  readonly name: string;
  readonly children: DocumentElement[];
  readonly texts: string[];
}

/** Reads a small document; null when it is none, too large, or has a document type. */
export function readDocument(text: string): DocumentElement | null {
  if (text.length > LONGEST_TEXT) return null;
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

export function childrenNamed(parent: DocumentElement | undefined, name: string): readonly DocumentElement[] {
  return parent?.children.filter((child) => child.name === name) ?? [];
}

/** The element at the end of a way of names, each the first of its name. */
export function descendant(from: DocumentElement, ...way: readonly string[]): DocumentElement | undefined {
  return way.reduce<DocumentElement | undefined>((parent, name) => childrenNamed(parent, name)[0], from);
}

class Unreadable extends Error {}

function parse(text: string): DocumentElement | null {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const document: Open = { namespace: '', name: '', children: [], texts: [] };
  const open = [document];
  let count = 0;
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('text', (part) => open.at(-1)?.texts.push(part));
  parser.on('cdata', (part) => open.at(-1)?.texts.push(part));
  parser.on('opentag', ({ uri, local }: SaxesTagNS) => {
    count += 1;
    if (count > MOST_ELEMENTS || open.length > MOST_DEPTH) refuse();
    open.push({ namespace: uri, name: local, children: [], texts: [] });
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const { namespace, name, children, texts } = closed;
    open.at(-1)?.children.push({ namespace, name, children, text: texts.join('').trim() });
  });
  parser.write(text).close();
  return document.children[0] ?? null;
}

function refuse(): never {
  throw new Unreadable();
}
