import type { RemoteMeeting } from '@daybook/provider-port';
import type { FakeMailbox, FakeProvider } from '@daybook/testing/fakes';
import { ADDRESS } from './sync-bench';

/** How the other provider calls what the first one calls so. */
export const renamed = (remoteId: string): string => `other ${remoteId}`;

/** One mailbox as another provider shows it: all of it, under names and versions of its own. Gives its names by the first ones. */
export function showElsewhere(mailbox: FakeMailbox, other: FakeProvider): Map<string, string> {
  const there = other.mailbox(ADDRESS);
  const names = new Map<string, string>();
  there.removeCalendar('primary');
  for (const [remoteId, calendar] of mailbox.calendars) {
    names.set(remoteId, renamed(remoteId));
    there.addCalendar({ ...calendar.description, remoteId: renamed(remoteId) });
    for (const item of calendar.items()) {
      names.set(item.remoteId, renamed(item.remoteId));
      there.put(underOtherNames(item), renamed(remoteId));
    }
    const { madeBy } = there.calendars.get(renamed(remoteId)) ?? {};
    for (const [key, name] of calendar.madeBy) madeBy?.set(key, renamed(name));
  }
  return names;
}

function underOtherNames(item: RemoteMeeting): RemoteMeeting {
  const named = { ...item, remoteId: renamed(item.remoteId) };
  if (!('seriesRemoteId' in named)) return named;
  return { ...named, seriesRemoteId: renamed(named.seriesRemoteId) };
}
