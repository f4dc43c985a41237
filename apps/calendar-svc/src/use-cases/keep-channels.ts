import { asProviderError, type ChangeNotificationPort, type ProviderAccess } from '@daybook/provider-port';
import { newId, randomToken, sha256Hex } from '@daybook/platform/crypto';
import type { CalendarStore } from '../ports/calendar-store';
import type { Clock } from '../ports/clock';
import type { CalendarRecord, ChannelRecord } from '../ports/records';

export interface ChannelSurroundings {
  readonly store: CalendarStore;
  readonly clock: Clock;
  readonly notifications: ChangeNotificationPort;
  readonly access: ProviderAccess;
}

/** A channel is replaced when less than this share of its life, or less than an hour, is left. */
const RENEW_SHARE = 0.1;
const RENEW_BEFORE_MS = 3_600_000;
const RETRY_MS = 900_000;
/** Renewals of many calendars are spread over this much time. */
const SPREAD_MS = 600_000;

/**
 * Gives a calendar a channel, or a new one before the old one ends: the new one first, then the old is stopped, so that
 * nothing falls between. Written down before the provider is asked, because its first call may come before its answer.
 */
export async function keepChannel(
  calendar: CalendarRecord,
  { store, clock, notifications, access }: ChannelSurroundings,
): Promise<void> {
  const now = clock.now();
  if (calendar.channelDueAt.getTime() > now) return;
  const due = !calendar.channel || needsRenewal(calendar.channel, now, notifications.longestLifeMs);
  if (due && !(await renewed(calendar, { store, clock, notifications, access }))) {
    const token = randomToken(32);
    const opening: ChannelRecord = {
      channelId: newId('chn'),
      tokenHash: sha256Hex(token),
      resourceId: null,
      expiresAt: new Date(now + notifications.longestLifeMs),
    };
    await store.openChannel(calendar._id, opening);
    try {
      const { channelId } = opening;
      const given = await notifications.subscribe(access, {
        calendarRemoteId: calendar.remoteId,
        channelId,
        token,
        expiresAt: opening.expiresAt.getTime(),
      });
      await store.confirmChannel(calendar._id, {
        ...opening,
        resourceId: given.resourceId,
        expiresAt: new Date(given.expiresAt),
      });
    } catch (error) {
      await store.dropChannel(calendar._id, opening.channelId);
      // Some mailboxes never get one: polling goes on, and it is tried again now and then.
      await store.noteChannelDue(calendar._id, new Date(now + RETRY_MS));
      throw error;
    }
    // Whatever changed between the last run and the channel's first call is fetched once more.
    await store.requestSync(calendar._id);
  }
  const current = await store.calendar(calendar._id);
  if (current?.channel) {
    const margin = renewalMargin(notifications.longestLifeMs) + (Math.abs(hashOf(calendar._id)) % SPREAD_MS);
    await store.noteChannelDue(
      calendar._id,
      new Date(Math.max(now + RETRY_MS, current.channel.expiresAt.getTime() - margin)),
    );
  }
  for (const old of current?.oldChannels ?? []) await endChannel(calendar._id, old, { store, notifications, access });
}

/**
 * Lengthens the life of the channel there is, where the provider can: then there is never a second one. False where one has to
 * be opened; a channel that is gone is forgotten first.
 */
async function renewed(
  { _id, channel }: CalendarRecord,
  { store, clock, notifications, access }: ChannelSurroundings,
): Promise<boolean> {
  if (!notifications.renew || !channel || channel.resourceId === null) return false;
  const { channelId, resourceId } = channel;
  const expiresAt = clock.now() + notifications.longestLifeMs;
  try {
    const given = await notifications.renew(access, { channelId, resourceId, expiresAt });
    await store.confirmChannel(_id, { ...channel, expiresAt: new Date(given.expiresAt) });
    return true;
  } catch (error) {
    if (asProviderError(error).kind !== 'Gone') throw error;
    await store.dropChannel(_id, channelId);
    return false;
  }
}

function needsRenewal(channel: ChannelRecord, now: number, longestLifeMs: number): boolean {
  return channel.expiresAt.getTime() - now < renewalMargin(longestLifeMs) + SPREAD_MS || channel.resourceId === null;
}

function renewalMargin(longestLifeMs: number): number {
  return Math.max(RENEW_BEFORE_MS, longestLifeMs * RENEW_SHARE);
}

function hashOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) | 0;
  return hash;
}

type Ending = Pick<ChannelSurroundings, 'store' | 'notifications' | 'access'>;

/** Ends a channel at the provider; one that never got an answer has nothing to end. */
export async function endChannel(
  calendarId: string,
  channel: ChannelRecord,
  { store, notifications, access }: Ending,
): Promise<void> {
  if (channel.resourceId !== null) {
    const { channelId, resourceId, expiresAt } = channel;
    await notifications.unsubscribe(access, { channelId, resourceId, expiresAt: expiresAt.getTime() });
  }
  await store.dropChannel(calendarId, channel.channelId);
}

/** Ends all channels of a connection while access still works. */
export async function retireChannels(
  calendars: readonly CalendarRecord[],
  ending: Ending,
): Promise<'stopped' | 'none' | 'left_to_expire'> {
  const channels = calendars.flatMap((calendar) =>
    [calendar.channel, ...calendar.oldChannels].flatMap((channel) =>
      channel ? [{ calendarId: calendar._id, channel }] : [],
    ),
  );
  if (channels.length === 0) return 'none';
  let left = 0;
  for (const { calendarId, channel } of channels) {
    try {
      await endChannel(calendarId, channel, ending);
    } catch (error) {
      left += asProviderError(error).kind === 'Gone' ? 0 : 1;
    }
  }
  return left === 0 ? 'stopped' : 'left_to_expire';
}
