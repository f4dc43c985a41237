import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** One line of the journal: a table's name, then what the table needs to repeat the change. */
export type JournalLine = readonly [table: string, ...rest: unknown[]];

/** Where changes are noted before they are answered. */
export interface Journal {
  append(line: JournalLine): void;
  /** Hands what was appended to the operating system: from here on it survives the end of the process. */
  flush(): void;
  /** Lines in the file. */
  readonly lines: number;
  /** True when much of the file is outdated and {@link rewrite} would pay. */
  readonly wasteful: boolean;
  /** Replaces the file by these lines in one step. */
  rewrite(lines: Iterable<JournalLine>): void;
  close(): void;
}

/** Keeps nothing: for simulators that live as long as a test. */
export const noJournal: Journal = {
  append: () => undefined,
  flush: () => undefined,
  lines: 0,
  wasteful: false,
  rewrite: () => undefined,
  close: () => undefined,
};

const CHUNK = 1 << 20;
const MOST_PENDING = 2000;
const SMALLEST_WASTE = 16 << 20;

/**
 * A file of JSON lines that is only ever appended to. A crash can at most tear the last line, which is dropped when the
 * file is read; rewriting goes through a second file and a rename, so that there is always one whole journal.
 */
export class FileJournal implements Journal {
  private pending: string[] = [];
  private file: number;
  private size = 0;
  private sizeWhenRewritten = 0;
  private written = 0;

  private constructor(private readonly path: string) {
    this.file = openSync(path, 'a+', 0o600);
  }

  /** Opens the journal and gives each of its whole lines to `read`. */
  static open(path: string, read: (line: JournalLine) => void): FileJournal {
    mkdirSync(dirname(path), { recursive: true });
    let lines = 0;
    const count = (line: JournalLine): void => {
      lines += 1;
      read(line);
    };
    const sound = existsSync(path) ? readLines(path, count) : 0;
    const journal = new FileJournal(path);
    ftruncateSync(journal.file, sound);
    journal.size = sound;
    journal.written = lines;
    journal.sizeWhenRewritten = sound;
    return journal;
  }

  get lines(): number {
    return this.written;
  }

  get wasteful(): boolean {
    return this.size > SMALLEST_WASTE && this.size > 2 * this.sizeWhenRewritten;
  }

  append(line: JournalLine): void {
    if (this.pending.push(JSON.stringify(line)) >= MOST_PENDING) this.flush();
  }

  flush(): void {
    if (this.pending.length === 0) return;
    this.size += writeAll(this.file, `${this.pending.join('\n')}\n`);
    this.written += this.pending.length;
    this.pending = [];
  }

  rewrite(lines: Iterable<JournalLine>): void {
    const next = `${this.path}.next`;
    const file = openSync(next, 'w', 0o600);
    let size = 0;
    let written = 0;
    let block: string[] = [];
    for (const line of lines) {
      written += 1;
      if (block.push(JSON.stringify(line)) < 500) continue;
      size += writeAll(file, `${block.join('\n')}\n`);
      block = [];
    }
    if (block.length > 0) size += writeAll(file, `${block.join('\n')}\n`);
    fsyncSync(file);
    closeSync(file);
    renameSync(next, this.path);
    closeSync(this.file);
    this.file = openSync(this.path, 'a', 0o600);
    this.pending = [];
    this.size = size;
    this.sizeWhenRewritten = size;
    this.written = written;
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }
}

function writeAll(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  return bytes.length;
}

/** Reads the whole lines of a file and returns how many bytes they take; what follows is torn. */
function readLines(path: string, read: (line: JournalLine) => void): number {
  const file = openSync(path, 'r');
  const chunk = Buffer.alloc(CHUNK);
  let rest: Buffer = Buffer.alloc(0);
  let sound = 0;
  try {
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      const block: Buffer = Buffer.concat([rest, chunk.subarray(0, length)]);
      let from = 0;
      for (let end = block.indexOf(10, from); end >= 0; end = block.indexOf(10, from)) {
        const line = parseLine(block.toString('utf8', from, end));
        if (line === null) return sound;
        read(line);
        sound += end + 1 - from;
        from = end + 1;
      }
      rest = Buffer.from(block.subarray(from));
    }
  } finally {
    closeSync(file);
  }
  return sound;
}

function parseLine(text: string): JournalLine | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
