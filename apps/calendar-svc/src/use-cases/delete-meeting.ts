import {
  deleteMeetingQuerySchema,
  fail,
  parseQuery,
  ProblemError,
  type Caller,
  type Meeting,
} from '@daybook/contracts';
import type { Intention } from '../ports/meeting-writer';
import type { CalendarRecord, MeetingRecord } from '../ports/records';
import { awaitWrite, isWaiting } from './await-write';
import { emptyWriting, pendingAfter, scopeOf, targetOf, type EditTarget } from './edit-target';
import { findMeeting, viewFound, type Found } from './get-meeting';
import { invitedTo, mailsAlways, refuseMail } from './kept-attendees';
import type { ItemChange, StoredUnit } from './plan-changes';
import { changedItem, splitAt } from './plan-update';
import { cancelledOf } from './settle-write';
import { unitOf, untilCommitted } from './unit-of';
import { viewerOf, type Viewer } from './viewer';
import { refusalProblem, refuseDelete, wantedVersion } from './write-doors';
import type { WriteSurroundings } from './write-surroundings';

export interface DeleteRequest {
  readonly caller: Caller;
  readonly id: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly ifMatch?: string | undefined;
}

interface PlannedRemoval {
  readonly intention: Intention;
  /** Null: nobody has to be waited for. */
  readonly waitsFor: string | null;
  readonly wake: string | null;
}

/** `DELETE /v1/meetings/{id}`: only what was scheduled here. Where a provider has it, it goes there first. */
export async function deleteMeeting<Tx>(
  request: DeleteRequest,
  around: WriteSurroundings<Tx>,
): Promise<{ done: boolean; meeting: Meeting | null }> {
  const { caller, id } = request;
  if (caller.role === 'service') throw fail('forbidden');
  const committed = await untilCommitted(async () => {
    const viewer = await viewerOf(caller, around.store, around.policy);
    const planned = await plan(request, viewer, around);
    return (await around.writer.commit([planned.intention])) ? { planned, viewer } : null;
  });
  if (!committed) throw fail('conflict', 'The meeting is being changed by somebody else. Try again.');
  const { planned, viewer } = committed;
  if (planned.wake !== null) around.wake(planned.wake);
  return answer(id, planned, viewer, around);
}

async function answer<Tx>(
  id: string,
  { waitsFor }: PlannedRemoval,
  viewer: Viewer,
  around: WriteSurroundings<Tx>,
): Promise<{ done: boolean; meeting: Meeting | null }> {
  const record = waitsFor === null ? null : await awaitWrite(waitsFor, around);
  if (record?.writing?.refused) throw new ProblemError(refusalProblem(record));
  if (!record || !isWaiting(record)) return { done: true, meeting: null };
  const found = await findMeeting(id, viewer, around.reader);
  return { done: false, meeting: await viewFound(found, viewer, around.reader) };
}

async function plan<Tx>(
  request: DeleteRequest,
  viewer: Viewer,
  around: WriteSurroundings<Tx>,
): Promise<PlannedRemoval> {
  const found = await findMeeting(request.id, viewer, around.reader);
  const view = await viewFound(found, viewer, around.reader);
  refuseDelete(view);
  const { scope: asked, notify } = parseQuery(deleteMeetingQuerySchema, request.query);
  const scope = scopeOf(found, asked);
  const target = targetOf(found, scope);
  const lies = target && viewer.visible.get(target.present.calendarId);
  if (!target || !lies) throw fail('not_found');
  const wanted = wantedVersion(request.ifMatch);
  if (wanted !== null && wanted !== view.version)
    throw fail('version_conflict', undefined, { currentVersion: view.version });
  const unitId = target.present.seriesId ?? target.present._id;
  const removal = {
    found,
    target,
    lies,
    viewer,
    notify: notify === 'true',
    mails: mailsAlways(lies, viewer, around),
    stored: await unitOf(found, around.writer),
  };
  const items = scope === 'following' ? following(removal, around) : [removalOf(removal, scope, around)].flat();
  const waits = items.some(({ type }) => type === 'intended');
  return {
    intention: { calendarId: lies._id, unitId, stored: removal.stored, items },
    waitsFor: waits ? target.present._id : null,
    wake: waits ? lies.connectionId : null,
  };
}

interface Removal {
  readonly found: Found;
  readonly target: EditTarget;
  readonly lies: CalendarRecord;
  readonly viewer: Viewer;
  readonly notify: boolean;
  readonly mails: boolean;
  readonly stored: StoredUnit;
}

/** The series ends before the occurrence; from the first one on it is the whole. */
function following<Tx>(removal: Removal, around: WriteSurroundings<Tx>): ItemChange[] {
  const { found, target, lies, viewer, notify } = removal;
  const base = target.present;
  const wish = { ...base.content, attendees: invitedTo(base), lines: base.lines };
  const mails = (): boolean => removal.mails;
  const change = { found, target, lies, viewer, base, mails, scope: 'following' as const, body: { notify }, wish };
  const split = splitAt(change);
  if (!split) return removalOf(removal, 'all', around);
  const item = changedItem(change, { ...wish, lines: split.before }, around);
  return item ? [item] : [];
}

function removalOf<Tx>(
  { target, lies, notify, mails, stored }: Removal,
  scope: 'this' | 'all' | 'following',
  around: WriteSurroundings<Tx>,
): ItemChange[] {
  const { present, before } = target;
  const at = new Date(around.clock.now());
  const pending = pendingAfter(present, 'remove', { calendar: lies, at, notify });
  const never = present.writing?.pending?.operation === 'create' && present.writing.pending.sent === null;
  const occurrence = scope === 'this' && present.seriesId !== null;
  if (pending && !never) {
    refuseMail(present, { mails, notify });
    const writing = present.writing ?? emptyWriting();
    const after = { ...present, writing: { ...writing, edits: writing.edits + 1, pending, refused: null } };
    return [{ type: 'intended', before, after, event: null, by: 'client' }];
  }
  if (occurrence) return [{ ...cancelledOf(present), before }];
  return [...stored.items.values()].map(removed);
}

/** One that has still to go from where it was before leaves its name behind until then. */
function removed(item: MeetingRecord): ItemChange {
  const event = item.sequence > 0 && item.kind !== 'cancelled' ? ('cancelled' as const) : null;
  const { writing } = item;
  if (!writing || writing.left.length === 0) return { type: 'removed', before: item, after: item, event, by: 'client' };
  const after: MeetingRecord = {
    ...item,
    kind: 'cancelled',
    content: null,
    join: null,
    lines: [],
    writing: { ...writing, pending: null },
  };
  return { type: event ? 'updated' : 'intended', before: item, after, event, by: 'client' };
}
