import ICAL from 'ical.js';

/** One property: name in lower case, parameters by lower-case name, its values as text. */
export interface IcsProperty {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly values: readonly string[];
  /** The value part of the line as it was written. */
  readonly raw: string;
}

/**
 * Reads one content line. The value type is taken from the line alone, so that a wrong value is still text here and the
 * reader can say what is wrong with it.
 * @throws Error when the line is no content line.
 */
export function readProperty(line: string): IcsProperty {
  const parsed: unknown = ICAL.parse.property(line, ICAL.design.icalendar);
  if (!Array.isArray(parsed)) throw new Error('not a content line');
  const [name, parameters, , ...values]: unknown[] = parsed;
  return {
    name: String(name).toLowerCase(),
    parameters: textsOf(parameters),
    values: values.flatMap((value) => (typeof value === 'object' ? [] : [String(value)])),
    raw: rawValue(line),
  };
}

function textsOf(parameters: unknown): Record<string, string> {
  if (typeof parameters !== 'object' || parameters === null) return {};
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]: [string, unknown]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(',') : String(value),
    ]),
  );
}

/** What follows the first colon outside quotes. */
function rawValue(line: string): string {
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charCodeAt(at);
    if (sign === 34) quoted = !quoted;
    else if (sign === 58 && !quoted) return line.slice(at + 1);
  }
  return '';
}
