import {
  authConnectionConfigure,
  authConnectionDelete,
  authConnectionGet,
  authConnectionList,
  calendarConnectionSync,
  configureBodySchema,
  connectedSchema,
  connectionSchema,
  receiptSchema,
} from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { bodyOf, callerOf, idOf, ifMatchOf, withEtag } from '../http/request-parts';

const area = 'connections';
const consent = 'with the page to open for consent, where that is needed';

/** Deleting tells the provider first, which takes as long as the provider does. */
const deleteDeadlineMs = 20_000;

@Controller('v1/connections')
export class ConnectionsController {
  constructor(private readonly rpc: RpcClient) {}

  @Route('GET', '', {
    id: 'listConnections',
    area,
    summary: "The person's connections",
    access: { type: 'proven' },
    answers: { 200: { description: 'The connections', schema: authConnectionList.output } },
  })
  list(@Req() request: FastifyRequest) {
    return this.rpc.call(authConnectionList, { caller: callerOf(request) }, askedBy(request));
  }

  @Route('GET', ':id', {
    id: 'getConnection',
    area,
    summary: 'One connection and its health',
    access: { type: 'proven' },
    etag: true,
    answers: { 200: { description: 'The connection', schema: connectionSchema } },
  })
  async get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { caller: callerOf(request), id: idOf(request) };
    return withEtag(reply, await this.rpc.call(authConnectionGet, input, askedBy(request)));
  }

  @Route('PATCH', ':id', {
    id: 'configureConnection',
    area,
    summary: 'Change what may be read and written',
    access: { type: 'proven', integration: true },
    ifMatch: true,
    etag: true,
    body: configureBodySchema,
    answers: { 200: { description: `The connection, ${consent}`, schema: connectedSchema } },
    problems: ['permission_locked', 'capability_not_available', 'conflict'],
  })
  async configure(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { caller: callerOf(request), id: idOf(request), ...ifMatchOf(request), ...bodyOf(request) };
    const connected = await this.rpc.call(authConnectionConfigure, input, askedBy(request));
    withEtag(reply, connected.connection);
    return connected;
  }

  @Route('POST', ':id/sync', {
    id: 'syncConnection',
    area,
    summary: 'Look for changes now',
    access: { type: 'proven', integration: true },
    answers: { 202: { description: 'A run is asked for', schema: calendarConnectionSync.output } },
  })
  sync(@Req() request: FastifyRequest) {
    const input = { caller: callerOf(request), id: idOf(request) };
    return this.rpc.call(calendarConnectionSync, input, askedBy(request));
  }

  @Route('DELETE', ':id', {
    id: 'deleteConnection',
    area,
    summary: 'Delete a connection; the purge goes on and completes the receipt',
    access: { type: 'proven' },
    ifMatch: true,
    answers: { 200: { description: 'The receipt', schema: receiptSchema } },
  })
  delete(@Req() request: FastifyRequest) {
    const input = { caller: callerOf(request), id: idOf(request), ...ifMatchOf(request) };
    return this.rpc.call(authConnectionDelete, input, askedBy(request, deleteDeadlineMs));
  }
}
