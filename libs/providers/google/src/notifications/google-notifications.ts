/**
 * Push channels of `events.watch`. Google calls back with headers and no body, not always and not only once: a call is
 * a hint to look, nothing more. Channels cannot be renewed: a new one is opened under a new id, then the old one stopped.
 * Source: developers.google.com/workspace/calendar/api/guides/push.
 */
import {
  asText,
  type ChangeNotificationPort,
  type HookReading,
  type HookRequest,
  isRecord,
  type ProviderAccess,
  ProviderError,
  type SubscribeRequest,
  type Subscription,
} from '@daybook/provider-port';
import type { GoogleClient } from '../transport/google-client';

/** Google's default; longer wishes may be cut. */
const LONGEST_LIFE_MS = 604_800_000;
/** `sync` is the first call of a channel: it says that the channel works and may come before the answer to `watch`. */
const STATES: ReadonlySet<string> = new Set(['sync', 'exists', 'not_exists']);

export function createGoogleNotifications(client: GoogleClient, hookAddress: string): ChangeNotificationPort {
  return {
    longestLifeMs: LONGEST_LIFE_MS,

    async subscribe(access: ProviderAccess, request: SubscribeRequest): Promise<Subscription> {
      const { channelId, token, expiresAt } = request;
      const path = `/calendars/${encodeURIComponent(request.calendarRemoteId)}/events/watch`;
      const body = { id: channelId, type: 'web_hook', address: hookAddress, token, expiration: String(expiresAt) };
      const reply = await client.call(access, { method: 'POST', path, body, aboutOneCalendar: true });
      return readChannel(reply, request);
    },

    async unsubscribe(access: ProviderAccess, { channelId, resourceId }: Subscription): Promise<void> {
      const body = { id: channelId, resourceId };
      try {
        await client.call(access, { method: 'POST', path: '/channels/stop', body, aboutOneCalendar: false });
      } catch (error) {
        if (!(error instanceof ProviderError) || error.kind !== 'Gone') throw error;
      }
    },

    read: readHook,
  };
}

function readChannel(reply: unknown, request: SubscribeRequest): Subscription {
  const resourceId = isRecord(reply) ? asText(reply['resourceId'], 512) : '';
  if (!isRecord(reply) || resourceId === '')
    throw new ProviderError('Unreadable', { detail: 'watch without resourceId' });
  const expiresAt = Number(reply['expiration'] ?? request.expiresAt);
  return {
    channelId: request.channelId,
    resourceId,
    expiresAt: Number.isFinite(expiresAt) && expiresAt > 0 ? expiresAt : request.expiresAt,
  };
}

/**
 * Reads a call on our hook address. Anybody can send one: whether channel, token and resource belong together is for the
 * caller to compare with what it subscribed. An unreadable one is answered 404, which Google does not try again.
 */
function readHook({ method, headers }: HookRequest): HookReading {
  const channelId = headers['x-goog-channel-id'] ?? '';
  const resourceId = headers['x-goog-resource-id'] ?? '';
  const token = headers['x-goog-channel-token'] ?? '';
  const state = headers['x-goog-resource-state'] ?? '';
  const readable = channelId !== '' && channelId.length <= 64 && resourceId.length <= 512 && token.length <= 256;
  if (method !== 'POST' || !readable || !STATES.has(state)) return { type: 'unreadable', answer: { status: 404 } };
  return { type: 'hints', hints: [{ channelId, token, resourceId }], answer: { status: 204 } };
}
