import type { EventResource } from './event-resource';
import type { ListRequest } from './list-request';
import type { StoredEvent } from './stored-event';

/** What a listing asks of the content of an event; null when it asks nothing, so that no event need be parsed. */
export function contentFilter(request: ListRequest): ((event: EventResource) => boolean) | null {
  const tests: ((event: EventResource) => boolean)[] = [];
  if (request.q !== null) {
    const words = request.q.toLowerCase().split(/\s+/).filter(Boolean);
    tests.push((event) => words.every((word) => searchText(event).includes(word)));
  }
  for (const [key, value] of request.privateProperties) {
    tests.push((event) => event.extendedProperties?.private?.[key] === value);
  }
  for (const [key, value] of request.sharedProperties) {
    tests.push((event) => event.extendedProperties?.shared?.[key] === value);
  }
  if (request.eventTypes.length > 0) {
    tests.push((event) => request.eventTypes.includes(event.eventType ?? 'default'));
  }
  return tests.length === 0 ? null : (event) => tests.every((test) => test(event));
}

/** The fields Google searches with `q`. */
function searchText(event: EventResource): string {
  const people = [event.organizer, ...(event.attendees ?? [])].flatMap((one) => [one?.displayName, one?.email]);
  return [event.summary, event.description, event.location, ...people].join('\n').toLowerCase();
}

/** True when the event overlaps the window: `timeMin` bounds its end, `timeMax` its start, both exclusive. */
export function inWindow(startsAt: number, endsAt: number, request: ListRequest): boolean {
  if (request.timeMax !== null && !(startsAt < request.timeMax)) return false;
  if (request.timeMin === null) return true;
  return endsAt > request.timeMin || (endsAt === startsAt && startsAt >= request.timeMin);
}

/** Tests by what lies beside the text of an event: UID and time of change. */
export function passesMeta(event: StoredEvent, request: ListRequest): boolean {
  if (request.iCalUid !== null && event.iCalUid !== request.iCalUid) return false;
  return request.updatedMin === null || event.updatedAt >= request.updatedMin;
}
