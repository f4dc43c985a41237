import type { CalendarStore } from './calendar-store';
import type { EventResource } from './event-resource';
import { formatInZone } from './event-times';
import { plainOccurrences, type InstanceWindow } from './instances';

/** When a calendar is taken inside a window: sorted, joined where it overlaps, cut to the window. */
export function busyTimes(
  store: CalendarStore,
  window: InstanceWindow,
  zone: string,
): { start: string; end: string }[] {
  const spans: [number, number][] = [];
  for (const event of store.days.near(window.from, window.to)) {
    const master = event.masterId === null ? undefined : store.get(event.masterId);
    if (event.cancelled || master?.cancelled === true || !blocks(event.read())) continue;
    spans.push([event.startsAt, event.endsAt]);
  }
  for (const master of store.masters) {
    if (master.cancelled || !blocks(master.read())) continue;
    const touched = store.exceptionsOf(master.id);
    for (const occurrence of plainOccurrences(store, master, window)) {
      if (!touched.has(occurrence.key)) spans.push([occurrence.startsAt, occurrence.endsAt]);
    }
  }
  return joined(spans, window).map(([start, end]) => ({
    start: formatInZone(start, zone),
    end: formatInZone(end, zone),
  }));
}

function blocks(event: EventResource): boolean {
  const declined = event.attendees?.some((one) => one.self === true && one.responseStatus === 'declined');
  return event.transparency !== 'transparent' && declined !== true;
}

function joined(spans: [number, number][], { from, to }: InstanceWindow): [number, number][] {
  const sorted = spans
    .map(([start, end]): [number, number] => [Math.max(start, from), Math.min(end, to)])
    .filter(([start, end]) => end > start)
    .sort(([one], [other]) => one - other);
  const whole: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = whole.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else whole.push([start, end]);
  }
  return whole;
}
