import { originalStartKey } from '@daybook/domain';
import type { WriteTarget } from '@daybook/provider-port';

/**
 * Google takes ids of 5 to 1,024 characters of base32hex, 0-9 and a-v, unique in a calendar (`events.insert`). The prefix
 * shows a person who looks at an id where it came from.
 */
const PREFIX = 'db';

/** The id of the event a create with this key makes. */
export function createdId(key: string): string {
  return PREFIX + key;
}

/** An instance has its series' id with its original start, whether or not anybody has touched it. */
export function targetId(target: WriteTarget): string {
  if (target.type === 'item') return target.remoteId;
  return `${target.seriesRemoteId}_${originalStartKey(target.originalStart)}`;
}

export function eventsPath(calendarRemoteId: string): string {
  return `/calendars/${encodeURIComponent(calendarRemoteId)}/events`;
}

export function eventPath(calendarRemoteId: string, remoteId: string): string {
  return `${eventsPath(calendarRemoteId)}/${encodeURIComponent(remoteId)}`;
}
