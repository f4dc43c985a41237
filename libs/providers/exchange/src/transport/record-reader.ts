import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { asText, type ForeignRecord, isRecord } from '@daybook/provider-port';
import { ownCopy } from './own-copy';
import type { RecordShape, Shape, TextShape } from './record-shape';

/** A text that is no XML, or more of it than is read. */
export class UnreadableAnswer extends Error {}

const MOST_DEPTH = 64;
const MOST_ELEMENTS = 3_000_000;
const MOST_ENTRIES = 100_000;
const LONGEST_ATTRIBUTE = 8192;

type Members = Record<string, unknown>;

/** An open element that something of is wanted. */
interface Open {
  readonly shape: Shape;
  /** Takes what it gave when it ends. */
  readonly keep: (value: unknown) => void;
  readonly members: Members;
  readonly entries: unknown[];
  text: string;
}

/**
 * Reads a document piece by piece and keeps what a shape asks for, in plain records. Names are compared without prefixes:
 * Exchange writes the same elements with and without them. A document type is refused, so that there are no entities.
 */
export class RecordReader {
  private readonly parser = new SaxesParser({ xmlns: false, position: false });
  private readonly open: Open[] = [];
  /** Depth below the innermost wanted element, of what is read over. */
  private over = 0;
  private elements = 0;
  private found: ForeignRecord | null = null;
  private isBegun = false;

  /** @param root what is wanted of the outermost element, which may have the given name only */
  constructor(
    private readonly rootName: string,
    private readonly root: RecordShape,
  ) {
    const { parser } = this;
    parser.on('error', (error) => refuse(error.message.slice(0, 80)));
    parser.on('doctype', () => refuse('a document type'));
    parser.on('opentag', (tag) => this.start(tag));
    parser.on('text', (text) => this.take(text));
    parser.on('cdata', (text) => this.take(text));
    parser.on('closetag', () => this.end());
  }

  /** @throws UnreadableAnswer */
  write(piece: string): void {
    this.parser.write(piece);
  }

  /** @throws UnreadableAnswer where the document is not at its end */
  close(): ForeignRecord {
    this.parser.close();
    return this.found ?? refuse('no element');
  }

  private start(tag: SaxesTagPlain): void {
    this.elements += 1;
    if (this.elements > MOST_ELEMENTS) refuse('too many elements');
    if (this.open.length + this.over >= MOST_DEPTH) refuse('nested too deeply');
    const name = tag.name.slice(tag.name.indexOf(':') + 1);
    const parent = this.open.at(-1);
    if (this.over === 0 && (parent !== undefined || !this.isBegun)) {
      const place = parent === undefined ? this.placeOfRoot(name) : placeIn(parent, name);
      if (place !== null) {
        this.open.push(opened(place, tag));
        return;
      }
    }
    this.over += 1;
  }

  private placeOfRoot(name: string): Place {
    this.isBegun = true;
    if (name !== this.rootName) refuse('another kind of document');
    return { shape: this.root, name: null, keep: (value) => (this.found = isRecord(value) ? value : null) };
  }

  private take(text: string): void {
    const element = this.open.at(-1);
    if (element === undefined || this.over > 0) return;
    const longest = longestText(element.shape);
    if (element.text.length < longest) element.text = asText(element.text + text, longest);
  }

  private end(): void {
    if (this.over > 0) {
      this.over -= 1;
      return;
    }
    const element = this.open.pop();
    if (element !== undefined) element.keep(valueOf(element));
  }
}

interface Place {
  readonly shape: Shape;
  /** Of an entry of a list. */
  readonly name: string | null;
  readonly keep: (value: unknown) => void;
}

/** Where a child of a wanted element belongs; null where nobody wants it. */
function placeIn({ shape, members, entries }: Open, name: string): Place | null {
  if (shape.kind === 'text') return null;
  const listed = shape.kind === 'list' ? shape.of : shape.entries;
  const entry = listed && own(listed, name);
  if (entry !== undefined) {
    if (entries.length >= MOST_ENTRIES) refuse('too many entries');
    return { shape: entry, name, keep: (value) => entries.push(value) };
  }
  const member = shape.kind === 'list' ? undefined : own(shape.members, name);
  if (member === undefined || Object.hasOwn(members, name)) return null;
  return { shape: member, name: null, keep: (value) => (members[name] = value) };
}

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

function opened({ shape, name, keep }: Place, { attributes }: SaxesTagPlain): Open {
  const members: Members = name === null ? {} : { element: name };
  if (shape.kind === 'record')
    for (const wanted of shape.attributes)
      if (Object.hasOwn(attributes, wanted)) members[wanted] = ownCopy(asText(attributes[wanted], LONGEST_ATTRIBUTE));
  const read = isToldBy(shape, members) ? bare(shape) : shape;
  return { shape: read, keep, members, entries: takesEntries(read) ? [] : NO_ENTRIES, text: '' };
}

/** Elements without entries are nearly all there are. */
const NO_ENTRIES: unknown[] = [];

const takesEntries = (shape: Shape): boolean =>
  shape.kind === 'list' || (shape.kind === 'record' && shape.entries !== undefined);

const isToldBy = (shape: Shape, members: Members): shape is RecordShape =>
  shape.kind === 'record' && shape.isToldBy?.(members) === true;

const bare = ({ attributes }: RecordShape): RecordShape => ({
  kind: 'record',
  members: {},
  attributes,
  hasText: false,
});

const LONGEST_VALUE: TextShape['longest'] = 4096;

function longestText(shape: Shape): number {
  if (shape.kind === 'text') return shape.longest;
  return shape.kind === 'record' && shape.hasText ? (shape.longest ?? LONGEST_VALUE) : 0;
}

function valueOf({ shape, members, entries, text }: Open): unknown {
  if (shape.kind === 'text') return ownCopy(text);
  if (shape.kind === 'list') return entries;
  if (shape.entries !== undefined) return { ...members, entries };
  return shape.hasText ? { ...members, text: ownCopy(text) } : members;
}

function refuse(why: string): never {
  throw new UnreadableAnswer(why);
}
