import { randomBytes } from 'node:crypto';
import { globalObjectId } from '../calendar/item/global-object-id';
import { normaliseCalendarItem } from '../calendar/item/normalise-calendar-item';
import type { Outcome } from '../calendar/refusal';
import { changeMaster, changeOccurrence, deleteOccurrence } from '../calendar/series/change-series';
import { occurrenceId, readOccurrenceId } from '../calendar/series/occurrence-id';
import { occurrenceAt, occurrenceOn, occurrencesIn } from '../calendar/series/occurrence-view';
import { seriesElements } from '../calendar/series/series-elements';
import { newSeries, type SeriesState } from '../calendar/series/series-state';
import { calendarView } from '../calendar/view/calendar-view';
import { UTC_ZONE, type CalendarZone } from '../calendar/zones/calendar-zone';
import { dateTimeText, readDateTime } from '../calendar/zones/date-texts';
import { readZone } from '../calendar/zones/read-zone';
import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { element, type XmlElement } from '../wire/element';
import type { CalendarContext, CalendarRules, CalendarWrite, StoredCalendar } from './calendar-rules';

/** The value of an outcome. @throws EwsRefusal for a refusal of the calendar */
export function calendarValue<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { code, text, path } = outcome.refusal;
  throw new EwsRefusal(code, text, { messageXml: path === null ? [] : [element('FieldURI', [], { FieldURI: path })] });
}

const zoneOf = ({ timeZone }: Pick<Call, 'timeZone'>): CalendarZone =>
  timeZone === null ? UTC_ZONE : calendarValue(readZone(timeZone));

const instantOf = (text: string | undefined, call: Call): number => readDateTime(text ?? '', zoneOf(call)) ?? NaN;

/** A stored series as the calendar knows it. @throws EwsRefusal ErrorItemNotFound for an item that does not recur */
function seriesOf({ fields, series }: StoredCalendar): SeriesState {
  if (series === null) throw new EwsRefusal('ErrorItemNotFound', 'The specified object was not found in the store.');
  return { master: fields, ...series };
}

const storedSeries = ({ master, exceptions, deleted }: SeriesState): StoredCalendar => ({
  fields: master,
  series: { exceptions, deleted },
});

function normalised(
  { fields, sent }: CalendarWrite,
  kind: 'create' | 'update' | 'updateOccurrence',
  { before, context }: { readonly before: readonly XmlElement[] | null; readonly context: CalendarContext },
): readonly XmlElement[] {
  const { call, mailbox } = context;
  return calendarValue(
    normaliseCalendarItem(fields, {
      kind,
      sent,
      before,
      zone: zoneOf(call),
      owner: { name: mailbox.displayName, address: mailbox.email },
      now: call.now,
      uid: globalObjectId(call.now, randomBytes(16)),
    }),
  );
}

function prepared(write: CalendarWrite, before: StoredCalendar | null, context: CalendarContext): StoredCalendar {
  const kind = before === null ? 'create' : 'update';
  const fields = normalised(write, kind, { before: before?.fields ?? null, context });
  if (!fields.some(({ name }) => name === 'Recurrence')) return { fields, series: null };
  const wasSeries = before !== null && before.series !== null;
  const series = wasSeries ? changeMaster(seriesOf(before), fields) : newSeries(fields);
  return series === null ? { fields, series: null } : storedSeries(series);
}

/** Calendar items with series, zones and views. */
export const seriesCalendarRules: CalendarRules = {
  prepare: prepared,
  whole: (kept) => (kept.series === null ? kept.fields : [...kept.fields, ...seriesElements(seriesOf(kept), kept)]),
  occurrence: (kept, day) => {
    const view = calendarValue(occurrenceOn(seriesOf(kept), day));
    const own = view.fields().filter(({ name }) => name !== 'OriginalStart');
    return [...own, element('OriginalStart', dateTimeText(view.originalStart))];
  },
  changeOccurrence: (kept, change, context) => {
    const series = seriesOf(kept);
    const before = calendarValue(occurrenceOn(series, change.day)).fields();
    const fields = normalised(change, 'updateOccurrence', { before, context });
    return storedSeries(calendarValue(changeOccurrence(series, change.day, fields)));
  },
  deleteOccurrence: (kept, day) => {
    const { series, isEmpty } = calendarValue(deleteOccurrence(seriesOf(kept), day));
    return isEmpty ? null : storedSeries(series);
  },
  dayAt: (kept, instanceIndex) => calendarValue(occurrenceAt(seriesOf(kept), instanceIndex)).day,
  inRanges: (kept, ranges, { call }) => {
    const days = (ranges?.children ?? []).flatMap(({ attributes }) => {
      const [from, to] = [instantOf(attributes['Start'], call), instantOf(attributes['End'], call)];
      return occurrencesIn(seriesOf(kept), from, to).slice(0, Number(attributes['Count'] ?? Infinity));
    });
    return [...new Set(days.map(({ day }) => day))];
  },
  view: ({ attributes }, items, { call }) => {
    const entries = items.map((kept) => ({
      ref: kept,
      fields: kept.fields,
      series: kept.series === null ? null : seriesOf(kept),
    }));
    const window = { from: instantOf(attributes['StartDate'], call), to: instantOf(attributes['EndDate'], call) };
    const answer = calendarValue(calendarView(entries, window, Number(attributes['MaxEntriesReturned'] ?? Infinity)));
    const rows = answer.rows.map(({ ref, occurrence }) => ({ kept: ref, day: occurrence?.day ?? null }));
    return { rows, isWhole: answer.isWhole };
  },
  occurrenceId,
  readOccurrenceId,
  timeText: (text, call) => {
    const instant = readDateTime(text, zoneOf(call));
    return instant === null ? text : dateTimeText(instant);
  },
};
