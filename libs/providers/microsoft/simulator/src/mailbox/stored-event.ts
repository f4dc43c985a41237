import type { Series } from '@daybook/domain';
import type { EventRecord } from './event-record';
import { lastEndOf, readRule } from './occurrences';
import { instantOf } from './zoned-times';

/** Texts of one event that are kept: a listing is asked for in one or two manners at a time. */
const MOST_TEXTS = 2;

/** One event of one calendar folder, with what lists sort and cut by beside it. */
export class StoredEvent {
  private rule: Series | null | undefined;
  private lastEnd: number | undefined;
  private texts: { manner: string; json: string }[] = [];
  startsAt = Number.NaN;
  endsAt = Number.NaN;

  constructor(
    /** Place in the folder's stable order. */
    readonly slot: number,
    public version: number,
    private current: EventRecord,
  ) {
    this.measure();
  }

  get record(): EventRecord {
    return this.current;
  }

  get key(): string {
    return this.current.key;
  }

  get isSeries(): boolean {
    return this.current.recurrence !== null;
  }

  get deleted(): boolean {
    return this.current.deleted;
  }

  replace(record: EventRecord, version: number): void {
    this.current = record;
    this.version = version;
    this.rule = undefined;
    this.lastEnd = undefined;
    this.texts = [];
    this.measure();
  }

  /** The rule of a series, read once; null for singles and for rules nobody can read. */
  get series(): Series | null {
    if (this.rule === undefined) this.rule = readRule(this.current);
    return this.rule;
  }

  /** End of the last occurrence, Infinity for an endless series. */
  get lastEndsAt(): number {
    if (this.lastEnd === undefined) this.lastEnd = this.series === null ? this.endsAt : lastEndOf(this.series);
    return this.lastEnd;
  }

  /** The text served in one manner (ids, zone …), made when it is first asked for. */
  text(manner: string, make: () => string): string {
    const known = this.texts.find((one) => one.manner === manner);
    if (known !== undefined) return known.json;
    const json = make();
    this.texts = [{ manner, json }, ...this.texts].slice(0, MOST_TEXTS);
    return json;
  }

  private measure(): void {
    const { start, end, content } = this.current;
    this.startsAt = instantOf(start, content.isAllDay);
    this.endsAt = instantOf(end, content.isAllDay);
  }
}
