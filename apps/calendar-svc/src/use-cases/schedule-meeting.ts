import { z } from 'zod';
import {
  calendarMeetingSchedule,
  fail,
  parseBody,
  ProblemError,
  scheduleMeetingBodySchema,
  type Caller,
  type FieldFault,
  type Meeting,
  type RawBody,
  type ScheduleMeetingBody,
} from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import type { CalendarRecord, HostedMeeting, MeetingRecord } from '../ports/records';
import { awaitWrite, isWaiting } from './await-write';
import { intentionFor, newMeetingRecord, newPending, type MeetingWish } from './draft-record';
import { findMeeting, viewFound } from './get-meeting';
import { mailsAlways } from './kept-attendees';
import {
  descriptionFaults,
  readAttendees,
  recurrenceFaults,
  refuse,
  topicFaults,
  visibilityOfInput,
} from './meeting-input';
import { meetingText } from './meeting-text';
import { readTimes } from './meeting-times';
import { viewerOf, type Viewer } from './viewer';
import { refusalProblem, writableCalendar } from './write-doors';
import type { WriteSurroundings } from './write-surroundings';

const scheduled = { ...calendarMeetingSchedule, output: z.object({ meetingId: z.string() }) };

export interface ScheduleRequest {
  readonly caller: Caller;
  readonly body: RawBody;
  readonly idempotencyKey?: string | undefined;
}

/**
 * `POST /v1/meetings`. The meeting is there with its number and link as soon as this answers; its calendar has it too (`done`), or
 * gets it as soon as the provider can be reached. A repetition with the same key answers with the same meeting.
 */
export async function scheduleMeeting<Tx>(
  request: ScheduleRequest,
  around: WriteSurroundings<Tx>,
): Promise<{ done: boolean; meeting: Meeting }> {
  const { caller } = request;
  if (caller.role === 'service') throw fail('forbidden');
  const { meetingId } = await around.once.run(scheduled, request, async (keep) => {
    const viewer = await viewerOf(caller, around.store, around.policy);
    const body = parseBody(scheduleMeetingBodySchema, request.body);
    if (body.hostUserId !== undefined && body.hostUserId !== caller.userId)
      throw fail('capability_not_available', 'Scheduling for another host is not offered in this release.');
    const calendar = await calendarOf(body.calendarId ?? null, viewer, around);
    const wish = readWish(body);
    const mails = mailsAlways(calendar, viewer, around);
    const record = await newRecord({ caller, body, calendar, wish, mails }, around);
    const answer = { meetingId: record._id };
    const committed = await around.writer.commit([intentionFor(record, calendar)], { last: (tx) => keep(answer, tx) });
    if (!committed) throw fail('conflict', 'The calendar has just gone. Choose another.');
    if (calendar.service !== null) around.wake(calendar.connectionId);
    return answer;
  });
  const record = await awaitWrite(meetingId, around);
  if (record?.writing?.refused?.operation === 'create' && record.writing.edits === 1)
    throw await undone(record, around);
  const viewer = await viewerOf(caller, around.store, around.policy);
  const found = await findMeeting(meetingId, viewer, around.reader);
  return { done: record !== null && !isWaiting(record), meeting: await viewFound(found, viewer, around.reader) };
}

/** Where it is to lie; the person's own calendar of meetings without one, where none is named. */
async function calendarOf<Tx>(
  calendarId: string | null,
  viewer: Viewer,
  around: WriteSurroundings<Tx>,
): Promise<CalendarRecord> {
  if (calendarId === null) return around.writer.ownCalendar({ userId: viewer.userId, accountId: viewer.accountId });
  return writableCalendar(calendarId, viewer);
}

/** All that is wrong with a body is said at once. */
function readWish(body: ScheduleMeetingBody): MeetingWish {
  const times = readTimes(body);
  const { attendees, faults } = readAttendees(body.attendees ?? []);
  const lines = body.recurrence ?? [];
  const all: FieldFault[] = [
    ...topicFaults(body.topic),
    ...(Array.isArray(times) ? times : recurrenceFaults(lines, times)),
    ...faults,
    ...descriptionFaults(body.description ?? ''),
  ];
  if (all.length > 0 || Array.isArray(times)) return refuse(all);
  return {
    ...times,
    title: body.topic.trim(),
    description: body.description ?? '',
    lines,
    attendees,
    visibility: visibilityOfInput(body.visibility),
  };
}

interface Scheduling {
  readonly caller: Caller;
  readonly body: ScheduleMeetingBody;
  readonly calendar: CalendarRecord;
  readonly wish: MeetingWish;
  readonly mails: boolean;
}

async function newRecord<Tx>(
  { caller, body, calendar, wish, mails }: Scheduling,
  around: WriteSurroundings<Tx>,
): Promise<MeetingRecord> {
  const hosted = await issue(body.kind, around);
  const at = new Date(around.clock.now());
  return newMeetingRecord({
    _id: newId('mtg'),
    calendar,
    wish: {
      ...wish,
      description: meetingText(wish.description, hosted, { brand: around.brand, note: around.host.note }),
    },
    hosted,
    mails,
    organizer: await around.person(caller),
    detectJoin: around.detectJoin,
    pending: calendar.service === null ? null : newPending('create', at, body.notify ?? false),
  });
}

async function issue<Tx>(kind: HostedMeeting['kind'], around: WriteSurroundings<Tx>): Promise<HostedMeeting> {
  const hosted = await around.host.issue(kind);
  if (!hosted) throw fail('capability_not_available', 'This deployment cannot issue meeting numbers for its brand.');
  return hosted;
}

/** The provider said no while the person waited: nothing of it stays. */
async function undone<Tx>(record: MeetingRecord, around: WriteSurroundings<Tx>): Promise<ProblemError> {
  const stored = await around.writer.unit(record._id);
  const items = [...stored.items.values()].map((item) => ({
    ...{ type: 'removed' as const, before: item, after: item, by: 'client' as const },
    event: item.sequence > 0 ? ('cancelled' as const) : null,
  }));
  await around.writer.commit([{ calendarId: record.calendarId, unitId: record._id, stored, items }]);
  return new ProblemError(refusalProblem(record));
}
