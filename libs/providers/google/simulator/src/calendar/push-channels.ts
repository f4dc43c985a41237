import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isGiven, isThisMachine, type RecordedExchange, type SimulatorClock } from '@daybook/simulator-kit';
import { z } from 'zod';
import { refusals } from '../http/google-error';
import type { Channel } from '../state/mailbox';
import type { World } from '../state/world';

/** Google's default life of a channel, and here its longest: longer wishes are cut. */
const LIFE = 604_800_000;
const TRIES = 5;
const FIRST_PAUSE = 500;
const PATIENCE = 5000;
/** Changes that come together are told once. */
const GATHER = 20;
const DELIVERED = new Set([102, 200, 201, 202, 204]);
const RETRIED = new Set([500, 502, 503, 504]);

const channelBody = z.strictObject({
  kind: z.literal('api#channel').nullish(),
  id: z.string().nullish(),
  type: z.string().nullish(),
  address: z.string().nullish(),
  token: z.string().max(256).nullish(),
  expiration: z
    .string()
    .regex(/^\d{1,16}$/)
    .nullish(),
  params: z.record(z.string(), z.string()).nullish(),
  payload: z.boolean().nullish(),
  resourceId: z.string().nullish(),
  resourceUri: z.string().nullish(),
});

export interface WatchOrder {
  body: unknown;
  /** What is watched: `events:<calendar id>`, `calendarList:<address>`, `settings:<address>`. */
  watches: string;
  resourceUri: string;
  email: string;
  clientId: string;
}

/** Push channels: they are told that something changed, never what. */
export class PushChannels {
  private readonly due = new Map<string, NodeJS.Timeout>();
  private readonly retries = new Set<NodeJS.Timeout>();
  private closed = false;

  constructor(
    private readonly world: World,
    private readonly clock: SimulatorClock,
    private readonly record: (exchange: RecordedExchange) => void,
  ) {}

  /** Opens a channel and sends its `sync` message. @throws GoogleError 400 as documented for `watch`. */
  watch({ body, watches, resourceUri, email, clientId }: WatchOrder): Record<string, unknown> {
    const read = channelBody.safeParse(body);
    if (!read.success) throw refusals.parseError(`Invalid channel: ${read.error.issues[0]?.path.join('.') ?? ''}`);
    const { id, type, address, token, expiration, params } = read.data;
    if (!isGiven(id) || !/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id)) throw refusals.invalid('Invalid channel id.');
    if (type !== 'web_hook' && type !== 'webhook') throw refusals.channelTypeUnknown();
    if (!isGiven(address) || !isReachable(address)) throw refusals.webhookNotHttps(address ?? '');
    const now = this.clock.now();
    if ((this.world.channels.get(id)?.expiresAt ?? 0) > now) throw refusals.channelIdTaken(id);
    const wished = isGiven(expiration)
      ? Number(expiration)
      : isGiven(params?.['ttl'])
        ? now + Number(params['ttl']) * 1000
        : now + LIFE;
    if (Number.isNaN(wished) || wished <= now) throw refusals.invalid('Invalid channel expiration.');
    const channel: Channel = {
      id,
      resourceId: createHash('sha256').update(watches).digest('base64url').slice(0, 27),
      resourceUri,
      watches,
      address,
      ...(!isGiven(token) ? {} : { token }),
      expiresAt: Math.min(wished, now + LIFE),
      email,
      clientId,
      nextNumber: 2,
    };
    this.world.channels.set(id, channel);
    this.send(channel, 1, 'sync');
    return {
      kind: 'api#channel',
      id,
      resourceId: channel.resourceId,
      resourceUri,
      ...(!isGiven(token) ? {} : { token }),
      expiration: String(channel.expiresAt),
    };
  }

  /** Ends a channel of the same person and client. @throws GoogleError 404 when there is none. */
  stop(body: unknown, email: string, clientId: string): void {
    const read = channelBody.safeParse(body);
    const channel = read.success && isGiven(read.data.id) ? this.world.channels.get(read.data.id) : undefined;
    const same = channel?.email === email && channel.clientId === clientId;
    if (!read.success || channel === undefined || !same || channel.resourceId !== read.data.resourceId) {
      throw refusals.notFound();
    }
    this.world.channels.delete(channel.id);
  }

  /** Tells the channels of a thing, soon, that it changed. */
  changed(watches: string): void {
    for (const channel of this.world.channels.values()) {
      if (channel.watches !== watches || this.due.has(channel.id)) continue;
      this.due.set(
        channel.id,
        setTimeout(() => this.tell(channel.id), GATHER),
      );
    }
  }

  close(): void {
    this.closed = true;
    for (const timer of [...this.due.values(), ...this.retries]) clearTimeout(timer);
  }

  private tell(id: string): void {
    this.due.delete(id);
    const channel = this.world.channels.get(id);
    if (channel === undefined) return;
    if (channel.expiresAt <= this.clock.now()) {
      this.world.channels.delete(id);
      return;
    }
    this.world.channels.set(id, { ...channel, nextNumber: channel.nextNumber + 1 });
    this.send(channel, channel.nextNumber, 'exists');
  }

  private send(channel: Channel, number: number, state: string, attempt = 1): void {
    if (this.closed) return;
    const headers: Record<string, string> = {
      'X-Goog-Channel-ID': channel.id,
      'X-Goog-Channel-Expiration': new Date(channel.expiresAt).toUTCString(),
      'X-Goog-Message-Number': String(number),
      'X-Goog-Resource-ID': channel.resourceId,
      'X-Goog-Resource-State': state,
      'X-Goog-Resource-URI': channel.resourceUri,
      ...(channel.token === undefined ? {} : { 'X-Goog-Channel-Token': channel.token }),
      'User-Agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
      'Content-Length': '0',
    };
    const post = channel.address.startsWith('https:') ? httpsRequest : httpRequest;
    const request = post(channel.address, { method: 'POST', headers, timeout: PATIENCE }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      this.record({
        request: { method: 'POST', url: channel.address, headers, body: '' },
        response: { status, headers: response.headers, body: '' },
      });
      if (!DELIVERED.has(status) && RETRIED.has(status)) this.again(channel, number, state, attempt);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', () => this.again(channel, number, state, attempt));
    request.end();
  }

  private again(channel: Channel, number: number, state: string, attempt: number): void {
    if (this.closed || attempt >= TRIES || !this.world.channels.has(channel.id)) return;
    const timer = setTimeout(
      () => {
        this.retries.delete(timer);
        this.send(channel, number, state, attempt + 1);
      },
      FIRST_PAUSE * 2 ** (attempt - 1),
    );
    this.retries.add(timer);
  }
}

/** Google wants https; on this machine plain http will do, so that a local start can be pushed to. */
function isReachable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname));
}
