/** A mailbox as the control side sees it. */
export interface MailboxSummary {
  email: string;
  name: string;
  timeZone: string;
  /** Items in it, deleted ones left out. */
  items: number;
}

/** One item of a mailbox, for the control page. Times are local in `timeZone`; all-day items have dates. */
export interface ItemView {
  id: string;
  title: string;
  start: string;
  end: string;
  allDay: boolean;
  recurring: boolean;
}

/** A new or changed item, as a person types it. */
export interface ItemDraft {
  title?: string;
  /** `2026-11-22T09:00`, local in the mailbox's zone, or `2026-11-22` for a whole day. The length is kept. */
  start?: string;
  /** Minutes; for a new item only. */
  minutes?: number;
}

export interface FaultOrder {
  kind: string;
  email?: string | undefined;
  times?: number | undefined;
  forMs?: number | undefined;
  ms?: number | undefined;
}

export interface Ledger {
  served: { at: string; itemId: string; version: string }[];
  writes: { at: string; operation: string; itemId: string }[];
  mails: { at: string; to: string; subject: string }[];
}

/** Why an order could not be carried out; the control API makes an answer of it. */
export class OrderRefused extends Error {
  constructor(
    readonly code: 'mailbox_exists' | 'unknown_mailbox' | 'unknown_item' | 'invalid_value',
    detail: string,
    /** The names or words that would have been understood. */
    readonly known?: readonly string[],
  ) {
    super(detail);
  }
}

/**
 * One simulated provider. Another one plugs in as one more value in the list that `start-sandbox.ts` makes; the control
 * API and the page ask nothing but this. All methods throw {@link OrderRefused}.
 */
export interface Simulator {
  /** The word of the control API: `google`. */
  readonly key: string;
  readonly label: string;
  /** Where clients reach it, http first. */
  readonly addresses: readonly string[];
  readonly faultKinds: readonly string[];
  readonly importFormats: readonly string[];
  mailboxes(): MailboxSummary[];
  createMailbox(order: { email: string; password?: string | undefined }): void;
  importFile(order: { email: string; format: string; body: string }): {
    imported: number;
    unreadable: readonly { line: number; reason: string }[];
  };
  /** Answers what was really made: a provider without contacts makes none. */
  seed(order: { email: string; events: number; contacts: number; seed: number }): { events: number; contacts: number };
  addFault(order: FaultOrder): void;
  clearFaults(): void;
  ledger(email: string | undefined): Ledger;
  setClock(now: string | null): void;
  now(): number;
  issueToken(order: { email: string; scope: string }): { accessToken: string; expiresIn: number };
  reset(): void;
  /** What takes place between two instants, by start. */
  items(email: string, from: number, to: number): ItemView[];
  addItem(email: string, draft: ItemDraft): void | Promise<void>;
  changeItem(email: string, id: string, draft: ItemDraft): void | Promise<void>;
  removeItem(email: string, id: string): void | Promise<void>;
  /** How its administrator has set it up; the names of a change are those of the settings. A provider may have none. */
  settings(): Readonly<Record<string, unknown>>;
  changeSettings(change: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}
