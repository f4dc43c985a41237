import { createHash, randomBytes } from 'node:crypto';

/** What an event's id names: an item, and for an occurrence the civil date of its original start (`20261123`). */
export interface ItemName {
  key: string;
  day: string | null;
}

/** The ways Exchange writes the id of one item; ids are case-sensitive in all of them. */
export type IdFormat = 'restId' | 'restImmutableEntryId' | 'ewsId' | 'entryId' | 'immutableEntryId';

export const ID_FORMATS: readonly IdFormat[] = [
  'restId',
  'restImmutableEntryId',
  'ewsId',
  'entryId',
  'immutableEntryId',
];

const PREFIXES: Record<IdFormat, string> = {
  restId: 'AAMkADQ2ZGI3',
  restImmutableEntryId: 'AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A',
  ewsId: 'AAMkADQ2ZGI3',
  entryId: 'AAAAAFrl2Cf',
  immutableEntryId: 'AAEuAAAAAAAdhAMRqmYRzZvIAKoAL8RaDQA',
};
const ITEM = 'BGAAAAAAAA=';
const OCCURRENCE = 'FRAAgI';
const CALENDAR = 'AuAAAAAAA=';
const KEY = '[A-Za-z0-9_+/-]{24}';

const toUrl = (key: string): string => key.replaceAll('/', '-').replaceAll('+', '_');
const fromUrl = (key: string): string => key.replaceAll('-', '/').replaceAll('_', '+');

/** The id of an item or occurrence in a format. */
export function idOf({ key, day }: ItemName, format: IdFormat): string {
  const own = format === 'ewsId' ? fromUrl(key) : key;
  return PREFIXES[format] + own + (day === null ? ITEM : `${OCCURRENCE}${day}AA=`);
}

/** Reads an id in one format, or null when it is none. */
export function readId(text: string, format: IdFormat): ItemName | null {
  const match = new RegExp(`^(${KEY})(?:${ITEM}|${OCCURRENCE}(\\d{8})AA=)$`).exec(rest(text, PREFIXES[format]));
  if (match?.[1] === undefined) return null;
  return { key: toUrl(match[1]), day: match[2] ?? null };
}

/** Reads an id as requests carry it: the default form and the immutable one are both taken. */
export const readRestId = (text: string): ItemName | null =>
  readId(text, 'restId') ?? readId(text, 'restImmutableEntryId');

/** Containers keep their id, whatever the preference. */
export const calendarIdOf = (key: string): string => `${PREFIXES.restId}${key}${CALENDAR}`;

export function readCalendarId(text: string): string | null {
  return new RegExp(`^(${KEY})${CALENDAR}$`).exec(rest(text, PREFIXES.restId))?.[1] ?? null;
}

const rest = (text: string, prefix: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : '');

/** The same text gives the same key, so that a file loaded twice gives the same items. */
export const keyFor = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 24);

/**
 * Makes keys in pairs that differ by the case of one letter only: real mailboxes hold such ids, and a client that folds
 * case takes one for the other.
 */
export class ItemKeys {
  private twin: string | null = null;

  next(): string {
    const waiting = this.twin;
    if (waiting !== null) {
      this.twin = null;
      return waiting;
    }
    const key = randomBytes(18).toString('base64url');
    const at = key.search(/[a-zA-Z]/);
    if (at >= 0) this.twin = key.slice(0, at) + swapCase(key.charAt(at)) + key.slice(at + 1);
    return key;
  }
}

const swapCase = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
