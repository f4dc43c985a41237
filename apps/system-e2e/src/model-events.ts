import type { EventThere } from './model-mailbox';
import type { OwedMeeting } from './model-owed';

/** Is it what stands for that meeting at the provider? */
export function isOf({ made }: OwedMeeting, event: EventThere): boolean {
  if (made.origin === 'there') return event.name === made.eventId;
  return made.id === null ? event.title === made.title : event.marker === made.id;
}
