/**
 * Subscriptions of Graph, one for each calendar. Graph calls back with ids and our own word (`clientState`), not always and not
 * only once: a call is a hint to look, nothing more. Before it takes a subscription it sends a text to our address and wants it
 * back. A second call address hears of the subscription itself: that it has to be renewed, is gone, or missed something; each
 * is a hint, too, because what was missed has to be fetched.
 * Source: learn.microsoft.com/graph/change-notifications-delivery-webhooks, …/change-notifications-lifecycle-events.
 */
import {
  asText,
  type ChangeHint,
  type ChangeNotificationPort,
  type ChannelNews,
  type HookReading,
  type HookRequest,
  isRecord,
  type ProviderAccess,
  ProviderError,
  type SubscribeRequest,
  type Subscription,
  SubscriptionsInTheWay,
} from '@daybook/provider-port';
import { readPage } from '../calendar/delta-page';
import { calendarPath } from '../calendar/event-address';
import { AlreadyThere } from '../microsoft.errors';
import type { GraphClient } from '../transport/graph-client';

/** 10,080 minutes, less one for the time a request takes. */
const LONGEST_LIFE_MS = 10_079 * 60_000;
/** Graph's limit of `clientState`. */
const LONGEST_STATE = 128;
const LONGEST_HANDSHAKE = 4096;
/** Of one call; Graph sends some hundred at most. */
const MOST_HINTS = 1000;
const RESOURCE = 'events';
const CHANGES = 'created,updated,deleted';
/** Of `lifecycleEvent`; `missed` says nothing about the subscription: it stands. */
const NEWS: ReadonlyMap<unknown, ChannelNews> = new Map([
  ['reauthorizationRequired', 'renew'],
  ['subscriptionRemoved', 'gone'],
]);

export function createMicrosoftNotifications(client: GraphClient, hookAddress: string): ChangeNotificationPort {
  async function send(
    access: ProviderAccess,
    method: 'POST' | 'PATCH' | 'DELETE',
    more: { id?: string; body?: object },
  ) {
    const path = more.id === undefined ? '/subscriptions' : `/subscriptions/${encodeURIComponent(more.id)}`;
    const body = more.body === undefined ? {} : { body: more.body };
    return client.call(access, { method, path, aboutOneCalendar: true, ...body });
  }

  /** Ours to the same changes. Graph need not show its callers' word of them: then only its own name tells which one it is. */
  async function standingTo(access: ProviderAccess, resource: string): Promise<Subscription[]> {
    const reply = await client.call(access, { method: 'GET', path: '/subscriptions', aboutOneCalendar: false });
    return readPage(reply)
      .items.filter(isRecord)
      .filter((one) => one['resource'] === resource && one['notificationUrl'] === hookAddress)
      .map((one) => readSubscription(one, readState(one['clientState'])?.channelId ?? '', 0));
  }

  return {
    longestLifeMs: LONGEST_LIFE_MS,

    async subscribe(access: ProviderAccess, request: SubscribeRequest): Promise<Subscription> {
      const { calendarRemoteId, channelId, token, expiresAt } = request;
      const clientState = `${channelId}.${token}`;
      if (clientState.length > LONGEST_STATE) throw new ProviderError('Rejected', { detail: 'too long a word' });
      const body = {
        changeType: CHANGES,
        notificationUrl: hookAddress,
        lifecycleNotificationUrl: hookAddress,
        resource: `${calendarPath(calendarRemoteId)}/${RESOURCE}`,
        expirationDateTime: new Date(expiresAt).toISOString(),
        clientState,
      };
      try {
        return readSubscription(await send(access, 'POST', { body }), channelId, expiresAt);
      } catch (error) {
        const standing = error instanceof AlreadyThere ? await standingTo(access, body.resource) : [];
        throw standing.length === 0 ? error : new SubscriptionsInTheWay(standing);
      }
    },

    async renew(access: ProviderAccess, { channelId, resourceId, expiresAt }: Subscription): Promise<Subscription> {
      const body = { expirationDateTime: new Date(expiresAt).toISOString() };
      return readSubscription(await send(access, 'PATCH', { id: resourceId, body }), channelId, expiresAt);
    },

    async unsubscribe(access: ProviderAccess, { resourceId }: Subscription): Promise<void> {
      try {
        await send(access, 'DELETE', { id: resourceId });
      } catch (error) {
        if (!(error instanceof ProviderError) || error.kind !== 'Gone') throw error;
      }
    },

    read: readHook,
  };
}

function readSubscription(reply: unknown, channelId: string, asked: number): Subscription {
  const resourceId = isRecord(reply) ? asText(reply['id'], 512) : '';
  if (!isRecord(reply) || resourceId === '')
    throw new ProviderError('Unreadable', { detail: 'a subscription without id' });
  const expiresAt = Date.parse(asText(reply['expirationDateTime'], 40));
  return { channelId, resourceId, expiresAt: Number.isFinite(expiresAt) ? expiresAt : asked };
}

const UNREADABLE: HookReading = { type: 'unreadable', answer: { status: 400 } };

/**
 * Reads a call on our hook address. Anybody can send one: whether the words belong together is for the caller to compare with
 * what it subscribed. The handshake's text goes back as it came and as nothing but text.
 */
function readHook({ method, query, body }: HookRequest): HookReading {
  if (method !== 'POST') return UNREADABLE;
  const handshake = query['validationToken'];
  if (handshake !== undefined) {
    if (handshake.length > LONGEST_HANDSHAKE) return UNREADABLE;
    return { type: 'handshake', answer: { status: 200, contentType: 'text/plain', body: handshake } };
  }
  const call = parsed(body);
  const values = isRecord(call) ? call['value'] : null;
  if (!Array.isArray(values) || values.length === 0 || values.length > MOST_HINTS) return UNREADABLE;
  const hints = values.map(readHint).filter((hint) => hint !== null);
  return hints.length === 0 ? UNREADABLE : { type: 'hints', hints, answer: { status: 202 } };
}

/** Null for what is no word of ours. */
function readHint(value: unknown): ChangeHint | null {
  if (!isRecord(value)) return null;
  const state = readState(value['clientState']);
  const resourceId = asText(value['subscriptionId'], 512);
  const news = NEWS.get(value['lifecycleEvent']);
  return resourceId === '' || state === null ? null : { ...state, resourceId, ...(news ? { news } : {}) };
}

function readState(value: unknown): Pick<ChangeHint, 'channelId' | 'token'> | null {
  const state = asText(value, LONGEST_STATE);
  const dot = state.indexOf('.');
  return dot < 1 ? null : { channelId: state.slice(0, dot), token: state.slice(dot + 1) };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
