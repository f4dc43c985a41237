import { draftOf } from '@daybook/sync-engine';
import type { MeetingContent } from '@daybook/provider-port';
import type { Scope } from '@daybook/contracts';
import type { CalendarRecord, MeetingRecord, PendingWrite, WritingPart } from '../ports/records';
import type { Found } from './get-meeting';
import { newPending } from './draft-record';

/** Which item a change is of: the whole (a single or a series), or one occurrence with an item of its own from now on. */
export interface EditTarget {
  readonly before: MeetingRecord | null;
  /** As it is now; of an occurrence without an item of its own what its series says. */
  readonly present: MeetingRecord & { readonly content: MeetingContent };
}

/** Without a scope: `this` for an occurrence's id, `all` for a series' and for what stands alone. */
export function scopeOf({ row, item }: Found, asked: Scope | undefined): Scope {
  if (row.seriesId === null || item.kind === 'single') return 'all';
  const isHead = row._id === row.seriesId;
  if (isHead) return 'all';
  return asked ?? 'this';
}

/** Null where there is nothing to change: an occurrence that has been taken out. */
export function targetOf({ row, item, series }: Found, scope: Scope): EditTarget | null {
  const whole = scope === 'this' ? withKept(item, series) : (series ?? item);
  if (scope !== 'this' || item.kind !== 'series') return withContent(whole, whole);
  return withContent(null, occurrenceItem(row, item));
}

/** Who is invited to a series is invited to an occurrence that was changed elsewhere. */
function withKept(item: MeetingRecord, series: MeetingRecord | null): MeetingRecord {
  const kept = series?.writing?.kept ?? [];
  if (kept.length === 0 || item.kind !== 'exception' || item.writing?.kept) return item;
  return { ...item, writing: { ...(item.writing ?? emptyWriting()), kept } };
}

function withContent(before: MeetingRecord | null, record: MeetingRecord): EditTarget | null {
  const { content } = record;
  return content === null ? null : { before, present: { ...record, content } };
}

/** An occurrence as an item: what its series says, at its own time. */
export function occurrenceItem(row: Found['row'], series: MeetingRecord): MeetingRecord {
  const { content, writing, ...rest } = series;
  return {
    ...rest,
    _id: row._id,
    remoteId: '',
    remoteVersion: '',
    kind: 'exception',
    seriesId: series._id,
    originalStart: row.originalStart,
    lines: [],
    content: content === null ? null : { ...content, start: row.start, end: row.end },
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    lastEndsAt: null,
    sequence: 0,
    ...(writing
      ? { writing: { ...emptyWriting(), hosted: writing.hosted, ...(writing.kept ? { kept: writing.kept } : {}) } }
      : {}),
  };
}

export function emptyWriting(): WritingPart {
  return { hosted: null, creations: 0, edits: 0, steps: 0, pending: null, left: [], refused: null, overridden: [] };
}

export interface Pend {
  readonly calendar: Pick<CalendarRecord, 'service'>;
  readonly at: Date;
  readonly notify: boolean;
}

/**
 * What waits after a change or a removal: it joins what waits already. Null where no provider has the item.
 */
export function pendingAfter(
  present: MeetingRecord & { readonly content: MeetingContent },
  operation: 'update' | 'remove',
  { calendar, at, notify }: Pend,
): PendingWrite | null {
  if (calendar.service === null) return null;
  const waiting = present.writing?.pending;
  if (!waiting) return { ...newPending(operation, at, notify), agreed: draftOf(present.content, present.lines) };
  const joined = operation === 'update' ? waiting.operation : operation;
  return { ...waiting, operation: joined, notify: waiting.notify || notify, attempts: 0, notBefore: at };
}
