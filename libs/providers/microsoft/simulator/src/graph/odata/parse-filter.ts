import { refusals } from '../graph-error';
import type { Comparison, FilterNode, Literal, Operand } from './filter-node';
import { tokensOf, type Token } from './filter-tokens';

const COMPARISONS: readonly Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const FUNCTIONS = ['startswith', 'endswith', 'contains', 'tolower', 'toupper'];
const DEEPEST = 30;

/** Reads a `$filter`: comparisons, `in`, `and`, `or`, `not`, text functions, `any` and `all`. @throws GraphError 400 */
export function parseFilter(filter: string): FilterNode {
  const parser = new FilterParser(tokensOf(filter));
  return parser.whole();
}

class FilterParser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): FilterNode {
    const node = this.or();
    if (this.peek().kind !== 'end') throw this.error();
    return node;
  }

  private or(): FilterNode {
    let left = this.and();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): FilterNode {
    let left = this.term();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.term() };
    return left;
  }

  private term(): FilterNode {
    if ((this.depth += 1) > DEEPEST) throw refusals.filter('The query filter is nested too deeply.');
    try {
      if (this.takeWord('not')) return { kind: 'not', inner: this.term() };
      if (!this.takeMark('(')) return this.predicate();
      const inner = this.or();
      this.needMark(')');
      return inner;
    } finally {
      this.depth -= 1;
    }
  }

  private predicate(): FilterNode {
    const left = this.operand();
    if (left.kind === 'path') {
      const name = left.path.at(-1);
      if ((name === 'any' || name === 'all') && this.takeMark('(')) return this.lambda(name, left.path.slice(0, -1));
    }
    const comparison = COMPARISONS.find((one) => this.takeWord(one));
    if (comparison !== undefined) return { kind: 'compare', comparison, left, right: this.operand() };
    if (this.takeWord('in')) return { kind: 'in', left, values: this.list() };
    return { kind: 'truth', operand: left };
  }

  private lambda(kind: 'any' | 'all', path: readonly string[]): FilterNode {
    if (this.takeMark(')')) return { kind, path, variable: '', inner: null };
    const variable = this.needWord();
    this.needMark(':');
    const inner = this.or();
    this.needMark(')');
    return { kind, path, variable, inner };
  }

  private list(): Literal[] {
    this.needMark('(');
    const values: Literal[] = [];
    do {
      const operand = this.operand();
      if (operand.kind !== 'literal') throw this.error();
      values.push(operand.value);
    } while (this.takeMark(','));
    this.needMark(')');
    return values;
  }

  private operand(): Operand {
    const token = this.next();
    if (token.kind === 'text') return { kind: 'literal', value: token.text.slice(1, -1).replaceAll("''", "'") };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'time') return { kind: 'literal', value: token.text };
    if (token.kind !== 'word') throw this.error();
    const word = token.text.toLowerCase();
    if (['true', 'false'].includes(word)) return { kind: 'literal', value: word === 'true' };
    if (word === 'null') return { kind: 'literal', value: null };
    if (FUNCTIONS.includes(word) && this.takeMark('(')) return this.call(word);
    const path = [token.text];
    while (this.takeMark('/')) path.push(this.needWord());
    return { kind: 'path', path };
  }

  private call(name: string): Operand {
    const args = [this.operand()];
    while (this.takeMark(',')) args.push(this.operand());
    this.needMark(')');
    return { kind: 'call', name, args };
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '' };
  }

  private next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  private takeWord(word: string): boolean {
    const { kind, text } = this.peek();
    if (kind !== 'word' || text.toLowerCase() !== word) return false;
    this.at += 1;
    return true;
  }

  private takeMark(mark: string): boolean {
    const { kind, text } = this.peek();
    if (kind !== 'mark' || text !== mark) return false;
    this.at += 1;
    return true;
  }

  private needMark(mark: string): void {
    if (!this.takeMark(mark)) throw this.error();
  }

  private needWord(): string {
    const { kind, text } = this.next();
    if (kind !== 'word') throw this.error();
    return text;
  }

  private error(): Error {
    return refusals.filter(`Syntax error in the filter near '${this.peek().text}'.`);
  }
}
