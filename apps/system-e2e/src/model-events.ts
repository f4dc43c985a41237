import { z } from 'zod';
import type { GoogleEvent } from '@daybook/testing/stack';
import type { OwedMeeting } from './model-owed';

const marked = z.object({ extendedProperties: z.object({ private: z.object({ daybookMeeting: z.string() }) }) });

/** The meeting that an event says it stands for; null of one that was made at the provider. */
export function markerOf(event: GoogleEvent): string | null {
  return marked.safeParse(event).data?.extendedProperties.private.daybookMeeting ?? null;
}

/** Is it what stands for that meeting at the provider, and no instance of it? */
export function isOf({ made }: OwedMeeting, event: GoogleEvent): boolean {
  if (!isWhole(event)) return false;
  if (made.origin === 'there') return event.id === made.eventId;
  return made.id === null ? event.summary === made.title : markerOf(event) === made.id;
}

export function isWhole({ status, recurringEventId }: GoogleEvent): boolean {
  return status !== 'cancelled' && recurringEventId === undefined;
}

/** An instant in UTC as text; only of a time that has an hour. */
export function instantOf(time: GoogleEvent['start']): string {
  return new Date(time?.dateTime ?? Number.NaN).toISOString();
}
