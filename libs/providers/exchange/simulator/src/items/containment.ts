import { childOf, type XmlElement } from '../wire/element';

/** A text as it is compared: with or without its case, marks and white space. */
type Folding = (text: string) => string;

const WORD_STARTS = /[\p{L}\p{N}]+/gu;

/** Whether a text holds the constant of a `Contains` expression, in the way that its attributes say. */
export function containment(expression: XmlElement): (text: string) => boolean {
  const fold = foldingOf(expression.attributes['ContainmentComparison'] ?? 'Exact');
  const wanted = fold(childOf(expression, 'Constant')?.attributes['Value'] ?? '');
  const mode = expression.attributes['ContainmentMode'] ?? 'Substring';
  return (text) => fits(fold(text), wanted, mode);
}

function foldingOf(comparison: string): Folding {
  const ignoresCase = /Case|^Loose/.test(comparison);
  const ignoresMarks = /NonSpacing|^Loose/.test(comparison);
  return (text) => {
    const unmarked = ignoresMarks ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
    return ignoresCase ? unmarked.toLowerCase() : unmarked;
  };
}

function fits(text: string, wanted: string, mode: string): boolean {
  switch (mode) {
    case 'FullString':
      return text === wanted;
    case 'Prefixed':
      return text.startsWith(wanted);
    case 'PrefixOnWords':
      return wordStarts(text).some((at) => text.startsWith(wanted, at));
    case 'ExactPhrase':
      return wordStarts(text).some((at) => text.startsWith(wanted, at) && !isWordSign(text.charAt(at + wanted.length)));
    default:
      return text.includes(wanted);
  }
}

const wordStarts = (text: string): readonly number[] => [...text.matchAll(WORD_STARTS)].map(({ index }) => index);

const isWordSign = (sign: string): boolean => /^[\p{L}\p{N}]$/u.test(sign);
