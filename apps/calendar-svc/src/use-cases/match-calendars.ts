import type { RemoteCalendar } from '@daybook/provider-port';
import type { CalendarRecord } from '../ports/records';

type Stored = Pick<CalendarRecord, '_id' | 'remoteId' | 'name' | 'primary' | 'owned'>;

export interface KnownOfNames {
  /** New remote ids by former ones, as far as anybody could tell. */
  readonly translated: ReadonlyMap<string, string>;
  /** The id that a calendar gets which is listed under this remote id for the first time. */
  readonly firstIdOf: (remoteId: string) => string;
}

/**
 * Which of the calendars stored are which of those another provider lists: as somebody translated, as it was called at first, the
 * main one, or by name. What could be two of them is left alone. Gives remote ids by our own ids.
 */
export function matchCalendars(
  stored: readonly Stored[],
  listed: readonly RemoteCalendar[],
  { translated, firstIdOf }: KnownOfNames,
): ReadonlyMap<string, string> {
  const rules: readonly ((one: Stored, other: RemoteCalendar) => boolean)[] = [
    (one, other) => translated.get(one.remoteId) === other.remoteId,
    (one, other) => firstIdOf(other.remoteId) === one._id,
    (one, other) => one.primary && other.primary,
    (one, other) => one.name === other.name && one.owned === other.owned,
    (one, other) => one.name === other.name,
  ];
  const matched = new Map<string, string>();
  for (const isSame of rules) {
    const taken = new Set(matched.values());
    const left = stored.filter(({ _id }) => !matched.has(_id));
    const free = listed.filter(({ remoteId }) => !taken.has(remoteId));
    for (const one of left) {
      const [other, ...more] = free.filter((candidate) => isSame(one, candidate));
      if (!other || more.length > 0) continue;
      if (left.filter((rival) => isSame(rival, other)).length === 1) matched.set(one._id, other.remoteId);
    }
  }
  return matched;
}
