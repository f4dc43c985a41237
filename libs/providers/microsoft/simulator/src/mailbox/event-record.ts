/** What a mailbox keeps of an event, in Graph's own words. Served resources are made of it (`graph/event-view.ts`). */

/** A wall time and the zone it was written in: a Windows id or an IANA name, kept as it was sent. */
export interface ZonedTime {
  /** `2026-11-20T09:00:00`: seconds, no offset. */
  dateTime: string;
  timeZone: string;
}

export interface EmailAddress {
  name: string;
  address: string;
}

export interface ResponseStatus {
  response: 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded';
  /** `0001-01-01T00:00:00Z` while nobody answered. */
  time: string;
}

export interface Attendee {
  type: 'required' | 'optional' | 'resource';
  status: ResponseStatus;
  emailAddress: EmailAddress;
  proposedNewTime?: { start: ZonedTime; end: ZonedTime };
}

/** A location as served; members the simulator only keeps are `unknown`. */
export interface Location {
  displayName: string;
  locationType: string;
  uniqueIdType: string;
  [kept: string]: unknown;
}

export interface OnlineMeeting {
  joinUrl: string;
  conferenceId?: string;
}

export type Sensitivity = 'normal' | 'personal' | 'private' | 'confidential';
export type ShowAs = 'unknown' | 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere';

/** The members of an event that a series hands on to its occurrences. */
export interface EventContent {
  subject: string;
  /** HTML, as Exchange keeps it. */
  body: string;
  importance: 'low' | 'normal' | 'high';
  sensitivity: Sensitivity;
  showAs: ShowAs;
  isAllDay: boolean;
  isCancelled: boolean;
  isReminderOn: boolean;
  reminderMinutesBeforeStart: number;
  responseRequested: boolean;
  allowNewTimeProposals: boolean;
  hideAttendees: boolean;
  categories: string[];
  location: Location;
  locations: Location[];
  attendees: Attendee[];
  organizer: EmailAddress;
  isOrganizer: boolean;
  responseStatus: ResponseStatus;
  isOnlineMeeting: boolean;
  onlineMeetingProvider: 'unknown' | 'skypeForBusiness' | 'skypeForConsumer' | 'teamsForBusiness';
  onlineMeeting: OnlineMeeting | null;
}

/** `String {guid} Name X` and its value: MAPI properties, which applications mark their items with. */
export interface SingleValue {
  id: string;
  value: string;
}

export interface MultiValue {
  id: string;
  value: string[];
}

export interface FileAttachment {
  id: string;
  name: string;
  contentType: string;
  isInline: boolean;
  contentId: string | null;
  contentBytes: string;
  size: number;
  at: number;
}

/** An open extension: a named bag of one application's values. */
export interface OpenExtension {
  extensionName: string;
  values: Record<string, unknown>;
}

export interface RecurrencePattern {
  type: 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly' | 'absoluteYearly' | 'relativeYearly';
  interval: number;
  month: number;
  dayOfMonth: number;
  daysOfWeek: string[];
  firstDayOfWeek: string;
  index: 'first' | 'second' | 'third' | 'fourth' | 'last';
}

export interface RecurrenceRange {
  type: 'endDate' | 'noEnd' | 'numbered';
  startDate: string;
  /** Inclusive, in the zone of the series; `0001-01-01` for the other two types. */
  endDate: string;
  recurrenceTimeZone: string;
  numberOfOccurrences: number;
}

export interface Recurrence {
  pattern: RecurrencePattern;
  range: RecurrenceRange;
}

/** A single event, a series or one changed occurrence of a series. */
export interface ItemRecord {
  start: ZonedTime;
  end: ZonedTime;
  /** Epoch milliseconds. */
  createdAt: number;
  updatedAt: number;
  content: EventContent;
  singleValues: SingleValue[];
  multiValues: MultiValue[];
  attachments: FileAttachment[];
  extensions: OpenExtension[];
}

/** One item of a calendar folder. Exchange keeps exceptions inside their series, so they share its change key. */
export interface EventRecord extends ItemRecord {
  /** 24 characters that make its ids. */
  key: string;
  /** `iCalUId`, the same in every mailbox. */
  uid: string;
  deleted: boolean;
  transactionId: string | null;
  recurrence: Recurrence | null;
  /** Changed occurrences by the civil date of their original start, `20261123`. */
  exceptions: Record<string, ItemRecord>;
  /** Removed occurrences, by the same. */
  cancelledDays: string[];
}
