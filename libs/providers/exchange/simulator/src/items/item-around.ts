import type { MailboxStore } from '../mailbox/mailbox-store';
import type { CalendarRules } from './calendar-rules';
import type { MeetingDesk } from './meeting-desk';

/** A mail that leaves the simulated organisation, or reaches one of its mailboxes. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
}

/** What operations on items work with. */
export interface ItemSurroundings {
  readonly store: MailboxStore;
  readonly calendar: CalendarRules;
  readonly meetings: MeetingDesk;
  /** Told of each recipient of each mail that is sent. */
  readonly sent: (mail: OutgoingMail) => void;
  /** Told of items that an answer holds, by their ids and change keys. */
  readonly served: (mailbox: string, rows: readonly { readonly id: string; readonly etag: string }[]) => void;
}
