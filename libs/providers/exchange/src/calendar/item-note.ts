/**
 * What we write on an item beside Exchange's own fields: two named MAPI properties, which other programs neither see nor touch.
 * One holds the key of the create that made it, to find it by; the other a note in JSON: whose meeting it is, and what Exchange
 * has no words for. They are the ones that Microsoft Graph shows of the same mailbox, so that a meeting of ours is known again
 * whichever way it is read. Exchange gives them only to those who ask.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/properties-and-extended-properties-in-ews-in-exchange.
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
import { markup, type Markup } from '../transport/markup';
import type { WrittenZones } from './ews-time';
import { NOTHING_OWED, type OwedParts, owesNothing, readOwed, withLessFormat } from './owed-parts';

export interface ItemNote {
  readonly marker: MeetingMarker | null;
  /** Where Exchange has one word for two of ours. */
  readonly visibility: Visibility | null;
  readonly zones: WrittenZones | null;
  /** Civil dates of occurrences that the series' own lines take out. */
  readonly excluded: readonly string[];
  readonly owed: OwedParts;
  /** In which order guests were named, a letter for the list of each; null where it is that of Exchange's lists. */
  readonly guests: string | null;
}

export const NO_NOTE: ItemNote = {
  marker: null,
  visibility: null,
  zones: null,
  excluded: [],
  owed: NOTHING_OWED,
  guests: null,
};

const SET = '4b1f3c52-7d0a-4e58-9f63-2a6c8d1e90b7';
const NOTE_NAME = 'DaybookNote';
export const LONGEST_NOTE = 32_768;

const property = (name: string): Markup =>
  markup('t:ExtendedFieldURI', { PropertySetId: SET, PropertyName: name, PropertyType: 'String' });

export const NOTE_PATH = property(NOTE_NAME);
export const KEY_PATH = property('DaybookKey');

export function keyProperty(key: string): Markup {
  return markup('t:ExtendedProperty', {}, [KEY_PATH, markup('t:Value', {}, key)]);
}

/**
 * The property that holds a note; formats of descriptions as far as there is room.
 * @throws ProviderError Rejected where there is more to note than can be read back
 */
export function noteProperty(note: ItemNote): Markup {
  const text = noteAsText(note);
  if (text.length <= LONGEST_NOTE) return markup('t:ExtendedProperty', {}, [NOTE_PATH, markup('t:Value', {}, text)]);
  const owed = withLessFormat(note.owed);
  if (owed === null) throw new ProviderError('Rejected', { detail: 'too many single occurrences' });
  return noteProperty({ ...note, owed });
}

function noteAsText(note: ItemNote): string {
  const { marker, visibility, zones, excluded, owed, guests } = note;
  return JSON.stringify({
    ...(marker === null ? {} : { deployment: marker.deployment, meeting: marker.meetingId }),
    ...(visibility === null ? {} : { visibility }),
    ...(zones === null ? {} : { start: zones.start, end: zones.end }),
    ...(excluded.length === 0 ? {} : { excluded }),
    ...(owesNothing(owed) ? {} : { owed }),
    ...(guests === null ? {} : { guests }),
  });
}

/** The note of an item that was read with `NOTE_PATH`. Anything that is no note of ours is none. */
export function readNote(item: ForeignRecord): ItemNote {
  const note = parsed(noteText(item['ExtendedProperty']));
  if (!isRecord(note)) return NO_NOTE;
  const [deployment, meetingId] = [asText(note['deployment'], 128), asText(note['meeting'], 128)];
  const [start, end] = [zoneText(note['start']), zoneText(note['end'])];
  const guests = asText(note['guests'], 1000);
  return {
    marker: deployment === '' || meetingId === '' ? null : { deployment, meetingId },
    visibility: note['visibility'] === 'public' ? 'public' : null,
    zones: start === '' || end === '' ? null : { start, end },
    excluded: datesOf(note['excluded']),
    owed: readOwed(note['owed']),
    guests: guests === '' ? null : guests,
  };
}

export function isSameNote(one: ItemNote, other: ItemNote): boolean {
  return JSON.stringify({ ...NO_NOTE, ...one }) === JSON.stringify({ ...NO_NOTE, ...other });
}

function noteText(extended: unknown): string {
  if (!isRecord(extended) || !isRecord(extended['ExtendedFieldURI'])) return '';
  return extended['ExtendedFieldURI']['PropertyName'] === NOTE_NAME ? asText(extended['Value'], LONGEST_NOTE) : '';
}

const datesOf = (value: unknown): string[] => listOf(value).filter((date): date is string => typeof date === 'string');

const zoneText = (value: unknown): ZoneId => asText(value, 64);

function parsed(text: string): unknown {
  // Most items have no note, and an error is dear.
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
