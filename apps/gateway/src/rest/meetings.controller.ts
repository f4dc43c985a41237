import {
  calendarMeetingChanges,
  calendarMeetingGet,
  calendarMeetingList,
  changesQuerySchema,
  changesSchema,
  listMeetingsQuerySchema,
  meetingSchema,
} from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { callerOf, idOf, queryOf, withEtag } from '../http/request-parts';

const area = 'meetings';
const access = { type: 'proven', scope: 'meetings:read' } as const;
const jsonMedia = 'application/json; charset=utf-8';

/**
 * Lists of meetings stay open while the integration is switched off: what is ours to show is in them, and their freshness
 * tells of the rest. Asking for one meeting is a read of provider data, as long as there are no others.
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
    access: { ...access, integration: true },
    etag: true,
    answers: { 200: { description: 'The meeting', schema: meetingSchema } },
  })
  async get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { caller: callerOf(request), id: idOf(request) };
    return withEtag(reply, await this.rpc.call(calendarMeetingGet, input, askedBy(request)));
  }
}
