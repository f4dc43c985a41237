import {
  type DraftField,
  type ForeignRecord,
  type MeetingDraft,
  ProviderError,
  wentThrough,
} from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import { itemPatch } from './draft-to-fields';
import type { FieldWrite } from './field-write';
import { getOne } from './get-items';
import type { ItemDoor } from './item-door';
import { fieldPath } from './item-fields';
import { bodyAgain } from './item-body';
import { NO_NOTE, NOTE_PATH, noteProperty, readNote } from './item-note';
import { idOf, placeOf, versionOf } from './item-to-meeting';
import { type KeptOccurrence, NOTHING_OWED, owesNothing } from './owed-parts';
import { type FoundOccurrence, occurrenceIn } from './read-item';
import { readSeries, type WholeSeries } from './series-to-meetings';
import { deleteItem, updateItem } from './write-operations';

/**
 * Does what the note of a series says is owed to it, and then takes that off the note. What has been done already, by whomever,
 * is left as it is, so that it may begin anew after any request of it; what Exchange refuses stays as the series has it, or no
 * write of it would ever end. The item as it is then. @throws ProviderError, OddItem
 */
export async function payOff(door: ItemDoor, item: ForeignRecord): Promise<ForeignRecord> {
  const note = readNote(item);
  if (owesNothing(note.owed)) return item;
  const id = idOf(item);
  if (placeOf(item) === 'master') {
    const { gone, kept, mail } = note.owed;
    const whole = readSeries(item, door.url);
    const settled = new Set([...whole.gone, ...whole.changed.keys()]);
    for (const date of gone) await takeOut(door, whole, date);
    const left = Object.entries(kept).filter(([date]) => !settled.has(date) && !gone.includes(date));
    await putBack({ door, whole, mail }, left);
  }
  const value = noteProperty({ ...note, owed: NOTHING_OWED });
  const fields = [{ name: 'ExtendedProperty', path: NOTE_PATH, value }];
  await updateItem(door, { id, ifVersion: null, fields, notify: false });
  return getOne(door, { type: 'item', id });
}

/** Removes an occurrence, if it is there. */
async function takeOut(door: ItemDoor, whole: WholeSeries, date: string): Promise<void> {
  const record = whole.gone.includes(date) ? null : (await found(door, whole, date))?.record;
  if (record) await wentThrough(deleteItem(door, { id: idOf(record), version: versionOf(record), notify: false }));
}

interface PuttingBack {
  readonly door: ItemDoor;
  readonly whole: WholeSeries;
  readonly mail: boolean;
}

/**
 * Gives occurrences what they had of their own. None may pass its neighbours, so one that cannot go where it was is tried again
 * after the others, as long as any of them moves.
 */
async function putBack(around: PuttingBack, kept: readonly (readonly [string, KeptOccurrence])[]): Promise<void> {
  const { door, whole, mail } = around;
  const left: (readonly [string, KeptOccurrence])[] = [];
  for (const one of kept) {
    const [date, occurrence] = one;
    const record = (await found(door, whole, date))?.record;
    if (!record) continue;
    const put = async (): Promise<void> => {
      const fields = fieldsOf(occurrence, { record, whole });
      if (fields.length > 0) await updateItem(door, { id: idOf(record), ifVersion: null, fields, notify: mail });
    };
    if (!(await wentThrough(put()))) left.push(one);
  }
  if (left.length > 0 && left.length < kept.length) await putBack(around, left);
}

/** One that was taken out meanwhile is none. */
async function found(door: ItemDoor, whole: WholeSeries, date: string): Promise<FoundOccurrence | null> {
  try {
    return await occurrenceIn(door, whole, date);
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'Gone') return null;
    throw error;
  }
}

function fieldsOf(
  kept: KeptOccurrence,
  { record, whole }: { readonly record: ForeignRecord; readonly whole: WholeSeries },
): readonly FieldWrite[] {
  const { content } = whole.series;
  const draft: MeetingDraft = { ...content, ...kept, lines: [] };
  const named: readonly DraftField[] = ['title', 'location', 'attendees', 'visibility'];
  const fields: readonly DraftField[] = [
    ...named.filter((name) => name in kept),
    ...(kept.start === undefined ? [] : ['time' as const]),
  ];
  const { note, zone, dayZone } = whole.frame;
  const own = { ...NO_NOTE, marker: note.marker, visibility: note.visibility, zones: note.zones, guests: note.guests };
  const patch = itemPatch(draft, {
    fields,
    mayRepeat: false,
    now: record,
    note: own,
    owed: NOTHING_OWED,
    zone: zone ?? dayZone,
  });
  return [...patch.fields, ...ownBody(kept), ...adornments(kept)];
}

/** Whatever its series has there: it was looked at before Exchange forgot it. */
function ownBody({ description, formatted }: KeptOccurrence): readonly FieldWrite[] {
  if (description === undefined) return [];
  return [{ name: 'Body', path: fieldPath('item:Body'), value: bodyAgain(description, formatted) }];
}

function adornments({ shownAs, categories, reminder }: KeptOccurrence): readonly FieldWrite[] {
  const field = (path: string, content: string | readonly Markup[]): FieldWrite => {
    const name = path.slice(path.indexOf(':') + 1);
    return { name, path: fieldPath(path), value: markup(`t:${name}`, {}, content) };
  };
  return [
    ...(categories === undefined
      ? []
      : [
          field(
            'item:Categories',
            categories.map((one) => markup('t:String', {}, one)),
          ),
        ]),
    ...(reminder === undefined ? [] : [field('item:ReminderIsSet', String(reminder !== null))]),
    ...(typeof reminder === 'number' ? [field('item:ReminderMinutesBeforeStart', String(reminder))] : []),
    ...(shownAs === undefined || shownAs === '' ? [] : [field('calendar:LegacyFreeBusyStatus', shownAs)]),
  ];
}
