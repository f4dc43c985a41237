import type { CalendarStore } from './calendar-store';
import { isSame, NEVER } from './event-building';
import type { Attendee, EmailAddress, EventRecord, ItemRecord, ResponseStatus } from './event-record';
import type { Mailbox } from './mailbox';
import type { MailboxStore } from './mailbox-store';

/** What an attendee answered. */
export interface AttendeeAnswer {
  address: string;
  status: ResponseStatus;
  proposedNewTime?: NonNullable<Attendee['proposedNewTime']>;
}

/**
 * Exchange puts a meeting into the calendar of each attendee it knows, under an id of that mailbox and the same
 * `iCalUId`, and carries answers back to the organizer only: attendees do not see each other's.
 */
export class AttendeeCopies {
  constructor(private readonly world: MailboxStore) {}

  /** After the organizer changed a meeting: attendees get it, former ones have it cancelled. */
  spread(meeting: EventRecord, before: EventRecord | null): void {
    if (!meeting.content.isOrganizer) return;
    const invited = addressesOf(meeting);
    for (const address of invited) {
      const guest = this.guest(address, meeting);
      if (guest !== null) this.place(guest, meeting);
    }
    for (const address of before === null ? [] : addressesOf(before)) {
      const guest = invited.has(address) ? null : this.guest(address, meeting);
      const copy = guest?.store.withUid(meeting.uid)?.record;
      if (guest !== null && copy !== undefined) this.world.put(guest.store, called(copy, meeting.updatedAt));
    }
  }

  /** After the organizer deleted or cancelled it: the copies stay, marked as cancelled, until somebody removes them. */
  cancel(meeting: EventRecord): void {
    this.spread({ ...meeting, content: { ...meeting.content, attendees: [] }, exceptions: {} }, meeting);
  }

  /** After an attendee answered: the organizer's meeting learns it. */
  answer(copy: EventRecord, day: string | null, answer: AttendeeAnswer): void {
    const organizer = this.world.find(copy.content.organizer.address);
    const home = organizer === undefined ? undefined : this.world.defaultCalendar(organizer);
    const event = home?.withUid(copy.uid);
    if (home === undefined || event === undefined) return;
    const { record } = event;
    const note = <T extends ItemRecord>(item: T): T => ({
      ...item,
      content: {
        ...item.content,
        attendees: item.content.attendees.map((one) => {
          if (!isSame(one.emailAddress.address, answer.address)) return one;
          const { proposedNewTime: _old, ...rest } = one;
          const proposal = answer.proposedNewTime === undefined ? {} : { proposedNewTime: answer.proposedNewTime };
          return { ...rest, status: answer.status, ...proposal };
        }),
      },
    });
    const exception = day === null ? undefined : record.exceptions[day];
    if (exception !== undefined && day !== null) {
      this.world.put(home, { ...record, exceptions: { ...record.exceptions, [day]: note(exception) } });
    } else if (day === null) {
      const exceptions = Object.entries(record.exceptions).map(([key, item]) => [key, note(item)]);
      this.world.put(home, { ...note(record), exceptions: Object.fromEntries(exceptions) });
    }
  }

  /** After an attendee sent the meeting on: the recipients are invited too. */
  add(copy: EventRecord, people: readonly EmailAddress[]): void {
    const organizer = this.world.find(copy.content.organizer.address);
    const home = organizer === undefined ? undefined : this.world.defaultCalendar(organizer);
    const record = home?.withUid(copy.uid)?.record;
    if (home === undefined || record === undefined) return;
    const { attendees } = record.content;
    const added = people
      .filter(({ address }) => !attendees.some(({ emailAddress }) => isSame(emailAddress.address, address)))
      .map((emailAddress): Attendee => ({ type: 'required', status: { response: 'none', time: NEVER }, emailAddress }));
    const next = { ...record, content: { ...record.content, attendees: [...attendees, ...added] } };
    this.world.put(home, next);
    this.spread(next, record);
  }

  private place({ box, store }: Guest, meeting: EventRecord): void {
    const before = store.withUid(meeting.uid)?.record ?? null;
    const key = before?.key ?? this.world.keys.next();
    const copy = copyFor(box, meeting, before, key);
    if (copy !== null && !isUnchanged(before, copy)) this.world.put(store, copy);
  }

  private guest(address: string, meeting: EventRecord): Guest | null {
    const box = isSame(address, meeting.content.organizer.address) ? undefined : this.world.find(address);
    return box === undefined ? null : { box, store: this.world.defaultCalendar(box) };
  }
}

interface Guest {
  box: Mailbox;
  store: CalendarStore;
}

const isUnchanged = (before: EventRecord | null, next: EventRecord): boolean =>
  before !== null && JSON.stringify({ ...before, updatedAt: 0 }) === JSON.stringify({ ...next, updatedAt: 0 });

/** Everybody invited to the meeting or to one occurrence of it. */
function addressesOf(meeting: EventRecord): Set<string> {
  const items: ItemRecord[] = [meeting, ...Object.values(meeting.exceptions)];
  return new Set(
    items.flatMap(({ content }) => content.attendees.map(({ emailAddress }) => emailAddress.address.toLowerCase())),
  );
}

const isInvited = ({ email }: Mailbox, { content }: ItemRecord): boolean =>
  content.attendees.some(({ emailAddress }) => isSame(emailAddress.address, email));

/** The meeting as an attendee has it. Who is invited to one occurrence only gets that one, as a single event. */
function copyFor(box: Mailbox, meeting: EventRecord, before: EventRecord | null, key: string): EventRecord | null {
  const frame = { key, uid: meeting.uid, deleted: false, transactionId: null, cancelledDays: meeting.cancelledDays };
  if (isInvited(box, meeting)) {
    const exceptions = Object.entries(meeting.exceptions).map(([day, item]): [string, ItemRecord] => {
      const copy = copyItem(box, item, before?.exceptions[day] ?? before);
      return [day, isInvited(box, item) ? copy : withdrawn(copy)];
    });
    return {
      ...copyItem(box, meeting, before),
      ...frame,
      recurrence: meeting.recurrence,
      exceptions: Object.fromEntries(exceptions),
    };
  }
  const [alone] = Object.values(meeting.exceptions).filter((item) => isInvited(box, item));
  if (alone === undefined) return null;
  return { ...copyItem(box, alone, before), ...frame, cancelledDays: [], recurrence: null, exceptions: {} };
}

/** Own answer, marks, categories and reminders are kept; everything shared is the organizer's. */
function copyItem(box: Mailbox, item: ItemRecord, before: ItemRecord | null): ItemRecord {
  const { content } = item;
  const own = before?.content;
  const status = own?.responseStatus ?? { response: 'notResponded', time: NEVER };
  const others = content.hideAttendees
    ? content.attendees.filter(({ emailAddress }) => isSame(emailAddress.address, box.email))
    : content.attendees;
  return {
    start: item.start,
    end: item.end,
    createdAt: before?.createdAt ?? item.updatedAt,
    updatedAt: item.updatedAt,
    content: {
      ...content,
      isOrganizer: false,
      responseStatus: status,
      showAs: own?.showAs ?? (content.showAs === 'free' ? 'free' : 'tentative'),
      attendees: others.map(({ type, emailAddress }) => ({
        type,
        emailAddress,
        status: { response: 'none', time: NEVER },
      })),
      categories: own?.categories ?? [],
      isReminderOn: own?.isReminderOn ?? content.isReminderOn,
      reminderMinutesBeforeStart: own?.reminderMinutesBeforeStart ?? content.reminderMinutesBeforeStart,
    },
    singleValues: before?.singleValues ?? [],
    multiValues: before?.multiValues ?? [],
    attachments: item.attachments,
    extensions: before?.extensions ?? [],
  };
}

function withdrawn<T extends ItemRecord>(item: T): T {
  const { subject } = item.content;
  const name = subject.startsWith('Canceled: ') ? subject : `Canceled: ${subject}`;
  return { ...item, content: { ...item.content, subject: name, isCancelled: true, showAs: 'free' } };
}

const called = (copy: EventRecord, at: number): EventRecord => ({
  ...withdrawn(copy),
  updatedAt: at,
  exceptions: Object.fromEntries(Object.entries(copy.exceptions).map(([day, item]) => [day, withdrawn(item)])),
});
