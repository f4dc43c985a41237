import { isDeepStrictEqual } from 'node:util';
import { daysBetween, splitRecurrence, type OriginalStart } from '@daybook/domain';
import { newId } from '@daybook/platform/crypto';
import type { CalendarRecord, MeetingRecord } from '../ports/records';
import { carriedOccurrences } from './carried-occurrences';
import type { ChangeContext, PlannedChange } from './change-context';
import { intentionFor, newMeetingRecord, newPending, timing, type MeetingWish } from './draft-record';
import { emptyWriting, pendingAfter, type EditTarget } from './edit-target';
import { invitedTo, placeAttendees, refuseMail } from './kept-attendees';
import { refuse } from './meeting-input';
import type { ItemChange, StoredUnit } from './plan-changes';
import { linesAt, otherTime, takenOutOf } from './plan-taken-out';
import { shiftHead } from './shift-times';
import { unitOf } from './unit-of';
import { dateIn, untilAt } from './until-at';
import type { WriteSurroundings } from './write-surroundings';

/** A change in place: of one occurrence, of this and those that follow, or of all. */
export async function planUpdate<Tx>(change: ChangeContext, around: WriteSurroundings<Tx>): Promise<PlannedChange> {
  const { scope, found, lies, target } = change;
  if (scope === 'following') return planFollowing(change, around);
  const unitId = target.present.seriesId ?? target.present._id;
  const stored = await unitOf(found, around.writer);
  const wish = scope === 'all' ? wholeWish(change, takenOutOf(stored.items, unitId)) : change.wish;
  const item = changedItem(change, wish, around);
  return {
    intentions: item ? [{ calendarId: lies._id, unitId, stored, items: [item, ...alongWith(item, stored, lies)] }] : [],
    meetingId: found.row._id,
    waitsFor: target.present._id,
    wake: lies.service === null ? [] : [lies.connectionId],
  };
}

/** Single occurrences of a series that no provider keeps. */
function alongWith({ before, after }: ItemChange, { items }: StoredUnit, lies: CalendarRecord): readonly ItemChange[] {
  if (lies.service !== null || before?.kind !== 'series' || after.content === null) return [];
  const { content, lines } = after;
  return carriedOccurrences(items.values(), { before, after: { content, lines }, calendar: lies });
}

/**
 * Of a series the times of its head, moved as the occurrence that was named. At another time of day, what was taken out of it stays
 * out by its date. What was changed by itself keeps what was changed; that is for its provider to carry over.
 */
export function wholeWish(
  { wish, base, target, body }: ChangeContext,
  takenOut: readonly OriginalStart[] = [],
): MeetingWish {
  const { start, end } = target.present.content;
  const times = shiftHead({ start, end }, base.content, wish);
  const moved = { from: start, to: times.start };
  const days = daysBetween(dateIn(start), dateIn(times.start));
  // Who gives the rule as well gives its end.
  const rule = body.recurrence === undefined ? untilAt(wish.lines, { ...moved, days }) : wish.lines;
  return { ...wish, ...times, lines: otherTime(moved) ? linesAt(rule, moved, takenOut) : rule };
}

/** Null where nothing differs. */
export function changedItem<Tx>(change: Changing, wish: MeetingWish, around: WriteSurroundings<Tx>): ItemChange | null {
  const { lies, target } = change;
  const { present, before } = target;
  const after = changedRecord(change, wish, around);
  const same = isDeepStrictEqual(after.content, present.content) && isDeepStrictEqual(after.lines, present.lines);
  const keptSame = isDeepStrictEqual(after.writing?.kept ?? [], present.writing?.kept ?? []);
  if (same && keptSame) return null;
  if (same && before !== null)
    return { type: 'updated', before, after: unasked(after, before), event: 'updated', by: 'client' };
  const type = lies.service !== null ? 'intended' : before === null ? 'created' : 'updated';
  return { type, before, after, event: type === 'intended' ? null : 'updated', by: 'client' };
}

type Changing = Pick<ChangeContext, 'target' | 'lies' | 'body' | 'mails'>;

/** Only who stays here differs: the provider has nothing to be told. */
function unasked(after: MeetingRecord, { writing }: MeetingRecord): MeetingRecord {
  return after.writing ? { ...after, writing: { ...after.writing, pending: writing?.pending ?? null } } : after;
}

function changedRecord<Tx>(
  { target: { present }, lies, body, mails }: Changing,
  wish: MeetingWish,
  around: WriteSurroundings<Tx>,
): MeetingRecord {
  const mailing = { mails: mails(lies), notify: body.notify ?? false };
  refuseMail(present, mailing);
  const { lines, ...fields } = wish;
  const { attendees, kept } = placeAttendees(wish.attendees, mailing);
  const content = { ...present.content, ...fields, attendees };
  const writing = { ...(present.writing ?? emptyWriting()), kept };
  const at = new Date(around.clock.now());
  const pending = pendingAfter(present, 'update', { calendar: lies, at, notify: mailing.notify });
  const { kind, ...times } = timing({ ...wish, lines: [...lines] }, lies.timeZone ?? 'UTC');
  return {
    ...present,
    ...times,
    kind: present.kind === 'exception' ? 'exception' : kind,
    content,
    join: around.detectJoin(content),
    writing: { ...writing, edits: writing.edits + 1, pending, refused: null },
  };
}

/** The series ends before the occurrence, and another one with the same number begins with it. */
async function planFollowing<Tx>(change: ChangeContext, around: WriteSurroundings<Tx>): Promise<PlannedChange> {
  const { found, lies, target, wish, body } = change;
  const split = splitAt(change);
  if (!split) return planUpdate({ ...change, scope: 'all' }, around);
  const stored = await unitOf(found, around.writer);
  const { start, end } = target.present.content;
  const ended = changedItem(change, { ...wishOf(target), start, end, lines: split.before }, around);
  const takenOut = takenOutOf(stored.items, target.present._id).filter(
    (original) => instant(original) > instant(found.row.originalStart),
  );
  const days = daysBetween(dateIn(change.base.content.start), dateIn(wish.start));
  const moved = { from: start, to: wish.start };
  const rest = body.recurrence === undefined ? untilAt(split.after, { ...moved, days }) : wish.lines;
  const lines = linesAt(rest, moved, takenOut);
  const record = continuation(change, { ...wish, lines }, around);
  return {
    intentions: [
      ...(ended
        ? [
            {
              calendarId: lies._id,
              unitId: target.present._id,
              stored,
              items: [ended, ...beyond(stored.items, found, lies)],
            },
          ]
        : []),
      intentionFor(record, lies),
    ],
    meetingId: record._id,
    waitsFor: record._id,
    wake: lies.service === null ? [] : [lies.connectionId],
  };
}

export function splitAt({ found: { row }, target, lies }: ChangeContext) {
  const { originalStart } = row;
  if (!originalStart)
    return refuse([
      { field: 'scope', code: 'not_in_a_series', detail: 'Only an occurrence has others that follow it.' },
    ]);
  const { start, end } = target.present.content;
  const series = { start, end, lines: target.present.lines, floatingZone: lies.timeZone ?? 'UTC' };
  return splitRecurrence(series, originalStart);
}

/** A new series with the number, passcode and link of the one it goes on from. */
export function continuation<Tx>(
  { target: { present }, lies, body, mails }: ChangeContext,
  wish: MeetingWish,
  around: WriteSurroundings<Tx>,
): MeetingRecord {
  const at = new Date(around.clock.now());
  return newMeetingRecord({
    _id: newId('mtg'),
    calendar: lies,
    wish,
    hosted: present.writing?.hosted ?? hostedOf(present),
    location: present.content.location,
    organizer: present.content.organizer,
    detectJoin: around.detectJoin,
    mails: mails(lies),
    pending: lies.service === null ? null : newPending('create', at, body.notify ?? false),
  });
}

/** What a meeting that was scheduled elsewhere can be joined by. */
function hostedOf({ join }: MeetingRecord): NonNullable<MeetingRecord['writing']>['hosted'] {
  if (!join?.recognised || !join.url || !join.number || join.kind === 'event') return null;
  return { kind: join.kind, number: join.number, passcode: join.passcode ?? '', url: join.url };
}

function wishOf({ present }: EditTarget): MeetingWish {
  const { title, description, visibility, start, end } = present.content;
  return { title, description, attendees: invitedTo(present), visibility, start, end, lines: present.lines };
}

/** Changed occurrences from there on go with the series that ends: the provider drops them with it. */
function beyond(
  items: ReadonlyMap<string, MeetingRecord>,
  { row }: ChangeContext['found'],
  lies: ChangeContext['lies'],
): ItemChange[] {
  const from = instant(row.originalStart);
  return [...items.values()]
    .filter((item) => item.seriesId !== null && instant(item.originalStart) >= from)
    .map((item) => ({
      ...{ type: 'removed' as const, before: item, after: item, by: 'client' as const },
      event: lies.service === null && item.kind !== 'cancelled' ? ('updated' as const) : null,
    }));
}

function instant(original: OriginalStart | null): number {
  if (original === null) return -Infinity;
  return 'date' in original ? Date.parse(`${original.date}T00:00:00Z`) : original.instant;
}
