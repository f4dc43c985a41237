import { fail, ProblemError, type Caller, type Meeting } from '@daybook/contracts';
import type { CalendarRecord, MeetingRecord, PendingWrite, WritingPart } from '../ports/records';
import { awaitWrite, isWaiting } from './await-write';
import { timing } from './draft-record';
import { findMeeting, viewFound } from './get-meeting';
import type { ItemChange } from './plan-changes';
import { unitOf, untilCommitted } from './unit-of';
import { viewerOf, type Viewer } from './viewer';
import type { WriteSurroundings } from './write-surroundings';

/**
 * `POST /v1/meetings/{id}/withdraw`: takes back what waits to be written. What has gone out already may be in effect, so there the
 * way back is another write, and the answer says that it waits.
 */
export async function withdrawWrite<Tx>(
  { caller, id }: { readonly caller: Caller; readonly id: string },
  around: WriteSurroundings<Tx>,
): Promise<{ done: boolean; meeting: Meeting | null }> {
  if (caller.role === 'service') throw fail('forbidden');
  const committed = await untilCommitted(async () => {
    const viewer = await viewerOf(caller, around.store, around.policy);
    const found = await findMeeting(id, viewer, around.reader);
    const { item } = found;
    const { writing } = item;
    if (!writing?.pending) throw fail('conflict', 'Nothing of this meeting waits to be written.');
    const stored = await unitOf(found, around.writer);
    const change = undo(item, writing, writing.pending, viewer);
    const calendarId = change.type === 'removed' ? item.calendarId : change.after.calendarId;
    const alsoIn = calendarId === item.calendarId ? [] : [item.calendarId];
    const unitId = item.seriesId ?? item._id;
    const done = await around.writer.commit([{ calendarId, unitId, stored, items: [change] }], { alsoIn });
    return done ? { item, viewer } : null;
  });
  if (!committed) throw fail('conflict', 'The meeting is being changed by somebody else. Try again.');
  const { item, viewer } = committed;
  around.wake(item.connectionId);
  return answer(id, item._id, viewer, around);
}

async function answer<Tx>(
  id: string,
  itemId: string,
  viewer: Viewer,
  around: WriteSurroundings<Tx>,
): Promise<{ done: boolean; meeting: Meeting | null }> {
  const record = await awaitWrite(itemId, around);
  const found = await findMeeting(id, viewer, around.reader).catch((error: unknown) => {
    if (record === null && error instanceof ProblemError && error.problem.code === 'not_found') return null;
    throw error;
  });
  const meeting = found && (await viewFound(found, viewer, around.reader));
  return { done: record === null || !isWaiting(record), meeting };
}

function undo(item: MeetingRecord, writing: WritingPart, pending: PendingWrite, viewer: Viewer): ItemChange {
  const base = { before: item, event: null, by: 'client' as const };
  const edited = { ...writing, edits: writing.edits + 1 };
  if (pending.operation === 'create') {
    if (pending.sent !== null)
      return {
        ...base,
        type: 'intended',
        after: { ...item, writing: { ...edited, pending: { ...pending, operation: 'remove' } } },
      };
    const back = placeBefore(item, edited);
    return back ? { ...base, type: 'intended', after: back } : { ...base, type: 'removed', after: item };
  }
  // An occurrence that no provider knows by itself is its series' again.
  if (item.kind === 'exception' && item.remoteVersion === '' && pending.sent === null)
    return { ...base, type: 'removed', after: item };
  const agreed = withAgreed(item, pending, viewer.visible.get(item.calendarId));
  const still = pending.sent === null ? null : { ...pending, operation: 'update' as const };
  return { ...base, type: 'intended', after: { ...agreed, writing: { ...edited, pending: still } } };
}

/** Back to the calendar it was to move from. Null where it is new. */
function placeBefore(item: MeetingRecord, writing: WritingPart): MeetingRecord | null {
  const left = writing.left.at(-1);
  if (!left || left.sent) return null;
  const { calendarId, connectionId, remoteId, remoteVersion, former } = left;
  const { former: _elsewhere, ...meeting } = item;
  return {
    ...meeting,
    ...{ calendarId, connectionId, remoteId, remoteVersion, ...(former ? { former } : {}) },
    writing: { ...writing, pending: null, left: writing.left.slice(0, -1) },
  };
}

/** As both sides last agreed it to be. */
function withAgreed(
  item: MeetingRecord,
  { agreed }: PendingWrite,
  calendar: CalendarRecord | undefined,
): MeetingRecord {
  if (agreed === null || item.content === null) return item;
  const { lines, ...fields } = agreed;
  const { kind, ...times } = timing(agreed, calendar?.timeZone ?? 'UTC');
  return {
    ...item,
    ...times,
    kind: item.seriesId === null ? kind : item.kind,
    lines: [...lines],
    content: { ...item.content, ...fields },
  };
}
