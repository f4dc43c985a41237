/**
 * What we write on an event beside Graph's own fields: two named MAPI properties, which other programs neither see nor touch.
 * One holds the key of the create that made it, to find it by; the other a note in JSON: whose meeting it is, and what Graph
 * has no words for. Graph shows them only when asked and never tells of their changes, so they change only together with
 * something else.
 * Source: learn.microsoft.com/graph/api/resources/extended-properties-overview.
 */
import type { Visibility, ZoneId } from '@daybook/domain';
import {
  asText,
  type ForeignRecord,
  isRecord,
  listOf,
  type MeetingMarker,
  ProviderError,
} from '@daybook/provider-port';
import type { WrittenZones } from './graph-time';

/**
 * What a change of a series takes several requests for: it goes out with the first of them and comes off with the last, so that
 * whoever finds it goes on from there.
 */
export interface OwedParts {
  /** Civil dates of occurrences to take out. */
  readonly gone: readonly string[];
  /** Of changed occurrences by their dates: the members of Graph's event to give them. */
  readonly changed: Readonly<Record<string, ForeignRecord>>;
}

export const NOTHING_OWED: OwedParts = { gone: [], changed: {} };

export interface EventNote {
  readonly marker: MeetingMarker | null;
  /** Where Graph has one word for two of ours. */
  readonly visibility: Visibility | null;
  readonly zones: WrittenZones | null;
  /** Civil dates of occurrences that the series' own lines take out. */
  readonly excluded: readonly string[];
  readonly owed: OwedParts;
}

export const NO_NOTE: EventNote = { marker: null, visibility: null, zones: null, excluded: [], owed: NOTHING_OWED };

const SET = '{4b1f3c52-7d0a-4e58-9f63-2a6c8d1e90b7}';
const KEY_ID = `String ${SET} Name DaybookKey`;
const NOTE_ID = `String ${SET} Name DaybookNote`;
const LONGEST_NOTE = 32_768;

/** `$expand` that shows the note of an event. */
export const NOTE_EXPAND = `singleValueExtendedProperties($filter=id eq '${NOTE_ID}')`;

/** `$filter` for the event that a create with this key has made. */
export function madeBy(key: string): string {
  return `singleValueExtendedProperties/any(ep: ep/id eq '${KEY_ID}' and ep/value eq '${key}')`;
}

export function owesNothing({ owed }: EventNote): boolean {
  return owed.gone.length === 0 && Object.keys(owed.changed).length === 0;
}

/** The property that holds a note. @throws ProviderError Rejected where there is more to note than can be read back */
export function noteProperty(note: EventNote): object {
  const { marker, visibility, zones, excluded, owed } = note;
  const value = {
    ...(marker === null ? {} : { deployment: marker.deployment, meeting: marker.meetingId }),
    ...(visibility === null ? {} : { visibility }),
    ...(zones === null ? {} : { start: zones.start, end: zones.end }),
    ...(excluded.length === 0 ? {} : { excluded }),
    ...(owesNothing(note) ? {} : { owed }),
  };
  const text = JSON.stringify(value);
  if (text.length > LONGEST_NOTE) throw new ProviderError('Rejected', { detail: 'too many single occurrences' });
  return { id: NOTE_ID, value: text };
}

export function keyProperty(key: string): object {
  return { id: KEY_ID, value: key };
}

/** The note of an event that was read with `NOTE_EXPAND`. Anything that is no note of ours is none. */
export function readNote(event: ForeignRecord): EventNote {
  const property = listOf(event['singleValueExtendedProperties'])
    .filter(isRecord)
    .find((each) => asText(each['id'], 256).toLowerCase() === NOTE_ID.toLowerCase());
  const note = property === undefined ? null : parsed(asText(property['value'], LONGEST_NOTE));
  if (!isRecord(note)) return NO_NOTE;
  const [deployment, meetingId] = [asText(note['deployment'], 128), asText(note['meeting'], 128)];
  const [start, end] = [zoneText(note['start']), zoneText(note['end'])];
  return {
    marker: deployment === '' || meetingId === '' ? null : { deployment, meetingId },
    visibility: note['visibility'] === 'public' ? 'public' : null,
    zones: start === '' || end === '' ? null : { start, end },
    excluded: datesOf(note['excluded']),
    owed: owedIn(note['owed']),
  };
}

function owedIn(owed: unknown): OwedParts {
  if (!isRecord(owed)) return NOTHING_OWED;
  const changed = isRecord(owed['changed']) ? Object.entries(owed['changed']) : [];
  const readable = changed.flatMap(([date, members]) => (isRecord(members) ? [[date, members] as const] : []));
  return { gone: datesOf(owed['gone']), changed: Object.fromEntries(readable) };
}

const datesOf = (value: unknown): string[] => listOf(value).filter((date): date is string => typeof date === 'string');

const zoneText = (value: unknown): ZoneId => asText(value, 64);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
