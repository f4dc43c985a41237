import { textType, type TextType } from './schema';

/** Why a text is no value of its type, in the words of the parser that Exchange uses. */
export type TextFault = string;

const WHITESPACE = /[\t\n\r ]+/g;
const DATE = String.raw`-?\d{4,6}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,12})?|24:00:00(?:\.0{1,12})?)`;
const ZONE = String.raw`(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?`;
const NUMBER = /^(?:[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,4})?|-?INF|NaN)$/;
const DURATION =
  /^-?P(?=.)(?:\d{1,9}Y)?(?:\d{1,9}M)?(?:\d{1,9}D)?(?:T(?=.)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}(?:\.\d{1,9})?S)?)?$/;

const FORMS: Readonly<Record<string, { readonly form: RegExp; readonly word: string }>> = {
  'xs:boolean': { form: /^(?:true|false|1|0)$/, word: 'Boolean' },
  'xs:dateTime': { form: new RegExp(`^${DATE}T${TIME}${ZONE}$`), word: 'DateTime' },
  'xs:date': { form: new RegExp(`^${DATE}${ZONE}$`), word: 'Date' },
  'xs:time': { form: new RegExp(`^${TIME}${ZONE}$`), word: 'Time' },
  'xs:duration': { form: DURATION, word: 'TimeSpan' },
  'xs:double': { form: NUMBER, word: 'Double' },
  'xs:float': { form: NUMBER, word: 'Single' },
  'xs:language': { form: /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8}){0,20}$/, word: 'Language' },
  'xs:base64Binary': { form: /^[A-Za-z0-9+/]*={0,2}$/, word: 'Base64Binary' },
};

const INTEGERS: Readonly<Record<string, readonly [min: bigint, max: bigint, word: string]>> = {
  'xs:int': [-(2n ** 31n), 2n ** 31n - 1n, 'Int32'],
  'xs:short': [-(2n ** 15n), 2n ** 15n - 1n, 'Int16'],
  'xs:long': [-(2n ** 63n), 2n ** 63n - 1n, 'Int64'],
  'xs:integer': [-(10n ** 28n), 10n ** 28n, 'Decimal'],
  'xs:nonNegativeInteger': [0n, 10n ** 28n, 'Decimal'],
  'xs:unsignedInt': [0n, 2n ** 32n - 1n, 'UInt32'],
  'xs:unsignedShort': [0n, 2n ** 16n - 1n, 'UInt16'],
};

/** The base of XML Schema that a simple type rests on: `xs:string`; of lists and unions their own name. */
export function primitiveOf(name: string): string {
  const type = textType(name);
  return type?.base === undefined ? name : primitiveOf(type.base);
}

/** The value as the plain tree holds it: white space collapsed where the type says so, booleans as words. */
export function normalText(text: string, type: string): string {
  const primitive = primitiveOf(type);
  if (primitive === 'xs:string' || primitive === 'xs:anyType') return text;
  const value = text.replace(WHITESPACE, ' ').trim();
  if (primitive === 'xs:base64Binary') return value.replaceAll(' ', '');
  if (primitive === 'xs:boolean') return value === '1' ? 'true' : value === '0' ? 'false' : value;
  return value;
}

/** Null for a value of the type; the text is the normal one (see {@link normalText}). */
export function textFault(text: string, name: string): TextFault | null {
  const type = textType(name);
  if (type === null) return primitiveFault(text, name);
  if (type.list !== undefined) return listFault(text, type.list);
  if (type.union !== undefined) {
    const fits = type.union.some((member) => textFault(text, member) === null);
    return fits ? null : `The string '${shown(text)}' is not a valid union value.`;
  }
  const fault = type.base === undefined ? null : textFault(text, type.base);
  return fault ?? facetFault(text, type);
}

function listFault(text: string, member: string): TextFault | null {
  const parts = text.split(' ').filter((part) => part !== '');
  return parts.reduce<TextFault | null>((fault, part) => fault ?? textFault(part, member), null);
}

function primitiveFault(text: string, name: string): TextFault | null {
  const known = FORMS[name];
  if (known !== undefined) {
    const fits = known.form.test(text) && (name !== 'xs:base64Binary' || text.length % 4 === 0);
    return fits ? null : `The string '${shown(text)}' is not a valid ${known.word} value.`;
  }
  const range = INTEGERS[name];
  if (range === undefined) return null;
  const [min, max, word] = range;
  const value = /^[+-]?\d{1,40}$/.test(text) ? BigInt(text.replace('+', '')) : null;
  if (value === null) return `The string '${shown(text)}' is not a valid ${word} value.`;
  return value < min || value > max ? `Value '${text}' was either too large or too small for ${word}.` : null;
}

const failed = (constraint: string): TextFault => `The ${constraint} constraint failed.`;

function facetFault(text: string, type: TextType): TextFault | null {
  if (type.values !== undefined && !type.values.includes(text)) return failed('Enumeration');
  if (type.pattern !== undefined && !patternOf(type.pattern).test(text)) return failed('Pattern');
  if (type.minInclusive !== undefined && Number(text) < type.minInclusive) return failed('MinInclusive');
  if (type.maxInclusive !== undefined && Number(text) > type.maxInclusive) return failed('MaxInclusive');
  if (type.minLength !== undefined && text.length < type.minLength) return failed('MinLength');
  if (type.maxLength !== undefined && text.length > type.maxLength) return failed('MaxLength');
  return type.length !== undefined && text.length !== type.length ? failed('Length') : null;
}

const patterns = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  patterns.set(pattern, known);
  return known;
}

const LONGEST_SHOWN = 200;
const shown = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
