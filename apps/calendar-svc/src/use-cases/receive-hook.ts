import type { ChangeHint, HookAnswer, HookRequest, Provider } from '@daybook/provider-port';
import { constantTimeEqual, sha256Hex } from '@daybook/platform/crypto';
import type { CalendarStore } from '../ports/calendar-store';
import type { CalendarRecord } from '../ports/records';
import { raiseHint, type HintSurroundings } from './raise-hint';

/** As much of a calendar as a call from outside may look at. */
export type HookedCalendar = Pick<CalendarRecord, '_id' | 'connectionId' | 'channel' | 'oldChannels'>;

export interface HookSurroundings {
  readonly store: Pick<CalendarStore, 'requestSync' | 'hearOfChannel'> & {
    calendarOfChannel(channelId: string): Promise<HookedCalendar | null>;
  };
  readonly providerByKey: (key: string) => Provider | null;
  readonly wake: HintSurroundings['wake'];
}

/** Null: no such provider here. A call that does not prove itself is answered like any other and changes nothing. */
export async function receiveHook(
  key: string,
  request: HookRequest,
  around: HookSurroundings,
): Promise<HookAnswer | null> {
  const notifications = around.providerByKey(key)?.notifications;
  if (!notifications) return null;
  const reading = notifications.read(request);
  if (reading.type !== 'hints') return reading.answer;
  await Promise.all(distinct(reading.hints).map((hint) => takeHint(hint, around)));
  return reading.answer;
}

/** A call may tell of hundreds of changes; to us all of one channel say the same. */
function distinct(hints: readonly ChangeHint[]): ChangeHint[] {
  const key = ({ channelId, token, resourceId, news }: ChangeHint) =>
    JSON.stringify([channelId, token, resourceId, news]);
  return [...new Map(hints.map((hint) => [key(hint), hint])).values()];
}

async function takeHint(hint: ChangeHint, { store, wake }: HookSurroundings): Promise<void> {
  const calendar = await store.calendarOfChannel(hint.channelId);
  if (!calendar) return;
  const channel = [calendar.channel, ...calendar.oldChannels].find((known) => known?.channelId === hint.channelId);
  if (!channel || !constantTimeEqual(sha256Hex(hint.token), channel.tokenHash)) return;
  if (channel.resourceId !== null && channel.resourceId !== hint.resourceId) return;
  if (hint.news) await store.hearOfChannel(calendar._id, hint.channelId, hint.news);
  await raiseHint(calendar, { store, wake });
}
