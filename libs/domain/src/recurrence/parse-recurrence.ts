/** Reads the recurrence lines of an event: RRULE, RDATE, EXDATE. Everything else is refused by name. */
import { resolveZone } from '../time/zone-names';
import { lineInstant, parseDuration, parseLineTime } from './line-time';
import { parseRule, Refused } from './parse-rule';
import type { AddedDate, LineTime, Recurrence, RecurrenceReading, Rule } from './rule';

const MAX_LINES = 2000;
const MAX_TEXT = 262_144;
const MAX_RULES = 8;
const MAX_DATES = 10_000;

interface Line {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
  readonly text: string;
}

/** `NAME;PARAM=x;PARAM="y":VALUE`; a bare `FREQ=…` counts as an RRULE, because some servers leave the name out. */
function splitLine(text: string): Line {
  if (/^FREQ=/i.test(text)) return { name: 'RRULE', parameters: new Map(), value: text, text };
  // A quoted parameter may hold a colon (TZID="(UTC+01:00) Berlin").
  const found = /^([A-Za-z-]{1,20})((?:;[A-Za-z-]{1,30}=(?:"[^"]*"|[^";:]*))*):(.*)$/s.exec(text);
  if (!found) throw new Refused('malformed', text);
  const parameters = new Map<string, string>();
  for (const piece of (found[2] ?? '').matchAll(/;([A-Za-z-]+)=(?:"([^"]*)"|([^";:]*))/g)) {
    parameters.set((piece[1] ?? '').toUpperCase(), piece[2] ?? piece[3] ?? '');
  }
  return { name: (found[1] ?? '').toUpperCase(), parameters, value: found[3] ?? '', text };
}

function zoneNameOf(line: Line): string | null {
  const name = line.parameters.get('TZID');
  if (name === undefined) return null;
  if (resolveZone(name).zone === null) throw new Refused('bad_zone', line.text);
  return name;
}

function values(line: Line): readonly string[] {
  return line.value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readTime(text: string, zoneName: string | null): LineTime {
  const time = parseLineTime(text, zoneName);
  if (!time) throw new Refused('malformed', text);
  return time;
}

/** A date, a time, or a period `start/end` or `start/duration`. */
function readAdded(text: string, zoneName: string | null): AddedDate {
  const slash = text.indexOf('/');
  if (slash < 0) return { at: readTime(text, zoneName), lengthSeconds: null };
  const at = readTime(text.slice(0, slash), zoneName);
  const rest = text.slice(slash + 1);
  const duration = parseDuration(rest);
  if (duration !== null) return { at, lengthSeconds: duration };
  const end = readTime(rest, zoneName);
  const length = (lineInstant(end, 'UTC') - lineInstant(at, 'UTC')) / 1000;
  return { at, lengthSeconds: Math.max(0, length) };
}

function readLines(lines: readonly string[], allDay: boolean): Recurrence {
  if (lines.length > MAX_LINES) throw new Refused('too_long', `${lines.length} lines`);
  if (lines.reduce((sum, line) => sum + line.length, 0) > MAX_TEXT) throw new Refused('too_long', 'lines');
  const rules: Rule[] = [];
  const added: AddedDate[] = [];
  const excluded: LineTime[] = [];
  for (const text of lines) {
    if (text.trim() === '') continue;
    const line = splitLine(text.trim());
    const zoneName = zoneNameOf(line);
    if (line.name === 'RRULE') rules.push(parseRule(line.value, allDay));
    else if (line.name === 'RDATE') for (const item of values(line)) added.push(readAdded(item, zoneName));
    else if (line.name === 'EXDATE') for (const item of values(line)) excluded.push(readTime(item, zoneName));
    else throw new Refused('unsupported', line.name);
    if (added.length + excluded.length > MAX_DATES) throw new Refused('too_long', line.name);
    if (rules.length > MAX_RULES) throw new Refused('too_long', 'RRULE');
  }
  return { rules, added, excluded };
}

/**
 * Reads recurrence lines (RFC 5545, sections 3.3.10, 3.8.5). Bounded: 8 rules, 2,000 lines, 10,000 dates, 256 kB.
 * Whether a rule can ever match is checked by `readSeries`, which knows the start.
 */
export function parseRecurrence(lines: readonly string[], { allDay }: { readonly allDay: boolean }): RecurrenceReading {
  try {
    return { ok: true, recurrence: readLines(lines, allDay) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
