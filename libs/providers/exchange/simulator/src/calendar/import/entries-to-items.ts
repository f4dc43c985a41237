import { isAllDayTime, parseRecurrence, type IcsEvent, type MeetingTime, type UnreadablePart } from '@daybook/domain';
import { withFields, type Fields } from '../item/fields';
import { normaliseCalendarItem, type NormaliseContext } from '../item/normalise-calendar-item';
import { textOfDay } from '../recurrence/civil-days';
import { recurrenceElement } from '../recurrence/recurrence-element';
import { changeOccurrence, deleteOccurrence, isEmpty } from '../series/change-series';
import { occurrenceOn } from '../series/occurrence-view';
import { newSeries, type SeriesState } from '../series/series-state';
import { dayOfOriginalStart } from '../series/series-times';
import { instantOfWall, wallTimeAt } from '../zones/calendar-zone';
import { fieldsOfEntry, instantOfTime, zoneOfTime, type ImportContext } from './fields-of-entry';
import { recurrenceOfRule, wallOfLine } from './recurrence-of-rule';

/** An item of a calendar file, as the server would keep it. */
export interface ImportedItem {
  readonly uid: string;
  /** Normalised fields; of a series those of its master. */
  readonly fields: Fields;
  /** Null for a single item. */
  readonly series: SeriesState | null;
}

export interface ImportAnswer {
  readonly items: readonly ImportedItem[];
  readonly unreadable: readonly UnreadablePart[];
}

type Taken = { readonly item: ImportedItem } | { readonly reason: string };

/**
 * Entries of a calendar file as items. EXDATE and cancelled overrides become deleted occurrences, other overrides changed
 * ones. What Exchange cannot hold exactly is named with its line and left out; nobody is told of anything.
 */
export function entriesToItems(entries: readonly IcsEvent[], context: ImportContext): ImportAnswer {
  const items = new Map<string, ImportedItem>();
  const unreadable: UnreadablePart[] = [];
  const refusedUids = new Set<string>();
  // Masters first, so that an override finds its series whatever the order of the file.
  const sorted = [...entries].sort(
    (one, other) => Number(one.recurrenceId !== null) - Number(other.recurrenceId !== null),
  );
  for (const entry of sorted) {
    const { uid, line, recurrenceId } = entry;
    const isOrphan = recurrenceId !== null && refusedUids.has(uid);
    const taken = isOrphan ? ORPHAN : take(entry, items.get(uid)?.series ?? null, context);
    if ('item' in taken) items.set(keyOf(entry, taken.item), taken.item);
    else {
      unreadable.push({ line, reason: taken.reason });
      if (recurrenceId === null) refusedUids.add(uid);
    }
  }
  const whole = [...items.values()].filter(({ series }) => series === null || !isEmpty(series));
  return { items: whole, unreadable };
}

const ORPHAN = { reason: 'the series it belongs to was left out' };

/** Occurrences without their series are items of their own, though they share its UID. */
const keyOf = ({ uid, recurrenceId }: IcsEvent, { series }: ImportedItem): string =>
  recurrenceId === null || series !== null ? uid : `${uid} ${JSON.stringify(recurrenceId)}`;

function take(entry: IcsEvent, series: SeriesState | null, context: ImportContext): Taken {
  try {
    if (entry.recurrenceId === null) return master(entry, context);
    return series === null
      ? single(entry, context)
      : override(entry, { series, original: entry.recurrenceId }, context);
  } catch (error) {
    // Times of a file may name a date or a zone that nobody has.
    return { reason: error instanceof RangeError ? error.message : 'the entry cannot be read' };
  }
}

function normalised(fields: Fields, uid: string, context: ImportContext): ReturnType<typeof normaliseCalendarItem> {
  const { owner, zone, now } = context;
  const how: NormaliseContext = { kind: 'create', sent: [], before: null, zone, owner, now, uid };
  return normaliseCalendarItem(fields, how);
}

/** Who is invited to one occurrence only has it as a single item. */
function single(entry: IcsEvent, context: ImportContext): Taken {
  const fields = normalised(fieldsOfEntry(entry, context), entry.uid, context);
  return fields.ok ? { item: { uid: entry.uid, fields: fields.value, series: null } } : { reason: fields.refusal.text };
}

function master(entry: IcsEvent, context: ImportContext): Taken {
  if (entry.recurrence.length === 0) return single(entry, context);
  const read = parseRecurrence(entry.recurrence, { allDay: isAllDayTime(entry.start) });
  if (!read.ok) return { reason: `recurrence ${read.refusal.part}` };
  const { rules, added, excluded } = read.recurrence;
  const [rule] = rules;
  const zone = zoneOfTime(entry.start, context);
  const start = { wall: wallTimeAt(instantOfTime(entry.start, context), zone), zone };
  const isPlain = rule !== undefined && rules.length === 1 && added.length === 0;
  const recurrence = isPlain ? recurrenceOfRule(rule, start) : null;
  if (recurrence === null)
    return { reason: `Exchange has no such recurrence: ${entry.recurrence.join(' ').slice(0, 200)}` };
  const fields = normalised(
    withFields(fieldsOfEntry(entry, context), [recurrenceElement(recurrence)]),
    entry.uid,
    context,
  );
  if (!fields.ok) return { reason: fields.refusal.text };
  const days = excluded.map((time) =>
    time.kind === 'date'
      ? textOfDay(time.day)
      : dayOfOriginalStart(fields.value, instantOfWall(wallOfLine(time, zone), zone)),
  );
  const series = days.reduce<SeriesState>(without, newSeries(fields.value));
  return { item: { uid: entry.uid, fields: series.master, series } };
}

/** An EXDATE that meets no occurrence says nothing. */
function without(series: SeriesState, day: string | null): SeriesState {
  if (day === null) return series;
  const next = deleteOccurrence(series, day);
  return next.ok ? next.value.series : series;
}

interface Target {
  readonly series: SeriesState;
  readonly original: MeetingTime;
}

function override(entry: IcsEvent, { series, original }: Target, context: ImportContext): Taken {
  const taken = (next: SeriesState): Taken => ({ item: { uid: entry.uid, fields: next.master, series: next } });
  const day = isAllDayTime(original)
    ? original.date
    : dayOfOriginalStart(series.master, instantOfTime(original, context));
  if (day === null) return { reason: 'the series has no such occurrence' };
  if (entry.status === 'cancelled') return taken(without(series, day));
  const view = occurrenceOn(series, day);
  if (!view.ok) return { reason: view.refusal.text };
  const before = view.value.fields();
  const { owner, zone, now } = context;
  const how: NormaliseContext = { kind: 'updateOccurrence', sent: [], before, zone, owner, now, uid: entry.uid };
  const fields = normaliseCalendarItem(withFields(before, fieldsOfEntry(entry, context)), how);
  if (!fields.ok) return { reason: fields.refusal.text };
  const next = changeOccurrence(series, day, fields.value);
  return next.ok ? taken(next.value) : { reason: next.refusal.text };
}
