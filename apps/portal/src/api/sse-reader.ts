export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/**
 * Reads `text/event-stream` bytes into events, by the rules of the HTML standard (section "Server-sent events"): LF, CR and
 * CRLF end lines, comments keep the line alive, an event without data is not dispatched, an id with NUL is ignored.
 */
export async function* readEvents(
  chunks: ReadableStream<Uint8Array>,
  onBytes: () => void = () => {},
): AsyncGenerator<ServerEvent> {
  const assembler = new EventAssembler();
  const lines = new LineSplitter();
  const decoder = new TextDecoder();
  const reader = chunks.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      for (const line of lines.push(decoder.decode(value, { stream: true }))) {
        const event = assembler.line(line);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Whole lines out of pieces of text; a CRLF cut between two pieces ends one line, not two. */
class LineSplitter {
  private rest = '';
  private skipLineFeed = false;

  *push(piece: string): Generator<string> {
    let text = piece;
    if (this.skipLineFeed && text.length > 0) {
      if (text.startsWith('\n')) text = text.slice(1);
      this.skipLineFeed = false;
    }
    text = this.rest + text;
    let start = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at];
      if (character !== '\n' && character !== '\r') continue;
      yield text.slice(start, at);
      if (character === '\r' && text[at + 1] === '\n') at += 1;
      else if (character === '\r' && at + 1 === text.length) this.skipLineFeed = true;
      start = at + 1;
    }
    this.rest = text.slice(start);
  }
}

class EventAssembler {
  private id = '';
  private event = '';
  private data: string[] = [];

  line(line: string): ServerEvent | null {
    if (line === '') return this.dispatch();
    if (line.startsWith(':')) return null;
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.event = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    return null;
  }

  private dispatch(): ServerEvent | null {
    const complete = { id: this.id, event: this.event || 'message', data: this.data.join('\n') };
    const empty = this.data.length === 0;
    this.event = '';
    this.data = [];
    return empty ? null : complete;
  }
}
