import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 86_400_000;

/** The first Monday that lies at least two days ahead, so that nothing of the week has begun. */
export function comingMonday(): Date {
  const day = new Date(Date.now() + 2 * DAY_MS);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  day.setUTCHours(0, 0, 0, 0);
  return day;
}

/** `2026-11-23`, so many days after the coming Monday. */
export function dayAfterMonday(days: number): string {
  return new Date(comingMonday().getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** An export of a real calendar as it comes out of Google, with its dates moved to the coming weeks. */
export function ownCalendar(): string {
  const text = readFileSync(join(__dirname, '..', 'fixtures', 'own-calendar.ics'), 'utf8');
  const dated = text.replace(/\{D\+(\d+)\}/g, (_, days: string) => dayAfterMonday(Number(days)).replaceAll('-', ''));
  return dated.replace(/\r?\n/g, '\r\n');
}
