import {
  answerReviewBodySchema,
  calendarCalendarChange,
  calendarCalendarList,
  calendarRemovalsUndo,
  calendarReviewAnswer,
  calendarReviewGet,
  calendarReviewQuerySchema,
  calendarReviewSchema,
  calendarSchema,
  changeCalendarBodySchema,
  undoneRemovalsSchema,
  undoRemovalsBodySchema,
} from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { bodyOf, callerOf, idOf, ifMatchOf, queryOf, withEtag } from '../http/request-parts';

/** Some hundred meetings are put back in one transaction. */
const undoDeadlineMs = 15_000;

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

  @Route('GET', ':id/review', {
    id: 'getCalendarReview',
    area: 'calendars',
    summary: 'What a held run would remove from a calendar',
    access: { type: 'proven', integration: true, scope: 'meetings:read' },
    etag: true,
    query: calendarReviewQuerySchema,
    answers: { 200: { description: 'The review and a page of what would vanish', schema: calendarReviewSchema } },
    problems: ['cursor_expired'],
  })
  async review(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { caller: callerOf(request), id: idOf(request), query: queryOf(request) };
    return withEtag(reply, await this.rpc.call(calendarReviewGet, input, askedBy(request)));
  }

  @Route('POST', ':id/review', {
    id: 'answerCalendarReview',
    area: 'calendars',
    summary: 'Let exactly these removals through, or keep everything and list the calendar again',
    access: { type: 'proven', integration: true },
    ifMatch: true,
    body: answerReviewBodySchema,
    answers: { 202: { description: 'It is done with the next run', schema: calendarReviewAnswer.output } },
  })
  answer(@Req() request: FastifyRequest) {
    const input = { caller: callerOf(request), id: idOf(request), ...ifMatchOf(request), ...bodyOf(request) };
    return this.rpc.call(calendarReviewAnswer, input, askedBy(request));
  }

  @Route('POST', ':id/undo-removals', {
    id: 'undoRemovals',
    area: 'calendars',
    summary: 'Put back, in no calendar, what the provider took away within the last 30 days',
    access: { type: 'proven', integration: true },
    body: undoRemovalsBodySchema,
    answers: { 200: { description: 'How much is back', schema: undoneRemovalsSchema } },
    problems: ['permission_missing'],
  })
  undo(@Req() request: FastifyRequest) {
    const input = { caller: callerOf(request), id: idOf(request), ...bodyOf(request) };
    return this.rpc.call(calendarRemovalsUndo, input, askedBy(request, undoDeadlineMs));
  }
}
