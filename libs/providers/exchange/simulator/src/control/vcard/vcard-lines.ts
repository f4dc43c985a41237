/** One unfolded line of a file of cards. */
export interface VcardLine {
  /** Number of its first physical line, from 1. */
  readonly number: number;
  readonly text: string;
  /** True when the line was longer than anyone writes: its text is cut. */
  readonly cut: boolean;
}

interface OpenLine {
  readonly number: number;
  readonly parts: string[];
  length: number;
  /** Whether quoted-printable text goes on in the next line, however that begins. */
  goesOn: boolean;
}

/** Longest line kept, in characters: longer ones (pictures) are cut, not held. */
const LONGEST_LINE = 100_000;
const QUOTED_PRINTABLE = /^[^:]{0,500};(?:ENCODING=)?QUOTED-PRINTABLE/i;

/**
 * The unfolded lines of a text, one at a time. A continuation begins with a space or tab (RFC 6350, 3.2), which belongs to the text
 * in version 2.1 alone (vCard 2.1, 2.1.3); there a line of quoted-printable text that ends with `=` goes on as well.
 */
export function* vcardLines(text: string): Iterable<VcardLine> {
  let open: OpenLine | null = null;
  let number = 0;
  let keepsSpace = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length;) {
    const end = endOfLine(text, at);
    number += 1;
    const piece = text.slice(at, Math.min(end.stop, at + LONGEST_LINE + 1));
    const folded = /^[ \t]./.test(piece);
    if (open?.goesOn) append(open, piece, end.stop - at);
    else if (open !== null && folded) append(open, keepsSpace ? piece : piece.slice(1), end.stop - at);
    else {
      if (open !== null) yield closed(open);
      keepsSpace = /^VERSION:2\.1/i.test(piece) || (keepsSpace && !/^BEGIN:/i.test(piece));
      open = { number, parts: [], length: 0, goesOn: QUOTED_PRINTABLE.test(piece) };
      append(open, piece, end.stop - at);
    }
    at = end.next;
  }
  if (open !== null) yield closed(open);
}

/** Where a line stops, and where the next one begins: a return before the feed is none of the text. */
function endOfLine(text: string, at: number): { stop: number; next: number } {
  const feed = text.indexOf('\n', at);
  const stop = feed < 0 ? text.length : feed;
  return { stop: stop > at && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop, next: stop + 1 };
}

function append(open: OpenLine, piece: string, length: number): void {
  const quoted = open.goesOn || (open.parts.length === 0 && QUOTED_PRINTABLE.test(piece));
  open.goesOn = quoted && piece.endsWith('=');
  const room = LONGEST_LINE - open.length;
  if (room > 0) open.parts.push((open.goesOn ? piece.slice(0, -1) : piece).slice(0, room));
  open.length += length;
}

const closed = ({ number, parts, length }: OpenLine): VcardLine => ({
  number,
  text: parts.join(''),
  cut: length > LONGEST_LINE,
});
