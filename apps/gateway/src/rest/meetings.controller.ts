import {
  calendarMeetingChange,
  calendarMeetingChanges,
  calendarMeetingDelete,
  calendarMeetingGet,
  calendarMeetingList,
  calendarMeetingSchedule,
  calendarMeetingWithdraw,
  changeMeetingBodySchema,
  changeMeetingQuerySchema,
  changesQuerySchema,
  changesSchema,
  deleteMeetingQuerySchema,
  listMeetingsQuerySchema,
  meetingChangedSchema,
  meetingSchema,
  meetingWithdrawnSchema,
  scheduleMeetingBodySchema,
} from '@daybook/contracts';
import type { ProblemCode } from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { bodyOf, callerOf, idempotencyKeyOf, idOrNobodysOf, ifMatchOf, queryOf, withEtag } from '../http/request-parts';

const area = 'meetings';
const access = { type: 'proven', scope: 'meetings:read' } as const;
const jsonMedia = 'application/json; charset=utf-8';

/** The provider is waited for, and whoever asks for access before that. */
const writeDeadlineMs = 15_000;
const notWritable = [
  ...['permission_missing', 'two_way_off', 'calendar_read_only', 'integration_disabled', 'write_refused'],
  'would_notify',
] as const satisfies readonly ProblemCode[];
const notEditable = ['not_organizer', 'attendees_left_out', 'conflict', ...notWritable] as const;

/**
 * What was scheduled here is ours: it is shown and can be changed while the integration is switched off, and lists say in their
 * freshness that it is. What a provider brought is closed then; the service behind says so, because only it can tell them apart.
 */
@Controller('v1/meetings')
export class MeetingsController {
  constructor(private readonly rpc: RpcClient) {}

  /** The bytes of calendar-svc go out as they are: lists are most of the traffic, and reading them here adds nothing. */
  @Route('GET', '', {
    id: 'listMeetings',
    area,
    summary: 'Upcoming meetings, or those of a span of time',
    access,
    query: listMeetingsQuerySchema,
    answers: { 200: { description: 'A page of meetings', schema: calendarMeetingList.output } },
  })
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const input = { caller: callerOf(request), query: queryOf(request) };
    const page = await this.rpc.callRaw(calendarMeetingList, input, askedBy(request));
    void reply.header('content-type', jsonMedia);
    return page;
  }

  @Route('GET', 'changes', {
    id: 'listMeetingChanges',
    area,
    summary: 'What changed since a cursor; everything without one',
    access,
    query: changesQuerySchema,
    answers: { 200: { description: 'Changes and the next cursor', schema: changesSchema } },
    problems: ['cursor_expired'],
  })
  async changes(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const input = { caller: callerOf(request), query: queryOf(request) };
    const page = await this.rpc.callRaw(calendarMeetingChanges, input, askedBy(request));
    void reply.header('content-type', jsonMedia);
    return page;
  }

  @Route('GET', ':id', {
    id: 'getMeeting',
    area,
    summary: 'One meeting',
    access,
    etag: true,
    answers: { 200: { description: 'The meeting', schema: meetingSchema } },
    problems: ['integration_disabled'],
  })
  async get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { caller: callerOf(request), id: idOrNobodysOf(request) };
    return withEtag(reply, await this.rpc.call(calendarMeetingGet, input, askedBy(request)));
  }

  @Route('POST', '', {
    id: 'scheduleMeeting',
    area,
    summary: 'Schedule a meeting, in a calendar or in none',
    access: { type: 'proven' },
    idempotent: true,
    etag: true,
    body: scheduleMeetingBodySchema,
    answers: {
      201: { description: 'The meeting; its calendar has it', schema: meetingSchema },
      202: { description: 'The meeting; its calendar gets it as soon as it can be reached', schema: meetingSchema },
    },
    problems: ['capability_not_available', ...notWritable],
  })
  async schedule(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { caller: callerOf(request), ...idempotencyKeyOf(request), ...bodyOf(request) };
    const { done, meeting } = await this.rpc.call(calendarMeetingSchedule, input, patientlyAskedBy(request));
    if (!done) void reply.status(202);
    return withEtag(reply, meeting);
  }

  @Route('PATCH', ':id', {
    id: 'changeMeeting',
    area,
    summary: 'Change a meeting, one occurrence of it, or this and those that follow',
    access: { type: 'proven' },
    ifMatch: true,
    etag: true,
    query: changeMeetingQuerySchema,
    body: changeMeetingBodySchema,
    answers: {
      200: { description: 'As it is now, and where to confirm it at the provider', schema: meetingChangedSchema },
      202: {
        description: 'As it is meant to be; the provider gets it as soon as it can be reached',
        schema: meetingChangedSchema,
      },
    },
    problems: [...notEditable],
  })
  async change(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { caller, id, query } = { caller: callerOf(request), id: idOrNobodysOf(request), query: queryOf(request) };
    const input = { caller, id, query, ...ifMatchOf(request), ...bodyOf(request) };
    const { done, changed } = await this.rpc.call(calendarMeetingChange, input, patientlyAskedBy(request));
    if (!done) void reply.status(202);
    withEtag(reply, changed.meeting);
    return changed;
  }

  @Route('DELETE', ':id', {
    id: 'deleteMeeting',
    area,
    summary: 'Delete a meeting that was scheduled here',
    access: { type: 'proven' },
    ifMatch: true,
    query: deleteMeetingQuerySchema,
    answers: {
      204: { description: 'It is gone' },
      202: { description: 'It goes as soon as the provider can be reached', schema: meetingWithdrawnSchema },
    },
    problems: ['scheduled_elsewhere', ...notEditable],
  })
  async delete(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { caller, id, query } = { caller: callerOf(request), id: idOrNobodysOf(request), query: queryOf(request) };
    const input = { caller, id, query, ...ifMatchOf(request) };
    const { done, meeting } = await this.rpc.call(calendarMeetingDelete, input, patientlyAskedBy(request));
    void reply.status(done ? 204 : 202);
    return done ? undefined : { meeting };
  }

  @Route('POST', ':id/withdraw', {
    id: 'withdrawMeeting',
    area,
    summary: 'Take back what waits to be written',
    access: { type: 'proven' },
    answers: {
      200: { description: 'As it is without it; null where that was its creation', schema: meetingWithdrawnSchema },
      202: {
        description: 'It may be in effect already, and is undone as soon as the provider can be reached',
        schema: meetingWithdrawnSchema,
      },
    },
    problems: ['integration_disabled', 'conflict'],
  })
  async withdraw(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { caller: callerOf(request), id: idOrNobodysOf(request) };
    const { done, meeting } = await this.rpc.call(calendarMeetingWithdraw, input, patientlyAskedBy(request));
    if (!done) void reply.status(202);
    return { meeting };
  }
}

function patientlyAskedBy(request: FastifyRequest) {
  return { ...askedBy(request), deadlineMs: writeDeadlineMs };
}
