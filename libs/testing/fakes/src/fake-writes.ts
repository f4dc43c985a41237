import {
  type CalendarWrites,
  type CreateRequest,
  ProviderError,
  type RemoteMeeting,
  type RemoveRequest,
  type UpdateRequest,
  type WriteTarget,
} from '@daybook/provider-port';
import { checkDraft, contentOf, mailsOf, withDraft } from './fake-drafts';
import type { FakeFaults } from './fake-faults';
import type { FakeCalendar, FakeMailbox, FakeWrite } from './fake-mailbox';
import { itemAt, type LiveMeeting } from './fake-occurrences';

export interface FakeWritesOptions {
  /** Throws what the access does not allow. */
  readonly mailboxTo: (toDo: 'read' | 'write') => FakeMailbox;
  readonly faults: FakeFaults;
  readonly note: (operation: string) => void;
  /** `ours`: an item's id is made from the key of its create. */
  readonly names: 'ours' | 'its';
  /** Mail goes out whatever a request says. */
  readonly always: boolean;
}

/** Writes like those of a real provider: conditional, repeatable by key, answered with what lies there now. */
export function openFakeWrites(options: FakeWritesOptions): CalendarWrites {
  return {
    create: async (asked) => {
      const request = mailing(asked, options);
      const { mailbox, calendar, timesOut } = begin(options, 'create', request, null);
      const known = calendar.madeBy.get(request.key);
      const item =
        known === undefined ? create(mailbox, calendar, request, options.names) : madeBefore(calendar, known, request);
      return timesOut ? noAnswer() : item;
    },
    update: async (asked) => {
      const request = mailing(asked, options);
      const { mailbox, calendar, timesOut } = begin(options, 'update', request, request.target);
      const item = update(mailbox, calendar, request);
      return timesOut ? noAnswer() : item;
    },
    remove: async (asked) => {
      const request = mailing(asked, options);
      const { mailbox, calendar, timesOut } = begin(options, 'remove', request, request.target);
      remove(mailbox, calendar, request);
      if (timesOut) noAnswer();
    },
    made: async ({ calendarRemoteId, key }) => {
      const calendar = look(options, 'made', calendarRemoteId);
      const remoteId = calendar.madeBy.get(key);
      return remoteId === undefined ? null : itemAt(calendar, { type: 'item', remoteId });
    },
    read: async ({ calendarRemoteId, target }) => itemAt(look(options, 'read', calendarRemoteId), target),
    ...(options.names === 'ours' ? { remoteIdOf: idOf } : {}),
  };
}

function mailing<T extends { readonly notify: boolean }>(request: T, { always }: FakeWritesOptions): T {
  return always ? { ...request, notify: true } : request;
}

const idOf = (key: string): string => `made-${key}`;

interface WriteRequest {
  readonly calendarRemoteId: string;
  readonly ifVersion?: string | null;
}

/** Lets the faults strike that are due before a write, and says whether its answer gets lost. */
function begin(
  { mailboxTo, faults, note }: FakeWritesOptions,
  operation: FakeWrite['operation'],
  { calendarRemoteId, ifVersion = null }: WriteRequest,
  target: WriteTarget | null,
): { readonly mailbox: FakeMailbox; readonly calendar: FakeCalendar; readonly timesOut: boolean } {
  note(operation);
  const mailbox = mailboxTo('write');
  const struck = faults.strike(mailbox.address, { operation, carriesVersion: ifVersion !== null });
  const calendar = calendarOf(mailbox, calendarRemoteId);
  if (!calendar.description.writable) throw new ProviderError('Rejected', { detail: 'fake calendar is read only' });
  if (target !== null && struck.has('conflict')) touch(mailbox, calendarRemoteId, target);
  return { mailbox, calendar, timesOut: struck.has('timeout_after_write') };
}

function look({ mailboxTo, faults, note }: FakeWritesOptions, operation: 'made' | 'read', id: string): FakeCalendar {
  note(operation);
  const mailbox = mailboxTo('read');
  faults.strike(mailbox.address, { operation });
  return calendarOf(mailbox, id);
}

function create(
  mailbox: FakeMailbox,
  calendar: FakeCalendar,
  { calendarRemoteId, key, draft, marker, notify }: CreateRequest,
  names: 'ours' | 'its',
): RemoteMeeting {
  checkDraft(draft);
  const { lines } = draft;
  const remoteId = names === 'ours' ? idOf(key) : `new-${calendar.sequence + 1}`;
  const its = { remoteId, iCalUid: `${remoteId}@fake`, marker, content: contentOf(draft, mailbox.address) };
  calendar.madeBy.set(key, remoteId);
  mailbox.writes.push({ operation: 'create', calendarRemoteId, remoteId });
  if (notify) mailbox.mails.push(...mailsOf(null, its.content, mailbox.address));
  return mailbox.put(
    lines.length === 0 ? { kind: 'single', ...its } : { kind: 'series', ...its, lines },
    calendarRemoteId,
  );
}

/** @throws ProviderError Rejected where it was deleted, or is another meeting's */
function madeBefore(calendar: FakeCalendar, remoteId: string, { marker }: CreateRequest): LiveMeeting {
  const item = itemAt(calendar, { type: 'item', remoteId });
  if (item?.marker?.meetingId === marker.meetingId && item.marker.deployment === marker.deployment) return item;
  throw new ProviderError('Rejected', { detail: 'fake key is taken' });
}

function update(mailbox: FakeMailbox, calendar: FakeCalendar, request: UpdateRequest): RemoteMeeting {
  const { calendarRemoteId, target, ifVersion, draft, fields, notify } = request;
  const before = inVersion(itemAt(calendar, target), ifVersion);
  if (fields.includes('time')) checkDraft(before.kind === 'exception' ? { ...draft, lines: [] } : draft);
  if (fields.includes('attendees') && !before.content.attendeesComplete) {
    throw new ProviderError('Rejected', { detail: 'fake attendees are not complete' });
  }
  const next = withDraft(before, request, mailbox.address);
  mailbox.writes.push({ operation: 'update', calendarRemoteId, remoteId: next.remoteId });
  if (notify) mailbox.mails.push(...mailsOf(before.content, next.content, mailbox.address));
  return mailbox.put(next, calendarRemoteId);
}

function remove(mailbox: FakeMailbox, calendar: FakeCalendar, request: RemoveRequest): void {
  const { calendarRemoteId, target, ifVersion, notify } = request;
  const before = inVersion(itemAt(calendar, target), ifVersion);
  const { remoteId } = before;
  mailbox.writes.push({ operation: 'remove', calendarRemoteId, remoteId });
  if (notify) mailbox.mails.push(...mailsOf(before.content, null, mailbox.address));
  if (before.kind !== 'exception') return mailbox.remove(remoteId, calendarRemoteId);
  const { seriesRemoteId, originalStart } = before;
  mailbox.put({ kind: 'cancelled', remoteId, seriesRemoteId, originalStart }, calendarRemoteId);
}

function inVersion(item: LiveMeeting | null, ifVersion: string | null): LiveMeeting {
  if (item === null) throw new ProviderError('Gone', { detail: 'fake item' });
  if (ifVersion === null || ifVersion === item.version) return item;
  throw new ProviderError('VersionConflict', { detail: 'fake version' });
}

/** Somebody else was faster: the same item in another version. */
function touch(mailbox: FakeMailbox, calendarRemoteId: string, target: WriteTarget): void {
  const calendar = calendarOf(mailbox, calendarRemoteId);
  const own = itemAt(calendar, target);
  const stored = own && calendar.item(own.remoteId);
  const item = stored ?? (target.type === 'occurrence' ? calendar.item(target.seriesRemoteId) : null);
  if (item !== null) mailbox.put(item, calendarRemoteId);
}

function calendarOf(mailbox: FakeMailbox, remoteId: string): FakeCalendar {
  const calendar = mailbox.calendars.get(remoteId);
  if (!calendar) throw new ProviderError('Gone', { detail: 'fake calendar' });
  return calendar;
}

function noAnswer(): never {
  throw new ProviderError('Unavailable', { detail: 'fake timeout' });
}
