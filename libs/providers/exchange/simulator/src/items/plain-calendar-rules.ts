import { EwsRefusal } from '../soap/refusal';
import type { CalendarRules } from './calendar-rules';

const noOccurrences = (): never => {
  throw new EwsRefusal('ErrorItemNotFound', 'The specified object was not found in the store.');
};

/** Calendar items without rules: stored as they are sent, no series, times without offset are UTC. */
export const plainCalendarRules: CalendarRules = {
  prepare: ({ fields }) => ({ fields, series: null }),
  whole: ({ fields }) => fields,
  occurrence: noOccurrences,
  changeOccurrence: noOccurrences,
  deleteOccurrence: noOccurrences,
  dayAt: noOccurrences,
  inRanges: () => [],
  view: (_view, items) => ({ rows: items.map((kept) => ({ kept, day: null })), isWhole: true }),
  occurrenceId: (masterId) => masterId,
  readOccurrenceId: () => null,
  timeText: (text) => {
    const instant = Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
    return Number.isNaN(instant) ? text : new Date(instant).toISOString().replace('.000Z', 'Z');
  },
};
