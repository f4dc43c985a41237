import type { World } from '../state/world';
import type { CalendarStore } from './calendar-store';
import type { EventResource } from './event-resource';

/** Fields of a series that untouched instances and exceptions share with it. */
const INHERITED = ['summary', 'description', 'location', 'visibility', 'transparency'] as const;

/** What a change of a series does to the exceptions it has. */
export class SeriesExceptions {
  constructor(
    private readonly world: World,
    /** The present, as `updated` has it. */
    private readonly now: () => string,
  ) {}

  /** Gives what a series passes on to exceptions that had it from the series. */
  hand(store: CalendarStore, before: EventResource, next: EventResource): void {
    const fields = INHERITED.filter((name) => before[name] !== next[name]);
    if (fields.length === 0) return;
    for (const exception of store.exceptionsOf(next.id).values()) {
      const resource = exception.read();
      const followed = fields.filter((name) => resource[name] === before[name]);
      if (exception.cancelled || followed.length === 0) continue;
      for (const name of followed) {
        if (next[name] === undefined) delete resource[name];
        else Object.assign(resource, { [name]: next[name] });
      }
      this.world.put(store, { ...resource, updated: this.now() });
    }
  }

  /** A series that repeats no more has no exceptions either. */
  withdraw(store: CalendarStore, masterId: string): void {
    for (const exception of store.exceptionsOf(masterId).values()) {
      if (exception.cancelled) continue;
      this.world.put(store, { ...exception.read(), status: 'cancelled', updated: this.now() });
    }
  }
}
