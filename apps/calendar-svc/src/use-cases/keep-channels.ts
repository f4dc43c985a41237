import {
  asProviderError,
  type ChangeNotificationPort,
  type ProviderAccess,
  type SubscribeRequest,
  type Subscription,
  SubscriptionsInTheWay,
} from '@daybook/provider-port';
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
 * nothing falls between.
 */
export async function keepChannel(calendar: CalendarRecord, around: ChannelSurroundings): Promise<void> {
  const { store, clock } = around;
  const now = clock.now();
  if (calendar.channelDueAt.getTime() > now) return;
  try {
    if (!(await renewed(calendar, around))) await opened(calendar, around);
  } catch (error) {
    // Some mailboxes never get one: polling goes on, and it is tried again now and then.
    await store.noteChannelDue(calendar._id, new Date(now + RETRY_MS));
    throw error;
  }
  const current = await store.calendar(calendar._id);
  for (const old of current?.oldChannels ?? []) await endChannel(calendar._id, old, around);
}

/**
 * Lengthens the life of the channel there is, where the provider can: then there is never a second one. False where one has to
 * be opened; a channel that is gone is forgotten first.
 */
async function renewed(calendar: CalendarRecord, around: ChannelSurroundings): Promise<boolean> {
  const { store, clock, notifications, access } = around;
  const { _id, channel } = calendar;
  if (!notifications.renew || !channel || channel.resourceId === null) return false;
  const { channelId, resourceId } = channel;
  const expiresAt = clock.now() + notifications.longestLifeMs;
  try {
    const given = await notifications.renew(access, { channelId, resourceId, expiresAt });
    const standing = { ...channel, expiresAt: new Date(given.expiresAt) };
    await store.confirmChannel(_id, standing, dueAt(calendar, standing, around));
    return true;
  } catch (error) {
    if (asProviderError(error).kind !== 'Gone') throw error;
    await store.dropChannel(_id, channelId);
    return false;
  }
}

/** Written down before the provider is asked, because its first call may come before its answer. */
async function opened(calendar: CalendarRecord, around: ChannelSurroundings): Promise<void> {
  const { store, clock, notifications } = around;
  const token = randomToken(32);
  const opening: ChannelRecord = {
    channelId: newId('chn'),
    tokenHash: sha256Hex(token),
    resourceId: null,
    expiresAt: new Date(clock.now() + notifications.longestLifeMs),
  };
  await store.openChannel(calendar._id, opening);
  try {
    const { channelId } = opening;
    const given = await subscribed(
      calendar,
      { calendarRemoteId: calendar.remoteId, channelId, token, expiresAt: opening.expiresAt.getTime() },
      around,
    );
    const standing = { ...opening, resourceId: given.resourceId, expiresAt: new Date(given.expiresAt) };
    await store.confirmChannel(calendar._id, standing, dueAt(calendar, standing, around));
  } catch (error) {
    await store.dropChannel(calendar._id, opening.channelId);
    throw error;
  }
  // Whatever changed between the last run and the channel's first call is fetched once more.
  await store.requestSync(calendar._id);
}

/**
 * What stands in the way is ended where nobody here listens to it: its answer never came, or its connection is gone. Else it is
 * another connection's to the same mailbox, and this one is without push as long as that one stands.
 */
async function subscribed(
  { _id }: CalendarRecord,
  request: SubscribeRequest,
  { store, notifications, access }: ChannelSurroundings,
): Promise<Subscription> {
  try {
    return await notifications.subscribe(access, request);
  } catch (error) {
    if (!(error instanceof SubscriptionsInTheWay) || (await store.othersGoBy(_id, error.standing))) throw error;
    for (const forgotten of error.standing) await notifications.unsubscribe(access, forgotten);
    return notifications.subscribe(access, request);
  }
}

/** When a channel is to be renewed: the same calendar always at the same distance from the end. */
function dueAt(
  { _id }: CalendarRecord,
  { expiresAt }: ChannelRecord,
  { clock, notifications }: ChannelSurroundings,
): Date {
  const margin = Math.max(RENEW_BEFORE_MS, notifications.longestLifeMs * RENEW_SHARE);
  const spread = Math.abs(hashOf(_id)) % SPREAD_MS;
  return new Date(Math.max(clock.now() + RETRY_MS, expiresAt.getTime() - margin - spread));
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
