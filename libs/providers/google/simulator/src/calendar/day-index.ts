import type { StoredEvent } from './stored-event';

const DAY = 86_400_000;
/** Longer events would fill many buckets; they are few and kept aside. */
const LONGEST = 31 * DAY;
/** A window wider than this is answered by a scan, which is then cheaper. */
export const WIDEST_INDEXED_WINDOW = 120 * DAY;

const dayOf = (instant: number): number => Math.floor(instant / DAY);

/** Finds the events that overlap a window without looking at the others: a bucket for each UTC day. */
export class DayIndex {
  private readonly days = new Map<number, Set<StoredEvent>>();
  private readonly long = new Set<StoredEvent>();

  add(event: StoredEvent): void {
    this.each(event, (bucket) => bucket.add(event));
  }

  /** Must be called before the times of the event change. */
  remove(event: StoredEvent): void {
    this.each(event, (bucket) => bucket.delete(event));
  }

  /** Events that may overlap [from, to), each once, in no order. */
  near(from: number, to: number): Set<StoredEvent> {
    const found = new Set(this.long);
    for (let day = dayOf(from); day <= dayOf(to); day += 1) {
      for (const event of this.days.get(day) ?? []) found.add(event);
    }
    return found;
  }

  private each(event: StoredEvent, change: (bucket: Set<StoredEvent>) => void): void {
    if (Number.isNaN(event.startsAt)) return;
    if (event.endsAt - event.startsAt > LONGEST) {
      change(this.long);
      return;
    }
    const last = dayOf(Math.max(event.endsAt, event.startsAt));
    for (let day = dayOf(event.startsAt); day <= last; day += 1) {
      let bucket = this.days.get(day);
      if (bucket === undefined) {
        bucket = new Set();
        this.days.set(day, bucket);
      }
      change(bucket);
      if (bucket.size === 0) this.days.delete(day);
    }
  }
}
