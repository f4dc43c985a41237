import type { SimulatorClock } from '@daybook/simulator-kit';
import type { MailboxStore, StoreChange } from '../../mailbox/mailbox-store';
import { EventLog, type LoggedEvent } from './event-log';
import { eventsOfChange } from './events-of-change';
import { Watermarks } from './watermarks';

export interface Watching {
  readonly store: MailboxStore;
  readonly clock: SimulatorClock;
  /** How many events of one mailbox are remembered. */
  readonly most: number;
}

export type NewsListener = (mailbox: string) => void;

/** What happens in mailboxes that somebody watches, or watched; nothing is noted of the others. */
export class MailboxEvents {
  private readonly logs = new Map<string, EventLog>();
  private readonly marks = new Watermarks();
  private readonly listeners = new Set<NewsListener>();
  private readonly stop: () => void;

  constructor(private readonly around: Watching) {
    this.stop = around.store.onChange((change) => this.changed(change));
  }

  /** Begins to note what happens in a mailbox; returns the position of the newest event. */
  watch(mailbox: string): number {
    const log = this.logs.get(mailbox) ?? new EventLog(this.around.most);
    this.logs.set(mailbox, log);
    return log.end;
  }

  /** Position of the newest event of a mailbox. */
  endOf(mailbox: string): number {
    return this.logs.get(mailbox)?.end ?? 0;
  }

  /** Events after a position; null when some of them are forgotten. */
  after(mailbox: string, position: number): Iterable<LoggedEvent> | null {
    const log = this.logs.get(mailbox);
    return log?.holds(position) === true ? log.after(position) : null;
  }

  markOf(mailbox: string, position: number): string {
    return this.marks.mark(mailbox, position);
  }

  /** The position of a mark from which on everything is known; null for any other. */
  readMark(mailbox: string, mark: string): number | null {
    const position = this.marks.read(mailbox, mark);
    return position !== null && this.logs.get(mailbox)?.holds(position) === true ? position : null;
  }

  /** Tells when something happened in a mailbox; call what it returns to end that. */
  onNews(listener: NewsListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Forgets what happened. */
  clear(): void {
    this.logs.clear();
  }

  close(): void {
    this.stop();
    this.listeners.clear();
  }

  private changed(change: StoreChange): void {
    if (this.logs.size === 0) return;
    const { item, oldItem, folder, oldFolder } = change;
    const touched = new Set([item, oldItem, folder, oldFolder].flatMap((record) => record?.mailbox ?? []));
    const watched = [...touched].filter((mailbox) => this.logs.has(mailbox));
    if (watched.length === 0) return;
    const events = eventsOfChange(this.around.store, change, this.around.clock.now());
    for (const mailbox of watched) {
      for (const event of events) this.logs.get(mailbox)?.add(event);
      for (const listener of this.listeners) listener(mailbox);
    }
  }
}
