import type { ForeignRecord } from '@daybook/provider-port';

/** What is wanted of an answer: everything else of it is read over. Names are those of elements, without their prefixes. */
export type Shape = TextShape | RecordShape | ListShape;

/** The text of an element that holds no others. */
export interface TextShape {
  readonly kind: 'text';
  /** UTF-16 units; what is longer is cut. */
  readonly longest: number;
}

/** A record with the wanted children and attributes as its members; the first of several children of one name. */
export interface RecordShape {
  readonly kind: 'record';
  readonly members: Members;
  readonly attributes: readonly string[];
  /** Its own text comes as member `text`. */
  readonly hasText: boolean;
  /** UTF-16 units of it; what is longer is cut. 4096 unless told. */
  readonly longest?: number;
  /** All children of these names, in their order, as member `entries`. */
  readonly entries?: ListShape['of'];
  /** Told its attributes, whether they say enough, so that its children are read over. */
  readonly isToldBy?: (attributes: ForeignRecord) => boolean;
}

/** All children of these names, in their order: records with the name of each as member `element`, or lists. */
export interface ListShape {
  readonly kind: 'list';
  readonly of: Readonly<Record<string, RecordShape | ListShape>>;
}

export type Members = Readonly<Record<string, Shape>>;

const LONG = 1024;

export const text = (longest = LONG): TextShape => ({ kind: 'text', longest });

export const record = (members: Members, attributes: readonly string[] = []): RecordShape => ({
  kind: 'record',
  members,
  attributes,
  hasText: false,
});

/** A record that holds a list besides its attributes. */
export const recordOf = (entries: ListShape['of'], attributes: readonly string[]): RecordShape => ({
  ...record({}, attributes),
  entries,
});

/** An element that says what it says by attributes and a text. */
export const textWith = (...attributes: readonly string[]): RecordShape => ({
  kind: 'record',
  members: {},
  attributes,
  hasText: true,
});

/** The same of a text that may be long. */
export const longTextWith = (longest: number, ...attributes: readonly string[]): RecordShape => ({
  ...textWith(...attributes),
  longest,
});

export const list = (of: ListShape['of']): ListShape => ({ kind: 'list', of });

export const attributes = (...names: readonly string[]): RecordShape => record({}, names);
