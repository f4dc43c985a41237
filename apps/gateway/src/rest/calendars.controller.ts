import {
  calendarCalendarChange,
  calendarCalendarList,
  calendarSchema,
  changeCalendarBodySchema,
} from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { bodyOf, callerOf, idOf, ifMatchOf, queryOf, withEtag } from '../http/request-parts';

@Controller('v1/calendars')
export class CalendarsController {
  constructor(private readonly rpc: RpcClient) {}

  @Route('GET', '', {
    id: 'listCalendars',
    area: 'calendars',
    summary: 'The calendars of the connections',
    access: { type: 'proven', integration: true, scope: 'meetings:read' },
    query: z.object({ hostUserId: z.string().max(100).optional() }),
    answers: { 200: { description: 'The calendars', schema: calendarCalendarList.output } },
  })
  list(@Req() request: FastifyRequest) {
    const input = { caller: callerOf(request), query: queryOf(request) };
    return this.rpc.call(calendarCalendarList, input, askedBy(request));
  }

  @Route('PATCH', ':id', {
    id: 'changeCalendar',
    area: 'calendars',
    summary: 'Show a calendar, or leave it out',
    access: { type: 'proven', integration: true },
    ifMatch: true,
    etag: true,
    body: changeCalendarBodySchema,
    answers: { 200: { description: 'The calendar', schema: calendarSchema } },
  })
  async change(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { caller: callerOf(request), id: idOf(request), ...ifMatchOf(request), ...bodyOf(request) };
    return withEtag(reply, await this.rpc.call(calendarCalendarChange, input, askedBy(request)));
  }
}
