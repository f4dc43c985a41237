import { icsLines, type IcsLine } from './ics-lines';

/** A part of the file that could not be read, with the line it begins at. */
export interface UnreadablePart {
  readonly line: number;
  readonly reason: string;
}

/** The lines of one component, inner components left out (a VTIMEZONE keeps its STANDARD and DAYLIGHT). */
export interface IcsBlock {
  readonly line: number;
  readonly lines: readonly string[];
}

export interface IcsBlocks {
  readonly events: readonly IcsBlock[];
  readonly zones: readonly IcsBlock[];
  /** Lines of VCALENDAR itself. */
  readonly calendar: readonly string[];
  readonly unreadable: readonly UnreadablePart[];
}

const MOST_EVENTS = 250_000;
const MOST_ZONES = 500;
const MOST_LINES = 2_000;
const LARGEST_BLOCK = 1_000_000;
const DEEPEST = 16;
/** Beyond these a list of complaints helps nobody. */
const MOST_COMPLAINTS = 1_000;

interface Frame {
  readonly name: string;
  readonly line: number;
}

/**
 * Cuts a calendar file into its events and zones, line by line: what is broken or oversized spoils its own block only.
 * Time grows with the length of the text, memory with what is kept of it.
 */
export class BlockScanner {
  private readonly events: IcsBlock[] = [];
  private readonly zones: IcsBlock[] = [];
  private readonly calendar: string[] = [];
  private readonly unreadable: UnreadablePart[] = [];
  private readonly stack: Frame[] = [];
  /** Depth beyond what is kept on the stack. */
  private deeper = 0;
  private block: {
    line: number;
    kind: 'VEVENT' | 'VTIMEZONE';
    lines: string[];
    size: number;
    fault: string | null;
  } | null = null;

  scan(text: string): IcsBlocks {
    for (const line of icsLines(text)) this.read(line);
    if (this.block !== null) this.complain(this.block.line, `${this.block.kind} has no end`);
    const { events, zones, calendar, unreadable } = this;
    return { events, zones, calendar, unreadable };
  }

  private read(line: IcsLine): void {
    const mark = /^(BEGIN|END):([A-Za-z-]{1,40})\s*$/i.exec(line.text);
    const name = mark?.[2]?.toUpperCase();
    if (name === undefined) this.content(line);
    else if (mark?.[1]?.toUpperCase() === 'BEGIN') this.begin(name, line);
    else this.end(name);
  }

  private begin(name: string, line: IcsLine): void {
    if (name === 'VEVENT' && this.block !== null) {
      this.complain(this.block.line, `${this.block.kind} has no end`);
      this.abandon();
    }
    if (this.stack.length >= DEEPEST) {
      if (this.deeper === 0) this.complain(line.number, 'components are nested too deeply');
      this.deeper += 1;
      return;
    }
    this.stack.push({ name, line: line.number });
    if (this.block === null && (name === 'VEVENT' || name === 'VTIMEZONE')) {
      this.block = { line: line.number, kind: name, lines: [line.text], size: 0, fault: null };
    } else if (this.block?.kind === 'VTIMEZONE') this.keep(line);
  }

  private end(name: string): void {
    if (this.deeper > 0) {
      this.deeper -= 1;
      return;
    }
    const index = this.stack.findLastIndex((frame) => frame.name === name);
    if (index < 0) return;
    this.stack.length = index;
    const { block } = this;
    if (block === null) return;
    if (name !== block.kind) {
      if (block.kind === 'VTIMEZONE') block.lines.push(`END:${name}`);
      return;
    }
    block.lines.push(`END:${name}`);
    this.finish(block);
    this.block = null;
  }

  private content(line: IcsLine): void {
    if (this.deeper > 0) return;
    const here = this.stack.at(-1)?.name;
    if (here === 'VCALENDAR' && this.calendar.length < MOST_LINES) this.calendar.push(line.text.slice(0, 1000));
    if (this.block === null || line.text === '') return;
    if (here === this.block.kind || this.block.kind === 'VTIMEZONE') this.keep(line);
  }

  private keep(line: IcsLine): void {
    const { block } = this;
    if (block === null || block.fault !== null) return;
    block.size += line.text.length;
    // An over-long line is an inlined picture or the like; the event can be read without it.
    if (!line.cut) block.lines.push(line.text);
    else if (!/^(ATTACH|X-|IMAGE|DESCRIPTION|COMMENT)/i.test(line.text)) block.fault = 'a line is too long';
    if (block.lines.length > MOST_LINES) block.fault = 'it has too many lines';
    if (block.size > LARGEST_BLOCK) block.fault = 'it is too large';
    if (block.fault !== null) block.lines = [];
  }

  private finish({ kind, line, lines, fault }: NonNullable<BlockScanner['block']>): void {
    const target = kind === 'VEVENT' ? this.events : this.zones;
    const most = kind === 'VEVENT' ? MOST_EVENTS : MOST_ZONES;
    if (fault !== null) this.complain(line, `the ${kind} cannot be read: ${fault}`);
    else if (target.length >= most) this.complain(line, `the file holds more than ${most} ${kind}`);
    else target.push({ line, lines });
  }

  private abandon(): void {
    this.block = null;
    this.deeper = 0;
    const outer = this.stack.findIndex(({ name }) => name === 'VEVENT' || name === 'VTIMEZONE');
    if (outer >= 0) this.stack.length = outer;
  }

  private complain(line: number, reason: string): void {
    if (this.unreadable.length < MOST_COMPLAINTS) this.unreadable.push({ line, reason });
  }
}
