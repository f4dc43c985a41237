import { StringDecoder } from 'node:string_decoder';
import type { ForeignRecord } from '@daybook/provider-port';
import { RecordReader } from './record-reader';
import type { RecordShape } from './record-shape';
import { Turn } from './turn';

const PIECE_BYTES = 16 * 1024;
const MOST_PIECES_A_TURN = 16;
/** The longest reference to a sign, `&#x0010FFFF;`, and some leading zeros. */
const LONGEST_REFERENCE = 16;

/**
 * Reads an answer and keeps what the shape asks for. A long one is read in turns, between which everybody else gets theirs.
 * @throws UnreadableAnswer
 */
export async function readAnswer(body: Buffer, rootName: string, shape: RecordShape): Promise<ForeignRecord> {
  const reader = new RecordReader(rootName, shape);
  const decoder = new StringDecoder('utf8');
  const turn = new Turn(MOST_PIECES_A_TURN);
  let left = '';
  for (let at = 0; at < body.length; at += PIECE_BYTES) {
    const read = left + decoder.write(body.subarray(at, at + PIECE_BYTES));
    const cut = cutBefore(read);
    left = read.slice(cut);
    reader.write(legible(read.slice(0, cut)));
    await turn.step();
  }
  reader.write(legible(left + decoder.end()));
  return reader.close();
}

/** A reference that a piece ends within is left to the next one. */
function cutBefore(text: string): number {
  const at = text.lastIndexOf('&');
  const isWhole = at < 0 || text.length - at > LONGEST_REFERENCE || text.includes(';', at);
  return isWhole ? text.length : at;
}

/**
 * Exchange writes signs that XML does not have, as people got them into their texts (`&#x1;`): these become the sign for what
 * cannot be shown, so that one of them does not hide a whole page.
 */
function legible(text: string): string {
  return text
    .replace(/&#(x[0-9a-fA-F]{1,8}|[0-9]{1,8});/g, (reference, number: string) =>
      isWritable(number.startsWith('x') ? parseInt(number.slice(1), 16) : Number(number)) ? reference : '\ufffd',
    )
    .replace(UNWRITABLE, '\ufffd');
}

const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** https://www.w3.org/TR/xml/#charsets */
function isWritable(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
