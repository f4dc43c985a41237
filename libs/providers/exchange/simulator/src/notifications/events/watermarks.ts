import { createHash, randomBytes } from 'node:crypto';

const RUN_BYTES = 8;
const MAILBOX_BYTES = 4;
const POSITION_BYTES = 6;
const BYTES = RUN_BYTES + MAILBOX_BYTES + POSITION_BYTES;

/**
 * Positions in the events of a mailbox as clients carry them. A server that was started anew knows no event of before, and so none of the
 * marks that it gave then.
 */
export class Watermarks {
  private readonly run = randomBytes(RUN_BYTES);

  mark(mailbox: string, position: number): string {
    const place = Buffer.alloc(POSITION_BYTES);
    place.writeUIntBE(position, 0, POSITION_BYTES);
    return Buffer.concat([this.run, hashOf(mailbox), place]).toString('base64');
  }

  /** The position of a mark; null for one that was not given out for this mailbox since the start. */
  read(mailbox: string, mark: string): number | null {
    const bytes = Buffer.from(mark.slice(0, 2 * BYTES), 'base64');
    if (bytes.length !== BYTES || bytes.toString('base64') !== mark) return null;
    const isOwn =
      bytes.subarray(0, RUN_BYTES).equals(this.run) &&
      bytes.subarray(RUN_BYTES, RUN_BYTES + MAILBOX_BYTES).equals(hashOf(mailbox));
    return isOwn ? bytes.readUIntBE(RUN_BYTES + MAILBOX_BYTES, POSITION_BYTES) : null;
  }
}

const hashOf = (mailbox: string): Buffer => createHash('sha256').update(mailbox).digest().subarray(0, MAILBOX_BYTES);
