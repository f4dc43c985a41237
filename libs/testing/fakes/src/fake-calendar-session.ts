import { instantOf } from '@daybook/domain';
import {
  type CalendarSession,
  type CalendarWrites,
  type ChangesRequest,
  type Cursor,
  type DeltaPage,
  type ItemRequest,
  ProviderError,
  type RemoteCalendar,
  type RemoteChange,
  type RemoteMeeting,
  type SyncWindow,
  type TranslateRequest,
} from '@daybook/provider-port';
import type { FakeFaultKind, FakeFaults, FakeOperation } from './fake-faults';
import type { FakeCalendar, FakeMailbox, StoredChange } from './fake-mailbox';

type Page = DeltaPage<RemoteMeeting>;

/** What a continuation says: where the listing stands and the state of the calendar when it began. */
interface Position {
  readonly epoch: number;
  /** Changes up to this one were there when the listing began; later ones come with the next delta run. */
  readonly upTo: number;
  /** Delta: the last change served. */
  readonly sequence: number;
  /** Everything: the last id served. */
  readonly remoteId: string;
}

export interface FakeSessionOptions {
  /** Throws what the access does not allow. */
  readonly mailbox: () => FakeMailbox;
  /** Absent where calendars are only read. */
  readonly writes?: CalendarWrites;
  /** Absent where no other provider's ids are known. */
  readonly translations?: ReadonlyMap<string, string>;
  readonly faults: FakeFaults;
  readonly pageSize: () => number;
  readonly note: (operation: string) => void;
}

/** A calendar listing like those of real providers: pages, continuations, cursors that die, changes under way. */
export function openFakeSession(options: FakeSessionOptions): CalendarSession {
  const { mailbox, writes, translations, faults, pageSize, note } = options;

  function strike(operation: FakeOperation, carriesCursor: boolean): ReadonlySet<FakeFaultKind> {
    note(operation);
    return faults.strike(mailbox().address, { operation, carriesCursor });
  }

  async function* calendars(): AsyncIterable<readonly RemoteCalendar[]> {
    strike('calendars', false);
    yield [...mailbox().calendars.values()].map(({ description }) => description);
  }

  async function* changes(request: ChangesRequest): AsyncIterable<Page> {
    let position = request.continueAt;
    for (;;) {
      const struck = strike('changes', position !== null || request.since !== null);
      if (struck.has('cut')) return;
      const calendar = mailbox().calendars.get(request.calendarRemoteId);
      if (!calendar) throw new ProviderError('Gone', { detail: 'fake calendar' });
      if (calendar.refused) throw new ProviderError('PermissionMissing', { detail: 'fake calendar' });
      if (struck.has('empty_page') || struck.has('endless_items')) {
        position = startOrGoOn(calendar, request, position);
        const changes = struck.has('endless_items') ? mailbox().neverSeen(pageSize()) : [];
        yield { changes, continuation: position, resume: null, complete: false };
        continue;
      }
      const page = pageAt(calendar, request, position, pageSize());
      if (struck.has('endless_page')) {
        yield { ...page, continuation: position ?? page.continuation, resume: null, complete: false };
        continue;
      }
      yield { ...page, changes: spoilt(page.changes, struck) };
      if (page.complete) return;
      position = page.continuation;
    }
  }

  async function item({ calendarRemoteId, remoteId }: ItemRequest): Promise<RemoteChange<RemoteMeeting>> {
    const struck = strike('item', false);
    const stored = mailbox().calendars.get(calendarRemoteId)?.changes.get(remoteId);
    if (!stored) throw new ProviderError('Gone', { detail: 'fake item' });
    const [change] = spoilt([changeOf(stored)], struck);
    return change ?? { type: 'removed', remoteId };
  }

  async function translateIds({ remoteIds }: TranslateRequest): Promise<ReadonlyMap<string, string>> {
    strike('translate', false);
    return new Map([...(translations ?? [])].filter(([theirs]) => remoteIds.includes(theirs)));
  }

  return {
    primary: 'primary',
    calendars,
    changes,
    item,
    ...(translations === undefined ? {} : { translateIds }),
    ...(writes === undefined ? {} : { writes }),
  };
}

function spoilt(changes: Page['changes'], struck: ReadonlySet<FakeFaultKind>): Page['changes'] {
  const [first, ...rest] = changes;
  if (!first) return changes;
  if (struck.has('doubled')) return [first, ...changes];
  if (!struck.has('bad_item')) return changes;
  const remoteId = first.type === 'upserted' ? first.item.remoteId : first.remoteId;
  return [{ type: 'unreadable', remoteId, reason: 'fake bad item' }, ...rest];
}

function startOrGoOn(calendar: FakeCalendar, request: ChangesRequest, continueAt: Cursor | null): Cursor {
  return JSON.stringify(startingPosition(calendar, request, continueAt));
}

function startingPosition(calendar: FakeCalendar, request: ChangesRequest, continueAt: Cursor | null): Position {
  const since = request.since === null ? null : cursorOf(request.since, calendar);
  return continueAt === null ? firstPosition(calendar, since) : positionOf(continueAt, calendar);
}

function pageAt(calendar: FakeCalendar, request: ChangesRequest, continueAt: Cursor | null, size: number): Page {
  const position = startingPosition(calendar, request, continueAt);
  const candidates =
    request.since === null ? everything(calendar, request.window, position) : delta(calendar, position);
  const served = candidates.slice(0, size);
  const last = served.at(-1);
  const complete = candidates.length <= size;
  const next = last ? { ...position, sequence: last.sequence, remoteId: last.remoteId } : position;
  return {
    changes: served.map(changeOf),
    continuation: complete ? null : JSON.stringify(next),
    resume: complete && request.window.type === 'all' ? `${calendar.epoch}.${position.upTo}` : null,
    complete,
  };
}

function changeOf({ remoteId, item }: StoredChange): RemoteChange<RemoteMeeting> {
  return item === null ? { type: 'removed', remoteId } : { type: 'upserted', item };
}

function everything(calendar: FakeCalendar, window: SyncWindow, after: Position): readonly StoredChange[] {
  return [...calendar.changes.values()]
    .filter(({ remoteId, item }) => item !== null && remoteId > after.remoteId && touches(item, window))
    .sort((one, other) => (one.remoteId < other.remoteId ? -1 : 1));
}

function delta(calendar: FakeCalendar, after: Position): readonly StoredChange[] {
  return [...calendar.changes.values()]
    .filter(({ sequence }) => sequence > after.sequence && sequence <= after.upTo)
    .sort((one, other) => one.sequence - other.sequence);
}

/** A series counts as soon as it starts before the end of the window, as real providers list masters generously. */
function touches(item: RemoteMeeting, window: SyncWindow): boolean {
  if (window.type === 'all') return true;
  if (item.kind === 'cancelled') return true;
  const startsBefore = instantOf(item.content.start) < window.to;
  return item.kind === 'series' ? startsBefore : startsBefore && instantOf(item.content.end) > window.from;
}

function firstPosition(calendar: FakeCalendar, since: number | null): Position {
  return { epoch: calendar.epoch, upTo: calendar.sequence, sequence: since ?? 0, remoteId: '' };
}

function cursorOf(cursor: Cursor, calendar: FakeCalendar): number {
  const [epoch, sequence] = cursor.split('.').map(Number);
  if (epoch !== calendar.epoch || sequence === undefined) throw expired();
  return sequence;
}

function positionOf(continuation: Cursor, calendar: FakeCalendar): Position {
  const read = parsed(continuation);
  if (!isPosition(read) || read.epoch !== calendar.epoch) throw expired();
  return read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'epoch' in value && 'upTo' in value && 'remoteId' in value;
}

function expired(): ProviderError {
  return new ProviderError('CursorExpired', { detail: 'fake cursor' });
}
