import { refusals } from './graph-error';

export const OPTION_NAMES = [
  'select',
  'expand',
  'filter',
  'orderby',
  'top',
  'skip',
  'count',
  'search',
  'skiptoken',
  'deltatoken',
  'format',
  'startDateTime',
  'endDateTime',
] as const;

export type OptionName = (typeof OPTION_NAMES)[number];

/** One part of `$expand`: its name and the options in its brackets. */
export interface ExpandPart {
  name: string;
  options: Readonly<Record<string, string>>;
}

/** The query of a request, read. */
export interface QueryOptions {
  select: readonly string[] | null;
  expand: readonly ExpandPart[];
  filter: string | null;
  orderby: string | null;
  top: number | null;
  skip: number;
  count: boolean;
  skiptoken: string | null;
  deltatoken: string | null;
  startDateTime: string | null;
  endDateTime: string | null;
}

const LARGEST_TOP = 1000;

/** The texts of a query by option; names are taken with and without `$`, in any case. @throws GraphError 400 */
export function optionsOf(query: URLSearchParams): Map<OptionName, string> {
  const found = new Map<OptionName, string>();
  for (const [name, value] of query) {
    const plain = name.replace(/^\$/, '').toLowerCase();
    const known = OPTION_NAMES.find((one) => one.toLowerCase() === plain);
    if (known === undefined) throw refusals.badRequest(`The query parameter '${name}' is not supported.`);
    found.set(known, value);
  }
  return found;
}

/** @throws GraphError 400 for options the resource does not take, and for values that are none */
export function readOptions(query: URLSearchParams, allowed: readonly OptionName[]): QueryOptions {
  const texts = optionsOf(query);
  for (const name of texts.keys()) {
    if (!allowed.includes(name) && name !== 'format') {
      throw refusals.query(`The query parameter '$${name}' is not supported on this resource.`);
    }
  }
  const text = (name: OptionName): string | null => texts.get(name) ?? null;
  return {
    select:
      text('select')
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean) ?? null,
    expand: parseExpand(text('expand') ?? ''),
    filter: text('filter'),
    orderby: text('orderby'),
    top: number(text('top'), 'Top', 1, LARGEST_TOP),
    skip: number(text('skip'), 'Skip', 0, Number.MAX_SAFE_INTEGER) ?? 0,
    count: flag(text('count')),
    skiptoken: text('skiptoken'),
    deltatoken: text('deltatoken'),
    startDateTime: text('startDateTime'),
    endDateTime: text('endDateTime'),
  };
}

function number(text: string | null, name: string, least: number, most: number): number | null {
  if (text === null) return null;
  const value = Number(text);
  if (!/^-?\d+$/.test(text))
    throw refusals.badRequest(`Invalid value '${text}' for $${name.toLowerCase()} query option.`);
  if (value < least || value > most) {
    throw refusals.invalidParameter(
      `The limit of '${most}' for ${name} query has been exceeded. The value from the incoming request is '${text}'.`,
    );
  }
  return value;
}

function flag(text: string | null): boolean {
  if (text !== null && !/^(true|false)$/i.test(text))
    throw refusals.badRequest(`Invalid value '${text}' for $count query option.`);
  return text?.toLowerCase() === 'true';
}

/** `a($filter=x;$top=1),b` in parts. @throws GraphError 400 */
export function parseExpand(text: string): ExpandPart[] {
  return splitOutside(text, ',').map((part) => {
    const match = /^([\w]+)(?:\((.*)\))?$/s.exec(part);
    if (match?.[1] === undefined)
      throw refusals.badRequest(`Parsing OData Select and Expand failed near '${part.slice(0, 40)}'.`);
    const options = splitOutside(match[2] ?? '', ';').map((option) => {
      const at = option.indexOf('=');
      return [option.slice(0, at).replace(/^\$/, '').trim().toLowerCase(), option.slice(at + 1)];
    });
    return { name: match[1], options: Object.fromEntries(options) };
  });
}

/** Splits at a mark that stands in no brackets and no text. */
function splitOutside(text: string, mark: string): string[] {
  const parts = [''];
  let depth = 0;
  let quoted = false;
  for (const letter of text) {
    if (letter === "'") quoted = !quoted;
    if (!quoted && letter === '(') depth += 1;
    if (!quoted && letter === ')') depth -= 1;
    if (letter === mark && depth === 0 && !quoted) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** `startDateTime` and `endDateTime`; times without an offset are UTC, whatever the preferred zone. @throws GraphError 400 */
export function readWindow({ startDateTime, endDateTime }: Pick<QueryOptions, 'startDateTime' | 'endDateTime'>): {
  from: number;
  to: number;
} {
  if (startDateTime === null || endDateTime === null) throw refusals.windowMissing();
  const [from, to] = [instantOf(startDateTime), instantOf(endDateTime)];
  if (to < from) throw refusals.invalidParameter('The start of the time window is after its end.');
  if (to - from > WIDEST_WINDOW) throw refusals.invalidParameter('The time window may span at most 1825 days.');
  return { from, to };
}

const WIDEST_WINDOW = 1825 * 86_400_000;

function instantOf(text: string): number {
  // A plus sign that was not escaped has become a space.
  const whole = text.trim().replace(' ', '+');
  const instant = Date.parse(
    /(Z|[+-]\d\d:\d\d)$/i.test(whole) || whole.length <= 10 ? whole : `${whole.slice(0, 23)}Z`,
  );
  if (!/^\d{4}-\d\d-\d\d/.test(whole) || Number.isNaN(instant)) {
    throw refusals.invalidParameter(`The value '${text}' is not a valid date and time.`);
  }
  return instant;
}
