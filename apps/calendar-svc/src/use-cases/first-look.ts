import type { CalendarSession, RemoteCalendar } from '@daybook/provider-port';
import { beginGlance, type Glance } from '@daybook/sync-engine';
import { quietly } from './quietly';

/** What a person who has just connected waits for, already asked for: their calendars, and the next days of the main one. */
export interface FirstLook {
  readonly calendars: Promise<readonly RemoteCalendar[]>;
  /** Where the provider has a name for the main calendar that needs no list. */
  readonly glance: Glance | null;
}

export function beginFirstLook(session: CalendarSession, now: number): FirstLook {
  const glance = session.primary === undefined ? null : beginGlance(session, session.primary, now);
  return { calendars: quietly(allCalendars(session)), glance };
}

export async function allCalendars(session: CalendarSession): Promise<readonly RemoteCalendar[]> {
  const calendars: RemoteCalendar[] = [];
  for await (const page of session.calendars()) calendars.push(...page);
  return calendars;
}
