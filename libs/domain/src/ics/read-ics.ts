import { isZone } from '../time/zone-names';
import type { ZoneId } from '../time/zone-offsets';
import { BlockScanner, type UnreadablePart } from './ics-blocks';
import type { IcsEvent } from './ics-event';
import { readProperty } from './ics-properties';
import { IcsFault, type TimeReading } from './ics-times';
import { zoneLookup } from './ics-zones';
import { readIcsEvent } from './read-ics-event';

export interface IcsOptions {
  /** Where times without zone take place, unless the file names a zone of its own (X-WR-TIMEZONE). */
  readonly floatingZone: ZoneId;
  /** The present year: zones that only the file describes are compared with known ones around it. */
  readonly year: number;
}

export interface IcsReading {
  readonly events: readonly IcsEvent[];
  readonly unreadable: readonly UnreadablePart[];
  /** X-WR-CALNAME, or null. */
  readonly name: string | null;
}

const YEARS_BACK = 1;
const YEARS_AHEAD = 4;

/**
 * Reads a calendar file: what can be read, and what cannot, by line and reason. One bad event never costs another. Rules are
 * checked but not expanded, so that endless ones cost nothing here. Never throws for what a file contains.
 */
export function readIcs(text: string, { floatingZone, year }: IcsOptions): IcsReading {
  const { events: blocks, zones, calendar, unreadable } = new BlockScanner().scan(text);
  const own = headerOf(calendar, 'x-wr-timezone');
  const reading: TimeReading = {
    zoneOf: zoneLookup(zones, { from: year - YEARS_BACK, to: year + YEARS_AHEAD }),
    floatingZone: own !== null && isZone(own) ? own : floatingZone,
  };
  const events: IcsEvent[] = [];
  const faults: UnreadablePart[] = [...unreadable];
  for (const block of blocks) {
    try {
      events.push(readIcsEvent(block, reading));
    } catch (error) {
      const reason = error instanceof IcsFault ? error.message : 'it cannot be read';
      faults.push({ line: block.line, reason });
    }
  }
  if (events.length === 0 && faults.length === 0 && !/^BEGIN:VCALENDAR/im.test(text.slice(0, 10_000))) {
    faults.push({ line: 1, reason: 'this is not a calendar file (no BEGIN:VCALENDAR)' });
  }
  return {
    events,
    unreadable: faults.sort((one, other) => one.line - other.line),
    name: headerOf(calendar, 'x-wr-calname'),
  };
}

function headerOf(lines: readonly string[], name: string): string | null {
  const line = lines.find((text) => text.slice(0, name.length).toLowerCase() === name);
  if (line === undefined) return null;
  try {
    return readProperty(line).values[0]?.trim() ?? null;
  } catch {
    return null;
  }
}
