import type {
  CalendarSession,
  ChangesRequest,
  Cursor,
  DeltaPage,
  Provider,
  ProviderAccess,
  ProviderErrorKind,
  RemoteCalendar,
  RemoteChange,
  RemoteMeeting,
  SyncWindow,
} from '@daybook/provider-port';
import type { ConformanceSubject } from './conformance-subject';

/** What a finished listing gave. */
export interface Listed {
  readonly pages: readonly DeltaPage<RemoteMeeting>[];
  readonly changes: readonly RemoteChange<RemoteMeeting>[];
  /** Items by title; cancelled occurrences have none. */
  readonly byTitle: ReadonlyMap<string, Exclude<RemoteMeeting, { kind: 'cancelled' }>>;
  readonly resume: Cursor | null;
  readonly complete: boolean;
}

export interface ListingOptions {
  readonly since?: Cursor | null;
  readonly window?: SyncWindow;
  readonly continueAt?: Cursor | null;
  /** The mailbox's test calendar, when absent. */
  readonly calendarRemoteId?: string;
}

export function sessionOf(provider: Provider, access: ProviderAccess): CalendarSession {
  if (!provider.calendar) throw new Error(`${provider.key} has no calendar`);
  return provider.calendar.open(access);
}

export function requestFor(subject: ConformanceSubject, options: ListingOptions = {}): ChangesRequest {
  return {
    calendarRemoteId: options.calendarRemoteId ?? subject.mailbox.calendarRemoteId,
    since: options.since ?? null,
    window: options.window ?? { type: 'all' },
    continueAt: options.continueAt ?? null,
  };
}

/** Lists to the end. Stops with an error after 200 pages: no case is that long. */
export async function list(subject: ConformanceSubject, options: ListingOptions = {}): Promise<Listed> {
  const session = sessionOf(subject.provider, await subject.access());
  const pages: DeltaPage<RemoteMeeting>[] = [];
  for await (const page of session.changes(requestFor(subject, options))) {
    pages.push(page);
    if (pages.length > 200) throw new Error('the listing has no end');
  }
  return summed(pages);
}

function summed(pages: readonly DeltaPage<RemoteMeeting>[]): Listed {
  const changes = pages.flatMap((page) => page.changes);
  const byTitle = new Map<string, Exclude<RemoteMeeting, { kind: 'cancelled' }>>();
  for (const change of changes) {
    if (change.type === 'upserted' && change.item.kind !== 'cancelled')
      byTitle.set(change.item.content.title, change.item);
  }
  const last = pages.at(-1);
  return { pages, changes, byTitle, resume: last?.resume ?? null, complete: last?.complete ?? false };
}

/** A full listing's cursor. */
export async function cursorOf(subject: ConformanceSubject): Promise<Cursor> {
  const { resume } = await list(subject);
  if (resume === null) throw new Error('a full listing gave no cursor');
  return resume;
}

/** One item by its name; `cannot` where the provider has no such call. */
export async function itemOf(
  subject: ConformanceSubject,
  remoteId: string,
): Promise<RemoteChange<RemoteMeeting> | 'cannot'> {
  const session = sessionOf(subject.provider, await subject.access());
  const { calendarRemoteId } = subject.mailbox;
  return session.item ? session.item({ calendarRemoteId, remoteId, timeZone: 'Europe/Berlin' }) : 'cannot';
}

export async function calendarsOf(
  subject: ConformanceSubject,
  access?: ProviderAccess,
): Promise<readonly RemoteCalendar[]> {
  const session = sessionOf(subject.provider, access ?? (await subject.access()));
  const calendars: RemoteCalendar[] = [];
  for await (const page of session.calendars()) calendars.push(...page);
  return calendars;
}

/** Expects a rejection with a `ProviderError` of one kind. */
export async function expectRefusal(work: Promise<unknown>, kind: ProviderErrorKind): Promise<void> {
  await expect(work).rejects.toMatchObject({ name: 'ProviderError', kind });
}
