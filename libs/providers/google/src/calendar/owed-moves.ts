/**
 * What a change of a series takes several requests for, noted on the series itself by the first of them: whoever finds the note
 * goes on from there. A private extended property, which only this copy has; values are short, so that it may go over several.
 * Source: developers.google.com/workspace/calendar/api/guides/extended-properties.
 */
import { asText, type DraftField, type ForeignRecord, isRecord, ProviderError } from '@daybook/provider-port';

/** An occurrence that was changed by itself, and where it belongs since its series has other times. */
export interface OwedMove {
  /** Id of the event that is left behind. */
  readonly from: string;
  /** Id of the one that is there now; null where the rule has no such date any more. */
  readonly to: string | null;
  /** In what it differs from its series. */
  readonly fields: readonly DraftField[];
}

const PROPERTY = 'daybookMoves';
const LONGEST_VALUE = 1024;
const MOST_VALUES = 20;
const LETTERS: Readonly<Record<DraftField, string>> = {
  title: 't',
  description: 'd',
  location: 'l',
  time: 'w',
  attendees: 'a',
  visibility: 'v',
};
const FIELDS: readonly DraftField[] = ['title', 'description', 'location', 'time', 'attendees', 'visibility'];
/** The original start in the id of an occurrence. */
const KEY = /\d{8}(?:T\d{6}Z)?$/;

/** `extendedProperties` that note these moves. @throws ProviderError Rejected where there are more than fit */
export function moveNote(moves: readonly OwedMove[]): object {
  const values: string[] = [];
  for (const move of moves) {
    const entry = entryOf(move);
    const last = values.at(-1);
    if (last !== undefined && last.length + entry.length < LONGEST_VALUE)
      values[values.length - 1] = `${last} ${entry}`;
    else values.push(entry);
  }
  if (values.length > MOST_VALUES || values.some(({ length }) => length > LONGEST_VALUE))
    throw new ProviderError('Rejected', { detail: 'too many single occurrences' });
  return { private: Object.fromEntries(values.map((value, number) => [PROPERTY + String(number), value])) };
}

/** `extendedProperties` that take the note off again. */
export function moveNoteOff(event: ForeignRecord): object {
  return { private: Object.fromEntries(notesOn(event).map(([name]) => [name, null])) };
}

/** Anything that is no note of ours is none. */
export function readMoves(event: ForeignRecord): readonly OwedMove[] {
  return notesOn(event).flatMap(([, value]) => asText(value, LONGEST_VALUE).split(' ').flatMap(moveIn));
}

/** The id of the occurrence of the same series with another original start. */
export function besideId(remoteId: string, key: string): string {
  return remoteId.replace(KEY, key);
}

function notesOn({ extendedProperties }: ForeignRecord): (readonly [string, unknown])[] {
  const own = isRecord(extendedProperties) ? extendedProperties['private'] : null;
  return isRecord(own) ? Object.entries(own).filter(([name]) => name.startsWith(PROPERTY)) : [];
}

function entryOf({ from, to, fields }: OwedMove): string {
  const key = to === null ? '' : (KEY.exec(to)?.[0] ?? '');
  return `${from}>${key}:${fields.map((field) => LETTERS[field]).join('')}`;
}

function moveIn(entry: string): readonly OwedMove[] {
  const [, from, key = '', letters = ''] = /^([\w-]+)>(\w*):(\w*)$/.exec(entry) ?? [];
  if (from === undefined || !KEY.test(from)) return [];
  const to = key === '' ? null : besideId(from, key);
  return [{ from, to, fields: FIELDS.filter((field) => letters.includes(LETTERS[field])) }];
}
