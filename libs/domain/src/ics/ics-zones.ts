import { matchZone, type YearSpan, type ZoneDescription, type ZoneObservance } from '../time/match-zone';
import { isCivilDateTime } from '../time/civil';
import { resolveZone } from '../time/zone-names';
import type { ZoneId } from '../time/zone-offsets';
import type { IcsBlock } from './ics-blocks';
import { readProperty, type IcsProperty } from './ics-properties';
import { IcsFault, type ZoneLookup } from './ics-times';

interface DescribedZone extends ZoneDescription {
  /** X-LIC-LOCATION, or null. */
  readonly location: string | null;
}

const OFFSET = /^([+-])(\d\d)(\d\d)(\d\d)?$/;

/**
 * What the TZIDs of a file mean. In this order: a name that is IANA or Windows, also behind a vendor's prefix
 * (`/citadel.org/…/Europe/Berlin`); X-LIC-LOCATION; the IANA zone with the same offsets through the years.
 */
export function zoneLookup(blocks: readonly IcsBlock[], years: YearSpan): ZoneLookup {
  const described = new Map<string, DescribedZone>();
  for (const block of blocks) {
    const zone = describe(block);
    if (zone !== null) described.set(zone.id, zone);
  }
  const known = new Map<string, ZoneId | null>();
  return (id) => {
    let zone = known.get(id);
    if (zone === undefined) {
      zone = resolve(id, described.get(id), years);
      known.set(id, zone);
    }
    if (zone === null) throw new IcsFault(`the time zone ${id.slice(0, 60)} is unknown and not described`);
    return zone;
  };
}

function resolve(id: string, description: DescribedZone | undefined, years: YearSpan): ZoneId | null {
  const location = description?.location ?? null;
  const named = byName(id) ?? (location === null ? null : byName(location));
  if (named !== null || description === undefined) return named;
  return matchZone(description, years);
}

/** The whole name, or the longest end of a path that is a zone. */
function byName(id: string): ZoneId | null {
  const parts = id.split('/').filter((part) => part !== '');
  for (let from = 0; from < Math.min(parts.length, 8); from += 1) {
    const { zone } = resolveZone(parts.slice(from).join('/'));
    // The last part alone is too short to trust, unless it is the whole name.
    if (zone !== null && (from === 0 || from < parts.length - 1)) return zone;
  }
  return null;
}

function describe({ lines }: IcsBlock): DescribedZone | null {
  let id = '';
  let location: string | null = null;
  const observances: ZoneObservance[] = [];
  let open: IcsProperty[] | null = null;
  for (const line of lines.slice(1, -1)) {
    const mark = /^(BEGIN|END):/i.exec(line)?.[1]?.toUpperCase();
    if (mark === 'BEGIN') open = [];
    else if (mark === 'END') {
      const observance = open === null ? null : observanceOf(open);
      if (observance !== null) observances.push(observance);
      open = null;
    } else {
      const property = quietly(line);
      if (property === null) continue;
      if (open !== null) open.push(property);
      // As a property its commas are escaped, as the parameter of a time they are quoted: one name in two spellings.
      else if (property.name === 'tzid') id = property.values.join(',').trim();
      else if (property.name === 'x-lic-location') location = property.raw.trim();
    }
  }
  return id === '' ? null : { id, location, observances };
}

function observanceOf(properties: readonly IcsProperty[]): ZoneObservance | null {
  const raw = (name: string): string => properties.find((one) => one.name === name)?.raw.trim() ?? '';
  const [from, to] = [offsetOf(raw('tzoffsetfrom')), offsetOf(raw('tzoffsetto'))];
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(raw('dtstart'));
  if (from === null || to === null || match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  const start = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (!isCivilDateTime(start)) return null;
  const lines = properties
    .filter(({ name }) => name === 'rrule' || name === 'rdate')
    .map((property) => `${property.name.toUpperCase()}:${property.raw.trim()}`);
  return { start, offsetFromSeconds: from, offsetToSeconds: to, lines };
}

function offsetOf(text: string): number | null {
  const match = OFFSET.exec(text);
  if (match === null) return null;
  const [, sign, hours, minutes, seconds = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

function quietly(line: string): IcsProperty | null {
  try {
    return readProperty(line);
  } catch {
    return null;
  }
}
