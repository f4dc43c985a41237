import { refusals } from '../graph-error';

export interface Token {
  kind: 'word' | 'text' | 'number' | 'time' | 'mark' | 'end';
  text: string;
}

const PATTERNS: readonly [Token['kind'], RegExp][] = [
  ['text', /^'(?:[^']|'')*'/],
  ['time', /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?/i],
  ['number', /^-?\d+(?:\.\d+)?/],
  ['word', /^[A-Za-z_@$][\w.@$]*/],
  ['mark', /^[(),/:;]/],
];
const LONGEST = 4000;

/** Cuts a filter into its tokens. @throws GraphError 400 for what is none */
export function tokensOf(filter: string): Token[] {
  if (filter.length > LONGEST) throw refusals.filter('The query filter is too long.');
  const tokens: Token[] = [];
  for (let rest = filter.trimStart(); rest !== ''; rest = rest.trimStart()) {
    const found = PATTERNS.map(([kind, pattern]) => ({ kind, text: pattern.exec(rest)?.[0] })).find(
      ({ text }) => text !== undefined,
    );
    if (found?.text === undefined) throw refusals.filter(`Syntax error in the filter near '${rest.slice(0, 20)}'.`);
    tokens.push({ kind: found.kind, text: found.text });
    rest = rest.slice(found.text.length);
  }
  return [...tokens, { kind: 'end', text: '' }];
}
