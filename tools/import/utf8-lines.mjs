/**
 * Calendar and contact files are UTF-8 (RFC 5545, 3.1.4), but old programs still write them in the encoding of their machine.
 * Such bytes are told by line and left out, never guessed at: a name with wrong letters would look as if it were right. A line that
 * names its own encoding is read by that.
 */
import { isUtf8 } from 'node:buffer';

const FEED = 10;
const RETURN = 13;
const FOLDS = new Set([32, 9]);
/** Beyond these a list of complaints helps nobody. */
const MOST_COMPLAINTS = 1_000;

/**
 * @param {Buffer} bytes a file of folded lines
 * @returns {{ text: string, unreadable: { line: number, reason: 'encoding' }[] }} `text` has as many lines as the file, so
 *   that whoever reads it counts the same; lines that are not UTF-8 are empty in it
 */
export function readUtf8Lines(bytes) {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), unreadable: [] };
  const unreadable = [];
  const parts = [];
  let number = 1;
  for (const lines of foldedLines(bytes)) {
    const decoded = decodedLines(lines);
    if (decoded === null && unreadable.length < MOST_COMPLAINTS) unreadable.push({ line: number, reason: 'encoding' });
    parts.push(decoded ?? '\n'.repeat(lines.length));
    number += lines.length;
  }
  return { text: parts.join(''), unreadable };
}

/** Each line with those that continue it, all with their ends. */
function* foldedLines(bytes) {
  let open = [];
  for (let at = 0; at < bytes.length;) {
    const feed = bytes.indexOf(FEED, at);
    const end = feed < 0 ? bytes.length : feed + 1;
    if (open.length > 0 && !FOLDS.has(bytes[at])) {
      yield open;
      open = [];
    }
    open.push(bytes.subarray(at, end));
    at = end;
  }
  if (open.length > 0) yield open;
}

/** The lines as text; null when they are not UTF-8 however they are read. */
function decodedLines(lines) {
  if (lines.every((line) => isUtf8(line))) return lines.map((line) => line.toString('utf8')).join('');
  // Simple programs fold in the middle of a letter: only the whole line is UTF-8 then (RFC 5545, 3.1).
  const unfolded = Buffer.concat(lines.map((line, index) => line.subarray(index === 0 ? 0 : 1, contentEnd(line))));
  if (!isUtf8(unfolded)) return inOwnCharset(lines);
  return `${unfolded.toString('utf8')}\n${' \n'.repeat(lines.length - 1)}`;
}

/** Cards of version 2.1 may name the charset of a line (vCard 2.1, 2.1.4); null where none is named, or the line is not in it. */
function inOwnCharset(lines) {
  const charset = /^[^:]{0,500};CHARSET="?([\w.-]{1,40})/i.exec(lines[0].toString('latin1'))?.[1];
  if (charset === undefined) return null;
  try {
    const decoder = new TextDecoder(charset, { fatal: true });
    return lines.map((line) => decoder.decode(line)).join('');
  } catch {
    return null;
  }
}

function contentEnd(line) {
  const end = line.at(-1) === FEED ? line.length - 1 : line.length;
  return line[end - 1] === RETURN ? end - 1 : end;
}
