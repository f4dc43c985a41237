import ICAL from 'ical.js';
import type { VcardLine } from './vcard-lines';
import { valueText } from './value-text';

/** One property of a card, whatever version it was written in. */
export interface VcardProperty {
  readonly line: number;
  /** Lower case, without its group. */
  readonly name: string;
  /** `item1` of `item1.TEL`; empty without one. */
  readonly group: string;
  /** Lower case: `home`, `cell`, `fax`, `pref` … */
  readonly types: ReadonlySet<string>;
  /** What stands between semicolons; within it, between commas. */
  readonly components: readonly (readonly string[])[];
  /** What stands between commas. */
  readonly values: readonly string[];
}

/** Why a line is not read, in words for the person who brought the file. */
export class VcardFault extends Error {}

const BARE_ENCODING = /^(?:QUOTED-PRINTABLE|BASE64|B|8BIT|7BIT)$/i;
/** Whose values are lists in version 2.1 too, where a comma is a letter otherwise. */
const LISTS = new Set(['categories', 'nickname']);

/** Reads one content line. @throws VcardFault */
export function readVcardProperty({ number, text }: VcardLine, version: string): VcardProperty {
  const colon = colonOf(text);
  if (colon < 1) throw new VcardFault('the line is no property');
  const [named = '', ...parameters] = segmentsOf(text.slice(0, colon));
  const name = named
    .slice(named.lastIndexOf('.') + 1)
    .trim()
    .toLowerCase();
  const written = parameters.map((one) => (one.includes('=') ? one : bareParameter(one)));
  const value = valueText(text.slice(colon + 1), encodingOf(written));
  const escaped = version === '2.1' ? escapedValue(value, LISTS.has(name)) : value.replace(/\r?\n/g, '\\n');
  const kept = written.filter((one) => !/^(?:ENCODING|CHARSET|VALUE)=/i.test(one));
  const [parsedParameters, values] = parsed([named, ...kept].join(';') + `:${escaped}`, version);
  return {
    line: number,
    name,
    group: named.includes('.') ? named.slice(0, named.lastIndexOf('.')).toLowerCase() : '',
    types: typesOf(parsedParameters),
    components: values.flatMap(componentsOf),
    // The library leaves these signs escaped where they part nothing.
    values: values.flatMap((one) => textsOf(one)).map((one) => one.replace(/\\([;:])/g, '$1')),
  };
}

/** Version 2.1 names values without their parameter. */
const bareParameter = (text: string): string => (BARE_ENCODING.test(text) ? `ENCODING=${text}` : `TYPE=${text}`);

function encodingOf(parameters: readonly string[]): { readonly quoted: boolean; readonly charset: string } {
  const find = (name: string): string =>
    parameters
      .find((one) => one.toUpperCase().startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', '') ?? '';
  return { quoted: /^QUOTED-PRINTABLE$/i.test(find('ENCODING')), charset: find('CHARSET') || 'utf-8' };
}

/** Only a semicolon is escaped in version 2.1, so that any other backslash is one. */
function escapedValue(value: string, isList: boolean): string {
  const literal = value.replace(/\\(?![;,\\])/g, '\\\\').replace(/\r?\n/g, '\\n');
  return isList ? literal : literal.replace(/(\\?),/g, '\\,');
}

function parsed(line: string, version: string): readonly [parameters: object, values: readonly unknown[]] {
  try {
    // Texts are read as such whatever type they should have: what is wrong with a date is told here.
    const property: unknown = ICAL.parse.property(
      asText(line),
      version === '4.0' ? ICAL.design.vcard : ICAL.design.vcard3,
    );
    if (!Array.isArray(property)) throw new VcardFault('the line is no property');
    const [, parameters, , ...values]: unknown[] = property;
    return [typeof parameters === 'object' && parameters !== null ? parameters : {}, values];
  } catch {
    throw new VcardFault('the line cannot be read');
  }
}

const asText = (line: string): string => line.replace(/^(?=[^:]*:)((?:[\w-]+\.)?[\w-]+)/, '$1;VALUE=text');

function typesOf(parameters: object): ReadonlySet<string> {
  const words = Object.entries(parameters).flatMap(([name, value]: [string, unknown]) =>
    name === 'type' ? textsOf(value) : name === 'pref' ? ['pref'] : [],
  );
  return new Set(words.flatMap((word) => word.toLowerCase().split(',')).map((word) => word.trim()));
}

const componentsOf = (value: unknown): readonly (readonly string[])[] =>
  Array.isArray(value) ? value.map((one: unknown) => textsOf(one)) : [textsOf(value)];

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((one: unknown) => textsOf(one)) : typeof value === 'string' ? [value] : [];

/** The first colon outside of quotes. */
function colonOf(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') quoted = !quoted;
    else if (sign === ':' && !quoted) return at;
  }
  return text.indexOf(':');
}

function segmentsOf(head: string): readonly string[] {
  return head.match(/(?:"[^"]*"|[^;"]|")+/g)?.map((one) => one.trim()) ?? [];
}
