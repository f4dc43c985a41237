import type { CalendarCollections } from './collections';

/** About 20 MB of ids. */
const MOST_UNITS = 200_000;

/**
 * Which units a calendar holds, remembered through its first listing: what is not among them is new, and the store need not
 * be asked about it. True under the connection's lease only, where nobody else adds items. Limits: a calendar with more
 * units than fit is not remembered, and what is removed stays in the memory, which costs one look too many.
 */
export class KnownUnits {
  private constructor(private readonly ids: Set<string>) {}

  static async load({ meetings }: CalendarCollections, calendarId: string): Promise<KnownUnits> {
    const found = meetings
      .find({ calendarId }, { projection: { seriesId: 1 }, batchSize: 5_000 })
      .limit(MOST_UNITS + 1);
    const ids = new Set<string>();
    for await (const item of found) ids.add(item.seriesId ?? item._id);
    return new KnownUnits(ids);
  }

  /** True where the unit is new for certain; from then on it counts as stored. */
  isNew(unitId: string): boolean {
    const before = this.ids.size;
    if (before > MOST_UNITS) return false;
    this.ids.add(unitId);
    return this.ids.size > before;
  }
}
