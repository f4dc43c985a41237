import type { CalendarSyncStore } from './calendar-sync-store';

const AT_ONCE = 500;

/**
 * Removes all items of a calendar that the provider no longer has, as if it had named each: with its events and for readers
 * of changes. False when it was stopped before the end; it goes on where it is called again.
 */
export async function emptyCalendar(store: CalendarSyncStore, stopped: () => boolean): Promise<boolean> {
  const remoteIds = await store.remoteIds();
  for (let start = 0; start < remoteIds.length; start += AT_ONCE) {
    if (stopped()) return false;
    const page = await store.prepare(null);
    const removals = remoteIds.slice(start, start + AT_ONCE);
    await page.commit({ removals, initial: false, advance: { type: 'none' } });
  }
  return true;
}
