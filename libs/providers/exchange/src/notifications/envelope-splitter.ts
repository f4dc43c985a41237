import { UnreadableAnswer } from '../transport/record-reader';

/** Far more than a hundred events take. */
const MOST_BYTES = 1024 * 1024;
/** Declaration and name of the outermost element are at hand by then. */
const LONGEST_HEAD = 1024;
const LEAST_ROOM = 4096;

/** What stands before an envelope, and how its element is called: with a prefix or without one. */
const HEAD = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<\?xml[^>]*\?>\s*)?<((?:[\w.-]+:)?Envelope)[\s>]/;
const BLANKS = new Set([...' \t\r\n'].map((sign) => sign.charCodeAt(0)));
const CLOSE = '>'.charCodeAt(0);

/**
 * Cuts an open answer, in which envelopes come one after the other and pieces end anywhere, into its envelopes. What it holds is
 * bounded, and no byte is looked at more than a few times, however small the pieces are.
 */
export class EnvelopeSplitter {
  private held = Buffer.alloc(LEAST_ROOM);
  private used = 0;
  /** `</Envelope` as this one writes it; null until its beginning is known. */
  private closing: Buffer | null = null;
  /** Up to here there is no end. */
  private searched = 0;

  /** The envelopes that this piece ends, if any. @throws UnreadableAnswer for anything else than envelopes, or too long a one */
  push(piece: Uint8Array): readonly Buffer[] {
    this.hold(piece);
    const whole: Buffer[] = [];
    for (let next = this.take(); next !== null; next = this.take()) whole.push(next);
    if (this.used > MOST_BYTES) throw new UnreadableAnswer('an envelope that does not end');
    return whole;
  }

  private hold(piece: Uint8Array): void {
    const needed = this.used + piece.length;
    if (needed > this.held.length) {
      const larger = Buffer.alloc(Math.max(needed, this.held.length * 2));
      this.held.copy(larger, 0, 0, this.used);
      this.held = larger;
    }
    this.held.set(piece, this.used);
    this.used = needed;
  }

  private take(): Buffer | null {
    this.closing ??= this.begun();
    const end = this.closing === null ? -1 : this.endOf(this.closing);
    if (end < 0) return null;
    const envelope = Buffer.from(this.held.subarray(0, end));
    this.held.copy(this.held, 0, end, this.used);
    this.used -= end;
    this.closing = null;
    this.searched = 0;
    return envelope;
  }

  private begun(): Buffer | null {
    this.passBlanks();
    const head = this.held.toString('latin1', 0, Math.min(this.used, LONGEST_HEAD));
    const [, name] = HEAD.exec(head) ?? [];
    if (name !== undefined) return Buffer.from(`</${name}`, 'latin1');
    if (this.used >= LONGEST_HEAD) throw new UnreadableAnswer('another kind of document');
    return null;
  }

  private passBlanks(): void {
    const first = this.held.findIndex((sign, at) => at >= this.used || !BLANKS.has(sign));
    const blanks = first < 0 ? this.used : Math.min(first, this.used);
    this.held.copy(this.held, 0, blanks, this.used);
    this.used -= blanks;
  }

  /** Where the envelope is over; -1 where that has not come yet. */
  private endOf(closing: Buffer): number {
    const held = this.held.subarray(0, this.used);
    for (;;) {
      const at = held.indexOf(closing, this.searched);
      if (at < 0) {
        this.searched = Math.max(this.searched, this.used - closing.length);
        return -1;
      }
      this.searched = at;
      const after = held[at + closing.length];
      if (after === undefined) return -1;
      if (after !== CLOSE && !BLANKS.has(after)) {
        this.searched = at + closing.length;
        continue;
      }
      const close = held.indexOf(CLOSE, at + closing.length);
      return close < 0 ? -1 : close + 1;
    }
  }
}
