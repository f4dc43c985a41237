import { refusals } from './google-error';

/** A parsed `fields` parameter: which members to keep, each with its own mask or whole. */
export type FieldMask = Map<string, FieldMask | 'whole'>;

const MAX_LENGTH = 4000;
const MAX_DEPTH = 12;

/**
 * Reads a partial-response mask such as `nextPageToken,items(id,start/dateTime)`; `*` stands for every member.
 * @throws GoogleError 400 when the text is not a mask.
 */
export function parseFieldMask(text: string): FieldMask {
  const reader = { text, at: 0 };
  if (text.length > MAX_LENGTH) throw refusals.badParameter('fields', 'Invalid field selection');
  const mask = readList(reader, 0);
  if (reader.at !== text.length) throw refusals.badParameter('fields', `Invalid field selection ${text.slice(0, 80)}`);
  return mask;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readList(reader: Reader, depth: number): FieldMask {
  const mask: FieldMask = new Map();
  if (depth > MAX_DEPTH) throw refusals.badParameter('fields', 'Invalid field selection');
  for (;;) {
    const [name, inner] = readField(reader, depth);
    const known = mask.get(name);
    if (known instanceof Map && inner instanceof Map) for (const [key, value] of inner) known.set(key, value);
    else mask.set(name, known === 'whole' ? 'whole' : inner);
    if (reader.text[reader.at] !== ',') return mask;
    reader.at += 1;
  }
}

function readField(reader: Reader, depth: number): [string, FieldMask | 'whole'] {
  const name = /^\s*(\*|[A-Za-z][\w-]*)\s*/.exec(reader.text.slice(reader.at, reader.at + 200));
  const word = name?.[1];
  if (name === null || word === undefined) {
    throw refusals.badParameter('fields', `Invalid field selection ${reader.text.slice(reader.at, reader.at + 40)}`);
  }
  reader.at += name[0].length;
  const next = reader.text[reader.at];
  if (next === '/') {
    reader.at += 1;
    const [inner, mask] = readField(reader, depth + 1);
    return [word, new Map([[inner, mask]])];
  }
  if (next !== '(') return [word, 'whole'];
  reader.at += 1;
  const mask = readList(reader, depth + 1);
  if (reader.text[reader.at] !== ')') throw refusals.badParameter('fields', 'Invalid field selection');
  reader.at += 1;
  return [word, mask];
}

/** The part of a value a mask keeps; arrays are masked element by element. */
export function applyMask(value: unknown, mask: FieldMask | 'whole'): unknown {
  if (mask === 'whole' || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => applyMask(item, mask));
  const members = recordOf(value);
  const every = mask.get('*');
  const kept: Record<string, unknown> = {};
  // By the names of the mask, not of the value: pages of thousands go through here.
  for (const name of every === undefined ? mask.keys() : Object.keys(members)) {
    const inner = mask.get(name) ?? every ?? 'whole';
    if (Object.hasOwn(members, name)) kept[name] = inner === 'whole' ? members[name] : applyMask(members[name], inner);
  }
  return kept;
}

const isRecord = (value: object): value is Record<string, unknown> => !Array.isArray(value);
const recordOf = (value: object): Record<string, unknown> => (isRecord(value) ? value : {});
