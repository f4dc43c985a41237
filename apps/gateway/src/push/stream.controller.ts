import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { callerOf } from '../http/request-parts';
import { beginEvents } from './begin-events';
import { LiveStreams } from './live-streams';

@Controller('v1/stream')
export class StreamController {
  constructor(private readonly streams: LiveStreams) {}

  @Route('GET', '', {
    id: 'openStream',
    area: 'live',
    summary: 'Server-sent events: what changed, each with a cursor and never with content',
    access: { type: 'proven' },
    lastEventId: true,
    answers: { 200: { description: 'The stream, until the access token ends', media: 'text/event-stream' } },
  })
  open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const caller = callerOf(request);
    this.streams.refuseTooMany(caller);
    const lastEventId = request.headers['last-event-id'];
    this.streams.open(beginEvents(reply), {
      caller,
      endsAt: request.accessEndsAt,
      lastEventId: typeof lastEventId === 'string' ? lastEventId : null,
    });
  }
}
