import type { UnreadablePart } from '@daybook/domain';
import { vcardLines, type VcardLine } from './vcard-lines';

/** The lines of one card, those of cards inside of it left out. */
export interface Vcard {
  /** Where it begins. */
  readonly line: number;
  /** `2.1`, `3.0`, `4.0`; what names none is read as 3.0. */
  readonly version: string;
  readonly lines: readonly VcardLine[];
}

const MOST_CARDS = 100_000;
const MOST_LINES = 1_000;
/** Beyond these a list of complaints helps nobody. */
const MOST_COMPLAINTS = 1_000;
/** Pictures, sounds and keys: nothing that is imported. */
const LEFT_OUT = /^(?:[\w-]{1,80}\.)?(?:PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE|X-MS-OL-DESIGN)[;:]/i;

/**
 * Cuts a file into its cards, line by line: what is broken or oversized spoils its own card only. Time grows with the length of
 * the text, memory with what is kept of it.
 */
export class CardScanner {
  private readonly cards: Vcard[] = [];
  private readonly unreadable: UnreadablePart[] = [];
  private open: { line: number; lines: VcardLine[]; full: boolean } | null = null;
  /** Cards inside of the open one: an agent's (vCard 3.0, 3.5.4). */
  private inner = 0;
  private agentFollows = false;

  scan(text: string): { readonly cards: readonly Vcard[]; readonly unreadable: UnreadablePart[] } {
    for (const line of vcardLines(text)) this.read(line);
    if (this.open !== null) this.complain(this.open.line, 'the card has no end');
    return { cards: this.cards, unreadable: this.unreadable };
  }

  private read(line: VcardLine): void {
    if (/^BEGIN:VCARD\s*$/i.test(line.text)) this.begin(line.number);
    else if (/^END:VCARD\s*$/i.test(line.text)) this.end();
    else if (this.inner === 0) this.content(line);
    if (line.text.trim() !== '') this.agentFollows = /^AGENT[^:]{0,200}:\s*$/i.test(line.text);
  }

  private begin(line: number): void {
    if (this.open !== null && (this.inner > 0 || this.agentFollows)) {
      this.inner += 1;
      return;
    }
    if (this.open !== null) this.complain(this.open.line, 'the card has no end');
    this.open = { line, lines: [], full: false };
  }

  private end(): void {
    if (this.inner > 0) {
      this.inner -= 1;
      return;
    }
    if (this.open === null) return;
    const { line, lines, full } = this.open;
    this.open = null;
    if (full) this.complain(line, `the card has more than ${MOST_LINES} lines`);
    else if (this.cards.length >= MOST_CARDS) this.complain(line, `the file holds more than ${MOST_CARDS} cards`);
    else this.cards.push({ line, version: versionOf(lines), lines });
  }

  private content(line: VcardLine): void {
    if (this.open === null || this.open.full || line.text.trim() === '' || LEFT_OUT.test(line.text)) return;
    if (line.cut) this.complain(line.number, 'the line is too long');
    else if (this.open.lines.length >= MOST_LINES) this.open.full = true;
    else this.open.lines.push(line);
  }

  private complain(line: number, reason: string): void {
    if (this.unreadable.length < MOST_COMPLAINTS) this.unreadable.push({ line, reason });
  }
}

function versionOf(lines: readonly VcardLine[]): string {
  const named = lines
    .find(({ text }) => /^VERSION:/i.test(text))
    ?.text.slice(8)
    .trim();
  return named === '2.1' || named === '4.0' ? named : '3.0';
}
