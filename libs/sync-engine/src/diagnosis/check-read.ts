import type { CalendarSession, RemoteCalendar } from '@daybook/provider-port';

const LOOK_AHEAD_MS = 14 * 86_400_000;

/**
 * Reads what a run reads first: the calendars, and a page of the main one's next days. Gives the calendars of the first page,
 * the main one first; none where the mailbox has none. @throws ProviderError
 */
export async function checkRead(session: CalendarSession, now: number): Promise<readonly RemoteCalendar[]> {
  const calendars = await firstCalendars(session);
  const [main] = calendars;
  if (!main) return [];
  const window = { type: 'between', from: now, to: now + LOOK_AHEAD_MS } as const;
  const request = { calendarRemoteId: main.remoteId, since: null, window, continueAt: null };
  for await (const _page of session.changes(request)) break;
  return calendars;
}

async function firstCalendars(session: CalendarSession): Promise<readonly RemoteCalendar[]> {
  for await (const page of session.calendars()) {
    if (page.length > 0) return [...page].sort((one, other) => Number(other.primary) - Number(one.primary));
  }
  return [];
}
