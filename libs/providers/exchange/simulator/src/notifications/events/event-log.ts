import type { XmlElement } from '../../wire/element';

/** One thing that happened in a mailbox, as subscribers are told of it. */
export interface MailboxEvent {
  /** A value of `NotificationEventTypeType`, which is its element as well. */
  readonly type: string;
  /** Keys of the folders it happened in: who watches one of them hears of it. */
  readonly folders: readonly string[];
  readonly content: readonly XmlElement[];
  /** Key of a folder whose unread items are counted when the event is told; null where none are. */
  readonly counted: string | null;
}

export interface LoggedEvent extends MailboxEvent {
  /** Rises by one with each event of the mailbox, from 1. */
  readonly position: number;
}

/** What happened in one mailbox, the older half of it forgotten whenever there is too much. */
export class EventLog {
  private events: LoggedEvent[] = [];
  private begin = 0;

  constructor(private readonly most: number) {}

  /** Position of the newest event; 0 before the first. */
  get end(): number {
    return this.begin + this.events.length;
  }

  add(event: MailboxEvent): void {
    this.events.push({ ...event, position: this.end + 1 });
    if (this.events.length <= this.most) return;
    const forgotten = Math.ceil(this.most / 2);
    this.events = this.events.slice(forgotten);
    this.begin += forgotten;
  }

  /** Whether everything after a position is still there. */
  holds(position: number): boolean {
    return position >= this.begin && position <= this.end;
  }

  /** Events after a position, oldest first. */
  *after(position: number): Iterable<LoggedEvent> {
    for (let at = Math.max(position - this.begin, 0); at < this.events.length; at += 1) {
      const event = this.events[at];
      if (event !== undefined) yield event;
    }
  }
}
