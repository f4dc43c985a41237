/** One unfolded line of a calendar file. */
export interface IcsLine {
  /** Number of its first physical line, from 1. */
  readonly number: number;
  readonly text: string;
  /** True when the line was longer than anyone writes: its text is cut. */
  readonly cut: boolean;
}

/** Longest line kept, in characters: longer ones (inlined files) are cut, not held. */
const LONGEST_LINE = 200_000;

/**
 * The unfolded lines of a text, one at a time. A continuation begins with a space or tab (RFC 5545, 3.1). No more than one
 * line is held, and of that no more than its limit.
 */
export function* icsLines(text: string): Iterable<IcsLine> {
  let open: { number: number; parts: string[]; length: number } | null = null;
  let number = 0;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length;) {
    const feed = text.indexOf('\n', at);
    const end = feed < 0 ? text.length : feed;
    const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    number += 1;
    const first = text.charCodeAt(at);
    if (open !== null && (first === 32 || first === 9) && stop > at) {
      const room: number = LONGEST_LINE - open.length;
      if (room > 0) open.parts.push(text.slice(at + 1, Math.min(stop, at + 1 + room)));
      open.length += stop - at - 1;
    } else {
      if (open !== null) yield closed(open);
      open = { number, parts: [text.slice(at, Math.min(stop, at + LONGEST_LINE))], length: stop - at };
    }
    at = end + 1;
  }
  if (open !== null) yield closed(open);
}

const closed = ({ number, parts, length }: { number: number; parts: string[]; length: number }): IcsLine => ({
  number,
  text: parts.join(''),
  cut: length > LONGEST_LINE,
});
