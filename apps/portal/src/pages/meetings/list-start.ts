import { dayOf, startOfDay, type Instant } from '../../time/zoned-time';

/** Where the list begins: the start of the viewer's today, as RFC 3339. */
export function listStart(now: Instant, zone: string): string {
  return new Date(startOfDay(dayOf(now, zone), zone)).toISOString();
}
