import type { Journal, JournalLine } from './journal';

export interface ServedEntry {
  at: string;
  itemId: string;
  version: string;
}

export interface WriteEntry {
  at: string;
  operation: string;
  itemId: string;
}

export interface MailEntry {
  at: string;
  to: string;
  subject: string;
}

export interface LedgerView {
  served: ServedEntry[];
  writes: WriteEntry[];
  mails: MailEntry[];
}

/** Entries kept for one mailbox; the oldest go first. */
const MOST_SERVED = 500_000;
const MOST_NOTED = 100_000;

/** Served versions in columns: a first sync of a large mailbox notes as many as it has events. */
class ServedColumns {
  private at: number[] = [];
  private ids: string[] = [];
  private versions: string[] = [];

  add(at: number, itemId: string, version: string): void {
    if (this.at.length >= MOST_SERVED) {
      const keep = -MOST_SERVED / 2;
      this.at = this.at.slice(keep);
      this.ids = this.ids.slice(keep);
      this.versions = this.versions.slice(keep);
    }
    this.at.push(at);
    this.ids.push(itemId);
    this.versions.push(version);
  }

  entries(): ServedEntry[] {
    return this.ids.map((itemId, row) => ({
      at: new Date(this.at[row] ?? 0).toISOString(),
      itemId,
      version: this.versions[row] ?? '',
    }));
  }
}

/**
 * What was served, what was written and which mails would have gone out, for each mailbox. Writes and mails survive a
 * restart; what was served does not (it would be the largest part of the journal and only serves checks of one run).
 */
export class Ledger {
  private readonly served = new Map<string, ServedColumns>();
  private readonly writes = new Map<string, WriteEntry[]>();
  private readonly mails = new Map<string, MailEntry[]>();

  constructor(private readonly journal: () => Journal) {}

  noteServed(email: string, at: number, rows: readonly { id: string; etag: string }[]): void {
    let columns = this.served.get(email);
    if (columns === undefined) this.served.set(email, (columns = new ServedColumns()));
    for (const { id, etag } of rows) columns.add(at, id, etag);
  }

  noteWrite(email: string, entry: WriteEntry): void {
    push(this.writes, email, entry);
    this.journal().append(['write', email, entry]);
  }

  noteMail(email: string, entry: MailEntry): void {
    push(this.mails, email, entry);
    this.journal().append(['mail', email, entry]);
  }

  view(email: string | null): LedgerView {
    const of = <T>(map: Map<string, T>): T[] => {
      const one = email === null ? [...map.values()] : [map.get(email)];
      return one.filter((value): value is T & {} => value !== undefined);
    };
    return {
      served: of(this.served).flatMap((columns) => columns.entries()),
      writes: of(this.writes).flat(),
      mails: of(this.mails).flat(),
    };
  }

  /** Writes and mails kept. */
  get size(): number {
    return [...this.writes.values(), ...this.mails.values()].reduce((sum, entries) => sum + entries.length, 0);
  }

  clear(): void {
    for (const map of [this.served, this.writes, this.mails]) map.clear();
  }

  /** Repeats a journalled entry; false when the line is somebody else's. */
  restore(line: JournalLine): boolean {
    if (line[0] !== 'write' && line[0] !== 'mail') return false;
    const read: ['write', string, WriteEntry] | ['mail', string, MailEntry] = JSON.parse(JSON.stringify(line));
    if (read[0] === 'write') push(this.writes, read[1], read[2]);
    else push(this.mails, read[1], read[2]);
    return true;
  }

  *lines(): Iterable<JournalLine> {
    for (const [email, entries] of this.writes) for (const entry of entries) yield ['write', email, entry];
    for (const [email, entries] of this.mails) for (const entry of entries) yield ['mail', email, entry];
  }
}

function push<T>(map: Map<string, T[]>, key: string, entry: T): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else {
    if (entries.length >= MOST_NOTED) entries.splice(0, MOST_NOTED / 2);
    entries.push(entry);
  }
}
