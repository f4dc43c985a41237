import { isDeepStrictEqual } from 'node:util';
import {
  changeMeetingBodySchema,
  changeMeetingQuerySchema,
  fail,
  parseBody,
  parseQuery,
  ProblemError,
  type Caller,
  type ChangeMeetingBody,
  type Meeting,
  type MeetingChanged,
  type RawBody,
} from '@daybook/contracts';
import type { CalendarRecord } from '../ports/records';
import { awaitWrite, isWaiting } from './await-write';
import type { ChangeContext, PlannedChange } from './change-context';
import { changedWish } from './change-wish';
import { scopeOf, targetOf, type EditTarget } from './edit-target';
import { findMeeting, viewFound, type Found } from './get-meeting';
import { mailsAlways } from './kept-attendees';
import { refuse } from './meeting-input';
import { planMove } from './plan-move';
import { planSeparate } from './plan-separate';
import { planUpdate } from './plan-update';
import { untilCommitted } from './unit-of';
import { refusalProblem, refuseEdit, wantedVersion, writableCalendar } from './write-doors';
import { viewerOf, type Viewer } from './viewer';
import type { WriteSurroundings } from './write-surroundings';

export interface ChangeRequest {
  readonly caller: Caller;
  readonly id: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly ifMatch?: string | undefined;
  readonly body: RawBody;
}

/**
 * `PATCH /v1/meetings/{id}`. A changed time makes a separate event and leaves the old one, where the policy does not say otherwise;
 * everything else is changed in place. `done` says whether the provider has it.
 */
export async function changeMeeting<Tx>(
  request: ChangeRequest,
  around: WriteSurroundings<Tx>,
): Promise<{ done: boolean; changed: MeetingChanged }> {
  const { caller } = request;
  if (caller.role === 'service') throw fail('forbidden');
  const committed = await untilCommitted(async () => {
    const viewer = await viewerOf(caller, around.store, around.policy);
    const planned = await plan(request, viewer, around);
    const { intentions, alsoIn = [] } = planned;
    return intentions.length === 0 || (await around.writer.commit(intentions, { alsoIn })) ? planned : null;
  });
  if (!committed) throw fail('conflict', 'The meeting is being changed by somebody else. Try again.');
  for (const connectionId of committed.wake) around.wake(connectionId);
  return answer(committed, caller, around);
}

async function plan<Tx>(request: ChangeRequest, viewer: Viewer, around: WriteSurroundings<Tx>): Promise<PlannedChange> {
  const found = await findMeeting(request.id, viewer, around.reader);
  const view = await viewFound(found, viewer, around.reader);
  refuseEdit(view);
  const body = parseBody(changeMeetingBodySchema, request.body);
  const { scope: asked } = parseQuery(changeMeetingQuerySchema, request.query);
  const scope = scopeOf(found, asked);
  const target = targetOf(found, scope);
  if (!target) throw fail('not_found');
  const lies = viewer.visible.get(target.present.calendarId);
  if (!lies) throw fail('not_found');
  const moves = movesTo(body, view, lies, viewer);
  const words = { brand: around.brand, note: around.host.note };
  // The times of an occurrence are its own, also where all of its series is changed.
  const base = scope === 'this' ? target.present : atOccurrence(target, found);
  const wish = changedWish({ body, present: base, whole: scope !== 'this', words });
  refuseStale(request.ifMatch, view);
  const mails = (calendar: CalendarRecord): boolean => mailsAlways(calendar, viewer, around);
  const change: ChangeContext = { found, target, scope, lies, wish, base, body, viewer, mails };
  const moved = !sameTimes(wish, base.content);
  if (moved && lies.service !== null && viewer.policy.reschedule === 'separate') return planSeparate(change, around);
  if (moves !== 'stays') return planMove(change, moves, around);
  return planUpdate(change, around);
}

/** The item that is changed with the times of the occurrence that was named. */
function atOccurrence({ present }: EditTarget, { row }: Found): EditTarget['present'] {
  return { ...present, content: { ...present.content, start: row.start, end: row.end } };
}

function sameTimes(one: { start: unknown; end: unknown }, other: { start: unknown; end: unknown }): boolean {
  return isDeepStrictEqual(one.start, other.start) && isDeepStrictEqual(one.end, other.end);
}

/** Where a meeting is to lie; null: in no calendar. Only what was scheduled here moves. */
function movesTo(
  { calendarId }: ChangeMeetingBody,
  view: Meeting,
  lies: CalendarRecord,
  viewer: Viewer,
): CalendarRecord | null | 'stays' {
  if (calendarId === undefined || calendarId === (view.calendar?.id ?? null)) return 'stays';
  if (view.origin !== 'client')
    return refuse([
      {
        field: 'calendarId',
        code: 'stays_in_calendar',
        detail: 'Only a meeting scheduled here can change its calendar.',
      },
    ]);
  if (calendarId === null) return lies.service === null ? 'stays' : null;
  return writableCalendar(calendarId, viewer);
}

function refuseStale(ifMatch: string | undefined, { version }: Meeting): void {
  const wanted = wantedVersion(ifMatch);
  if (wanted !== null && wanted !== version) throw fail('version_conflict', undefined, { currentVersion: version });
}

async function answer<Tx>(
  planned: PlannedChange,
  caller: Caller,
  around: WriteSurroundings<Tx>,
): Promise<{ done: boolean; changed: MeetingChanged }> {
  const record = await awaitWrite(planned.waitsFor, around);
  // An intention clears what was refused before it.
  if (record?.writing?.refused) throw new ProblemError(refusalProblem(record));
  // It may lie in a calendar that was not there before.
  const viewer = await viewerOf(caller, around.store, around.policy);
  const look = async (id: string): Promise<Meeting> =>
    viewFound(await findMeeting(id, viewer, around.reader), viewer, around.reader);
  const meeting = await look(planned.meetingId);
  const separate = planned.separateId === undefined ? null : await look(planned.separateId);
  return {
    done: record === null || !isWaiting(record),
    changed: { meeting, editUrl: (separate ?? meeting).editUrl, ...(separate ? { separateEvent: separate } : {}) },
  };
}
