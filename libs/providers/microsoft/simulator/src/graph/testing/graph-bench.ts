import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Faults,
  Ledger,
  noJournal,
  noRecorder,
  recordingsIn,
  ShiftableClock,
  type Answer,
  type Recorder,
} from '@daybook/simulator-kit';
import type { MailboxDesk } from '../../mailbox/mailbox-desk';
import type { MailboxStore } from '../../mailbox/mailbox-store';
import type { Principal } from '../../principal';
import { refusals } from '../graph-error';
import { GraphSide, type OpenGraph } from '../graph-side';

export const ADA = 'ada@example.com';
export const BEN = 'ben@example.com';
export const CLEO = 'cleo@example.com';
export const NOW = Date.parse('2026-11-22T08:00:00Z');
export const TENANT = '84bd8158-6d4d-4958-8b9f-9d6445542f95';
export const WRITE = ['User.Read', 'Calendars.ReadWrite', 'Calendars.ReadWrite.Shared', 'MailboxSettings.ReadWrite'];

/** What answers may carry; a spec looks at what it expects. */
export interface AnswerBody {
  id?: string;
  value?: Record<string, unknown>[];
  error?: { code: string; message: string } & Record<string, unknown>;
  '@odata.etag'?: string;
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
  '@odata.count'?: number;
  responses?: { id: string; status: number; headers: Record<string, string>; body: AnswerBody }[];
  [member: string]: unknown;
}

export interface CallAnswer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  as?: string;
  scopes?: readonly string[];
  appOnly?: boolean;
}

/** Graph alone on a loopback port, with Ada, Ben and Cleo of one tenant and tokens that say openly who they are. */
export class GraphBench {
  readonly clock = new ShiftableClock({ now: () => NOW });
  readonly ledger = new Ledger(() => noJournal);
  readonly faults = new Faults(this.clock);
  readonly world: MailboxStore;
  readonly desk: MailboxDesk;
  readonly graph: OpenGraph;
  /** Waited before each answer, in milliseconds. */
  latency = 0;
  /** What answers call it by: links and contexts start with it. */
  origin = 'http://localhost';
  private readonly side: GraphSide;
  private readonly server: Server;
  private address = '';

  private constructor(private readonly recorder: Recorder) {
    this.side = new GraphSide({
      journal: () => noJournal,
      ledger: this.ledger,
      clock: this.clock,
      faults: this.faults,
      identify: ({ headers }) => principalOf(headers.authorization),
      origin: () => this.origin,
      record: (exchange) => recorder.record(exchange),
    });
    this.world = this.side.world;
    this.desk = this.side.desk;
    this.graph = this.side.open('a key of this bench');
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  /** `recorded: false` for what a client does wrong on purpose: it is no fault of the simulator. */
  static async start({ recorded = true } = {}): Promise<GraphBench> {
    const folder: unknown = Reflect.get(globalThis, 'recordDir');
    const recorder =
      recorded && typeof folder === 'string' && folder !== ''
        ? recordingsIn(folder, 'microsoft', () => NOW)
        : noRecorder;
    const bench = new GraphBench(recorder);
    for (const [index, email] of [ADA, BEN, CLEO].entries()) bench.addMailbox(email, index + 1);
    await new Promise<void>((resolve) => bench.server.listen(0, '127.0.0.1', resolve));
    const address: string | AddressInfo | null = bench.server.address();
    bench.address = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    bench.origin = bench.address;
    return bench;
  }

  /** Where it listens. */
  get baseUrl(): string {
    return this.address;
  }

  addMailbox(email: string, number: number, tenantId = TENANT): void {
    const [first = ''] = email.split('@');
    const name = `${first.charAt(0).toUpperCase()}${first.slice(1)} Example`;
    const oid = `00000000-0000-4000-8000-00000000000${number}`;
    this.desk.createMailbox({ email, name, oid, tenantId, timeZone: 'W. Europe Standard Time' });
  }

  /** `GET`, `/me/events?$top=3`, or a whole link. */
  async call(verb: string, path: string, { body, headers = {}, ...who }: CallOptions = {}): Promise<CallAnswer> {
    const url = path.startsWith('http')
      ? path
      : `${this.origin}/${path.startsWith('/beta') ? path.slice(1) : `v1.0${path}`}`;
    const response = await fetch(url, {
      method: verb,
      headers: {
        authorization: `Bearer ${this.token(who)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : isJson ? JSON.parse(text) : { text },
    };
  }

  get(path: string, options: CallOptions = {}): Promise<CallAnswer> {
    return this.call('GET', path, options);
  }

  /** Follows every link of a listing or of a round of changes. */
  async all(
    path: string,
    options: CallOptions = {},
  ): Promise<{ items: Record<string, unknown>[]; pages: number; deltaLink: string }> {
    const items: Record<string, unknown>[] = [];
    let pages = 0;
    for (let next: string | undefined = path; ;) {
      const { body } = await this.get(next, options);
      pages += 1;
      items.push(...(body.value ?? []));
      next = body['@odata.nextLink'];
      if (next === undefined) return { items, pages, deltaLink: body['@odata.deltaLink'] ?? '' };
    }
  }

  /** Creates an event and returns it. */
  async create(event: Record<string, unknown>, options: CallOptions = {}): Promise<AnswerBody & { id: string }> {
    const { status, body } = await this.call('POST', '/me/events', { body: event, ...options });
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    return { ...body, id: body.id ?? '' };
  }

  token({ as = ADA, scopes = WRITE, appOnly = false }: CallOptions = {}): string {
    const box = this.world.find(as);
    const principal: Principal = {
      email: as,
      oid: box?.oid ?? '',
      tenantId: box?.tenantId ?? TENANT,
      scopes: [...scopes],
      appOnly,
    };
    return Buffer.from(JSON.stringify(principal)).toString('base64url');
  }

  async close(): Promise<void> {
    this.side.close();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', this.origin);
    const method = request.method ?? 'GET';
    const incoming = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      origin: this.origin,
      connection: request.socket,
    };
    const answer: Answer = await this.graph.api.answer(incoming, this.latency);
    if (answer.cut === true) {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
    this.recorder.record({
      request: { method, url: request.url ?? '/', headers: request.headers, body },
      response: { status: answer.status, headers: response.getHeaders(), body: answer.body },
    });
  }
}

function principalOf(header: string | undefined): Principal {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
  if (token === undefined) throw refusals.noToken();
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!text.startsWith('{')) throw refusals.noToken('The token cannot be read.');
  return JSON.parse(text);
}

/** The code of a refusal: `[410, 'SyncStateNotFound']`. */
export const codeOf = ({ status, body }: CallAnswer): [number, string | undefined] => [status, body.error?.code];

/** A timed event in Vienna. */
export const timed = (subject: string, day: string, hour = '09'): Record<string, unknown> => ({
  subject,
  start: { dateTime: `${day}T${hour}:00:00`, timeZone: 'Europe/Vienna' },
  end: { dateTime: `${day}T${hour}:30:00`, timeZone: 'Europe/Vienna' },
});

/** A weekly series on Mondays in Vienna, five times. */
export const weekly = (subject: string, start = '2026-11-23', count = 5): Record<string, unknown> => ({
  ...timed(subject, start),
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
    range: { type: 'numbered', startDate: start, numberOfOccurrences: count },
  },
});

export const invited = (...addresses: string[]): Record<string, unknown> => ({
  attendees: addresses.map((address) => ({ type: 'required', emailAddress: { address } })),
});
