import type { ChannelNews, Subscription } from '@daybook/provider-port';
import type { CalendarRecord, ChannelRecord } from '../../ports/records';
import type { CalendarCollections } from './collections';

/*
 * The channels of calendars, as `CalendarStore` has them. A channel is told from its successor by its own name, so that word of
 * one that was replaced changes nothing of the new one.
 */

/** Providers wait three seconds for an answer, and call again without one. */
const LONGEST_HINT_MS = 2_000;
/** A transaction that a dead process left open may hold a calendar for a while: the provider calls again. */
export const durableHint = { writeConcern: { w: 'majority' as const }, maxTimeMS: LONGEST_HINT_MS };

type Calendars = Pick<CalendarCollections, 'calendars'>;

export function calendarOfChannel({ calendars }: Calendars, channelId: string): Promise<CalendarRecord | null> {
  return calendars.findOne({
    $or: [{ 'channel.channelId': channelId }, { 'oldChannels.channelId': channelId }],
  });
}

export async function openChannel({ calendars }: Calendars, calendarId: string, channel: ChannelRecord): Promise<void> {
  const current = await calendars.findOne({ _id: calendarId });
  const old = current?.channel ? [...current.oldChannels, current.channel] : (current?.oldChannels ?? []);
  await calendars.updateOne({ _id: calendarId }, { $set: { channel, oldChannels: old } });
}

export async function confirmChannel(
  { calendars }: Calendars,
  calendarId: string,
  { channel, dueAt }: { readonly channel: ChannelRecord; readonly dueAt: Date },
): Promise<void> {
  await calendars.updateOne(
    { _id: calendarId, 'channel.channelId': channel.channelId },
    { $set: { channel, channelDueAt: dueAt } },
  );
}

export async function hearOfChannel(
  { calendars }: Calendars,
  calendarId: string,
  { channelId, news, now }: { readonly channelId: string; readonly news: ChannelNews; readonly now: Date },
): Promise<void> {
  const due = { channelDueAt: now, ...(news === 'gone' ? { channel: null } : {}) };
  await calendars.updateOne({ _id: calendarId, 'channel.channelId': channelId }, { $set: due }, durableHint);
  if (news === 'gone')
    await calendars.updateOne({ _id: calendarId }, { $pull: { oldChannels: { channelId } } }, durableHint);
}

export async function othersGoBy(
  { calendars }: Calendars,
  calendarId: string,
  subscriptions: readonly Subscription[],
): Promise<boolean> {
  const channelIds = { $in: subscriptions.map(({ channelId }) => channelId) };
  const resourceIds = { $in: subscriptions.map(({ resourceId }) => resourceId) };
  const anyOf = [
    { 'channel.channelId': channelIds },
    { 'oldChannels.channelId': channelIds },
    { 'channel.resourceId': resourceIds },
    { 'oldChannels.resourceId': resourceIds },
  ];
  const other = await calendars.findOne({ _id: { $ne: calendarId }, $or: anyOf }, { projection: { _id: 1 } });
  return other !== null;
}

export async function dropChannel({ calendars }: Calendars, calendarId: string, channelId: string): Promise<void> {
  await calendars.updateOne({ _id: calendarId, 'channel.channelId': channelId }, { $set: { channel: null } });
  await calendars.updateOne({ _id: calendarId }, { $pull: { oldChannels: { channelId } } });
}
