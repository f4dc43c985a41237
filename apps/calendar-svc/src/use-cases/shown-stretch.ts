import type { Freshness } from '@daybook/contracts';
import type { CalendarRecord } from '../ports/records';

interface Stretch {
  readonly from: Date;
  readonly to: Date;
}

/** What all of these stretches have in common; null of none. One that ends before it begins is empty at its beginning. */
export function commonStretch(stretches: readonly Stretch[]): Stretch | null {
  if (stretches.length === 0) return null;
  const from = Math.max(...stretches.map((stretch) => stretch.from.getTime()));
  const to = Math.min(...stretches.map((stretch) => stretch.to.getTime()));
  return { from: new Date(from), to: new Date(Math.max(from, to)) };
}

/** The stretches of those calendars whose providers show no more than one. */
export function shownStretches(calendars: readonly CalendarRecord[]): readonly Stretch[] {
  return calendars.flatMap(({ selected, shown }) => (selected && shown ? [shown] : []));
}

export function toCoverage({ from, to }: Stretch): NonNullable<Freshness['coverage']> {
  return { from: from.toISOString(), to: to.toISOString() };
}
