import * as fc from 'fast-check';
import { element, textOf } from '../../wire/element';
import type { Fields } from '../item/fields';
import { changeOccurrence, deleteOccurrence } from '../series/change-series';
import { occurrenceOn } from '../series/occurrence-view';
import { newSeries } from '../series/series-state';
import { BERLIN, daily, stored, timed, valueOf } from '../testing/sample-items';
import { dateTimeText } from '../zones/date-texts';
import { busyTimes, calendarEvents, mergedFreeBusy, type BusyType } from './busy-times';
import { calendarView, type CalendarEntry } from './calendar-view';

const HOUR = 3_600_000;
const single = (ref: string, fields: Fields): CalendarEntry<string> => ({ ref, fields, series: null });
const NOON = single('noon', stored(timed('2026-11-24T12:00:00', '2026-11-24T13:00:00')));
const master = stored(timed('2026-11-23T09:00:00', '2026-11-23T10:00:00', [daily('2026-11-23', 5)]));
const gone = valueOf(deleteOccurrence(newSeries(master), '2026-11-25')).series;
const late = stored(timed('2026-11-24T15:00:00', '2026-11-24T16:00:00'));
const changed = valueOf(
  changeOccurrence(gone, '2026-11-24', [
    ...valueOf(occurrenceOn(gone, '2026-11-24'))
      .fields()
      .filter(({ name }) => !['Start', 'End', 'LegacyFreeBusyStatus'].includes(name)),
    ...late.filter(({ name }) => name === 'Start' || name === 'End'),
    element('LegacyFreeBusyStatus', 'OOF'),
  ]),
);
const SERIES: CalendarEntry<string> = { ref: 'series', fields: changed.master, series: changed };

const at = (text: string): number => Date.parse(`${text}Z`);
const week = { from: at('2026-11-23T00:00:00'), to: at('2026-11-28T00:00:00') };

describe('a calendar view', () => {
  it('holds singles and occurrences by their present start, and no master', () => {
    const { rows, total, isWhole } = valueOf(calendarView([SERIES, NOON], week));
    expect(rows.map(({ ref, start, occurrence }) => [ref, dateTimeText(start), occurrence?.type ?? 'Single'])).toEqual([
      ['series', '2026-11-23T08:00:00Z', 'Occurrence'],
      ['noon', '2026-11-24T11:00:00Z', 'Single'],
      ['series', '2026-11-24T14:00:00Z', 'Exception'],
      ['series', '2026-11-26T08:00:00Z', 'Occurrence'],
      ['series', '2026-11-27T08:00:00Z', 'Occurrence'],
    ]);
    expect([total, isWhole]).toEqual([5, true]);
  });

  it('stops at the limit and says that there is more', () => {
    const answer = valueOf(calendarView([SERIES, NOON], week, 2));
    expect([answer.rows.length, answer.total, answer.isWhole]).toEqual([2, 5, false]);
  });

  it('takes what begins before its end and ends after its begin', () => {
    const within = (from: string, to: string): number =>
      valueOf(calendarView([NOON], { from: at(from), to: at(to) })).total;
    expect(within('2026-11-24T10:00:00', '2026-11-24T11:00:00')).toBe(0);
    expect(within('2026-11-24T10:00:00', '2026-11-24T11:00:01')).toBe(1);
    expect(within('2026-11-24T12:00:00', '2026-11-24T13:00:00')).toBe(0);
    expect(within('2026-11-24T11:59:59', '2026-11-24T13:00:00')).toBe(1);
  });

  it('has a place for items without length', () => {
    const point = single('point', stored(timed('2026-11-24T12:00:00', '2026-11-24T12:00:00')));
    const from = at('2026-11-24T11:00:00');
    expect(valueOf(calendarView([point], { from, to: from + HOUR })).total).toBe(1);
    expect(valueOf(calendarView([point], { from: from - HOUR, to: from })).total).toBe(0);
    const fields = stored(timed('2026-11-23T12:00:00', '2026-11-23T12:00:00', [daily('2026-11-23', 5)]));
    const points = { ref: 'points', fields, series: newSeries(fields) };
    expect(valueOf(calendarView([points], { from, to: from + HOUR })).total).toBe(1);
  });

  it('finds long occurrences that began before it', () => {
    const fields = stored(timed('2026-11-02T09:00:00', '2026-11-06T17:00:00', [daily('2026-11-02', 3, 7)]));
    const entry = { ref: 'long', fields, series: newSeries(fields) };
    const { rows } = valueOf(calendarView([entry], { from: at('2026-11-12T00:00:00'), to: at('2026-11-12T01:00:00') }));
    expect(rows.map(({ start }) => dateTimeText(start))).toEqual(['2026-11-09T08:00:00Z']);
  });

  it('spans two years at most and runs forward', () => {
    const from = at('2026-11-23T00:00:00');
    expect(calendarView([], { from, to: at('2028-11-23T00:00:00') }).ok).toBe(true);
    expect(calendarView([], { from, to: at('2028-11-23T00:00:01') })).toMatchObject({
      refusal: { code: 'ErrorCalendarViewRangeTooBig' },
    });
    expect(calendarView([], { from, to: from - 1 })).toMatchObject({
      refusal: { code: 'ErrorCalendarEndDateIsEarlierThanStartDate' },
    });
  });
});

describe('free and busy', () => {
  const day = { from: at('2026-11-24T08:00:00'), to: at('2026-11-24T16:00:00') };

  it('is one digit for each interval', () => {
    const times = busyTimes([SERIES, NOON], day);
    expect(valueOf(mergedFreeBusy(times, day, 60))).toBe('00020030');
    expect(valueOf(mergedFreeBusy(times, day, 30))).toBe('0000002200003300');
  });

  it('shows the busiest of what overlaps, whatever the order', () => {
    const ranks: readonly BusyType[] = ['Free', 'WorkingElsewhere', 'Tentative', 'Busy', 'OOF'];
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            from: fc.integer({ min: -60, max: 600 }),
            length: fc.nat(200),
            busyType: fc.constantFrom(...ranks),
          }),
          { maxLength: 12 },
        ),
        fc.integer({ min: 5, max: 60 }),
        (given, minutes) => {
          const times = given.map(({ from, length, busyType }) => ({
            start: day.from + from * 60_000,
            end: day.from + (from + length) * 60_000,
            busyType,
          }));
          const digits = { Free: '0', Tentative: '1', Busy: '2', OOF: '3', WorkingElsewhere: '4', NoData: '5' };
          const expected: string[] = [];
          for (let slot = day.from; slot < day.to; slot += minutes * 60_000) {
            const here = times.filter(({ start, end }) => start < end && start < slot + minutes * 60_000 && end > slot);
            const best = Math.max(0, ...here.map(({ busyType }) => ranks.indexOf(busyType)));
            expected.push(digits[ranks[best] ?? 'Free']);
          }
          expect(valueOf(mergedFreeBusy(times, day, minutes))).toBe(expected.join(''));
        },
      ),
    );
  });

  it('has intervals of 5 minutes to a day', () => {
    expect(mergedFreeBusy([], day, 4)).toMatchObject({ refusal: { code: 'ErrorInvalidMergedFreeBusyInterval' } });
    expect(mergedFreeBusy([], day, 1441)).toMatchObject({ ok: false });
    expect(valueOf(mergedFreeBusy([], day, 1440))).toBe('0');
  });

  it('tells events in the zone of the request, with details for those who may have them', () => {
    const secret = single(
      's',
      stored(timed('2026-11-24T09:00:00', '2026-11-24T10:00:00', [element('Sensitivity', 'Private')])),
    );
    const times = busyTimes([SERIES, secret], day);
    const [first, second] = calendarEvents(times, { zone: BERLIN, isDetailed: true });
    expect(first === undefined ? null : textOf(first, 'StartTime')).toBe('2026-11-24T09:00:00');
    const details = (one: typeof first) => one?.children.find(({ name }) => name === 'CalendarEventDetails') ?? null;
    expect([textOf(details(first), 'Subject'), textOf(details(first), 'IsPrivate')]).toEqual([null, 'true']);
    expect([textOf(details(second), 'Subject'), textOf(details(second), 'IsException')]).toEqual(['Review', 'true']);
    const [short] = calendarEvents(times, { zone: BERLIN, isDetailed: false });
    expect(details(short)).toBeNull();
  });
});
