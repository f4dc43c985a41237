/**
 * Where a draft becomes fields of an Exchange item, the way back of `item-to-meeting`. What is not named is not sent, so that
 * Exchange leaves it as it is. Times are sent as instants, and beside them the Windows name of their zone; where that stands for
 * several zones, our note keeps which.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/createitem-operation-calendar-item.
 */
import {
  formatInstant,
  instantOf,
  isAllDayTime,
  type MeetingTime,
  startOfDay,
  type Visibility,
  type ZoneId,
} from '@daybook/domain';
import {
  type DraftField,
  type ForeignRecord,
  type MeetingDraft,
  type MeetingMarker,
  ProviderError,
} from '@daybook/provider-port';
import { markup } from '../transport/markup';
import { zoneNameIn } from './ews-time';
import type { FieldWrite } from './field-write';
import { guestLists } from './guest-lists';
import { bodyOf } from './item-body';
import { fieldPath } from './item-fields';
import { isSameNote, type ItemNote, NO_NOTE, NOTE_PATH, noteProperty } from './item-note';
import { orderOf } from './item-people';
import { linesToRecurrence } from './lines-to-recurrence';
import { NOTHING_OWED, type OwedParts } from './owed-parts';
import { zoneName, zoneOf } from './zone-name';

export interface ItemWrite {
  readonly fields: readonly FieldWrite[];
  /** What our note says of the item from now on. */
  readonly note: ItemNote;
}

const ALL: readonly DraftField[] = ['title', 'description', 'location', 'time', 'attendees', 'visibility'];

/** Fields of a new item. @throws ProviderError Rejected for what Exchange has no words for */
export function newItem(draft: MeetingDraft, marker: MeetingMarker, zone: ZoneId | null): ItemWrite {
  const around: Written = {
    fields: ALL,
    mayRepeat: true,
    now: null,
    note: { ...NO_NOTE, marker },
    owed: NOTHING_OWED,
    zone,
  };
  return itemPatch(draft, around);
}

export interface Written {
  readonly fields: readonly DraftField[];
  /** Whether it may be a series: an occurrence has no rule of its own to write. */
  readonly mayRepeat: boolean;
  /** The item as Exchange has it; null of a new one. */
  readonly now: ForeignRecord | null;
  readonly note: ItemNote;
  /** What other times or another rule would take from a series; empty where neither is written. */
  readonly owed: OwedParts;
  /** The calendar's zone. */
  readonly zone: ZoneId | null;
}

/** The named fields of a draft and nothing else. @throws ProviderError Rejected */
export function itemPatch(draft: MeetingDraft, around: Written): ItemWrite {
  let { note } = around;
  const fields = around.fields.flatMap((field): readonly FieldWrite[] => {
    const part = partOf(field, draft, around);
    note = { ...note, ...part.note };
    return part.fields;
  });
  const noted = around.now !== null && isSameNote(note, around.note);
  const extended: FieldWrite = { name: 'ExtendedProperty', path: NOTE_PATH, value: noteProperty(note) };
  return { note, fields: noted ? fields : [...fields, extended] };
}

interface Part {
  readonly fields: readonly FieldWrite[];
  readonly note?: Partial<ItemNote>;
}

function partOf(field: DraftField, draft: MeetingDraft, around: Written): Part {
  const { now } = around;
  switch (field) {
    case 'title':
      return { fields: [textField('item:Subject', draft.title)] };
    case 'location':
      return { fields: [textField('calendar:Location', draft.location)] };
    case 'description':
      return { fields: [{ name: 'Body', path: fieldPath('item:Body'), value: bodyOf(draft.description, now) }] };
    case 'visibility':
      return {
        fields: [textField('item:Sensitivity', sensitivityOf(draft.visibility))],
        note: { visibility: draft.visibility === 'public' ? 'public' : null },
      };
    case 'attendees':
      return { fields: guestLists(draft.attendees, now), note: { guests: orderOf(draft.attendees) } };
    case 'time':
      return timePart(draft, around);
  }
}

function textField(path: string, content: string): FieldWrite {
  const name = path.slice(path.indexOf(':') + 1);
  return { name, path: fieldPath(path), value: markup(`t:${name}`, {}, content) };
}

/** Start, end and rule belong together: Exchange judges them as one. */
function timePart({ start, end, lines }: MeetingDraft, around: Written): Part {
  if (isAllDayTime(start) !== isAllDayTime(end))
    throw new ProviderError('Rejected', { detail: 'a date beside a time' });
  const names = [nameFor(start, around, 'StartTimeZone'), nameFor(end, around, 'EndTimeZone')] as const;
  const times = [
    ...zonedTime('Start', start, names[0]),
    ...zonedTime('End', end, names[1]),
    textField('calendar:IsAllDayEvent', String(isAllDayTime(start))),
  ];
  const zones = zonesNote(start, end);
  if (!around.mayRepeat) return { fields: times, note: { zones } };
  const path = fieldPath('calendar:Recurrence');
  if (lines.length === 0) {
    const single: FieldWrite = { name: 'Recurrence', path, value: null };
    const repeats = around.now?.['Recurrence'] !== undefined;
    return { fields: repeats ? [...times, single] : times, note: { zones, excluded: [], owed: NOTHING_OWED } };
  }
  const { recurrence, excluded } = linesToRecurrence(lines, start);
  return {
    fields: [...times, { name: 'Recurrence', path, value: recurrence }],
    note: { zones, excluded, owed: withTakenOut(around.owed, excluded) },
  };
}

/** Exchange's recurrence has no words for single dates: they are taken out after it, whatever they were before. */
function withTakenOut({ gone, kept, mail }: OwedParts, dates: readonly string[]): OwedParts {
  const left = Object.entries(kept).filter(([date]) => !dates.includes(date));
  return { gone: [...new Set([...gone, ...dates])], kept: Object.fromEntries(left), mail };
}

function zonedTime(name: 'Start' | 'End', time: MeetingTime, zone: string): readonly FieldWrite[] {
  const member = `${name}TimeZone`;
  const instant = isAllDayTime(time) ? startOfDay(time.date, zoneOf(zone) ?? 'UTC') : instantOf(time);
  const named = markup(`t:${member}`, { Id: zone });
  return [
    textField(`calendar:${name}`, formatInstant(instant)),
    { name: member, path: fieldPath(`calendar:${member}`), value: named },
  ];
}

/** The name Exchange gave, as long as the zone has not changed; days are midnights of the calendar's zone. */
function nameFor(time: MeetingTime, { zone, now }: Written, member: 'StartTimeZone' | 'EndTimeZone'): string {
  const given = now === null ? '' : zoneNameIn(now, member);
  if (isAllDayTime(time)) return zoneName(zone ?? zoneOf(given) ?? 'UTC') ?? 'UTC';
  if (given !== '' && zoneOf(given) === time.timeZone) return given;
  const name = zoneName(time.timeZone);
  if (name === null) throw new ProviderError('Rejected', { detail: 'no such time zone' });
  return name;
}

/** Only where Exchange's name would be read as another zone. */
function zonesNote(start: MeetingTime, end: MeetingTime): ItemNote['zones'] {
  if (isAllDayTime(start) || isAllDayTime(end)) return null;
  const told = [start.timeZone, end.timeZone].every((zone) => zoneOf(zoneName(zone)) === zone);
  return told ? null : { start: start.timeZone, end: end.timeZone };
}

function sensitivityOf(visibility: Visibility): string {
  if (visibility === 'private') return 'Private';
  return visibility === 'confidential' ? 'Confidential' : 'Normal';
}
