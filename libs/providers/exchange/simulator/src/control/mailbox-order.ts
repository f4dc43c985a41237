/** A mailbox that is wanted. */
export interface MailboxOrder {
  email: string;
  password?: string;
  name?: string;
  /** An IANA name. */
  timeZone?: string;
}

/** A mailbox as the control side lists it. */
export interface MailboxView {
  email: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** `events`: singles and series. */
  calendars: { id: string; name: string; events: number }[];
  contacts: number;
}
