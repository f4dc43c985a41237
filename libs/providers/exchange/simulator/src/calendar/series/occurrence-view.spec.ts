import * as fc from 'fast-check';
import { element } from '../../wire/element';
import { fieldOf, textField } from '../item/fields';
import { daily, stored, timed, valueOf } from '../testing/sample-items';
import { codeOf, five, without } from '../testing/sample-series';
import { dateTimeText } from '../zones/date-texts';
import { occurrenceAt, occurrenceOn } from './occurrence-view';
import { newSeries } from './series-state';
import { dayOfOriginalStart, originalStartOf } from './series-times';

describe('occurrences of a series', () => {
  it('are found by index, deleted ones counted', () => {
    const series = without(five, '2026-11-24');
    expect(valueOf(occurrenceAt(series, 3)).day).toBe('2026-11-25');
    expect(codeOf(occurrenceAt(series, 2))).toBe('ErrorCalendarOccurrenceIsDeletedFromRecurrence');
    expect(codeOf(occurrenceAt(series, 6))).toBe('ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange');
    expect(codeOf(occurrenceAt(series, 0))).toBe('ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange');
  });

  it('are found by day', () => {
    expect(valueOf(occurrenceOn(five, '2026-11-27')).type).toBe('Occurrence');
    expect(codeOf(occurrenceOn(five, '2026-11-28'))).toBe('ErrorItemNotFound');
    expect(codeOf(occurrenceOn(five, 'yesterday'))).toBe('ErrorItemNotFound');
  });

  it('hold what the master holds, at their own times', () => {
    const fields = valueOf(occurrenceAt(five, 2)).fields();
    expect(
      ['Subject', 'Start', 'End', 'OriginalStart', 'CalendarItemType', 'IsRecurring', 'When'].map((name) =>
        textField(fields, name),
      ),
    ).toEqual([
      'Review',
      '2026-11-24T08:00:00Z',
      '2026-11-24T09:00:00Z',
      '2026-11-24T08:00:00Z',
      'Occurrence',
      'true',
      'Tuesday, November 24, 2026 9:00 AM-10:00 AM',
    ]);
    expect(fieldOf(fields, 'Recurrence')).toBeNull();
  });

  it('keep the clock of their zone, also where it jumps', () => {
    const series = newSeries(stored(timed('2026-03-27T02:30:00', '2026-03-27T03:30:00', [daily('2026-03-27', 4)])));
    const starts = [1, 2, 3, 4].map((index) => dateTimeText(valueOf(occurrenceAt(series, index)).start));
    expect(starts).toEqual([
      '2026-03-27T01:30:00Z',
      '2026-03-28T01:30:00Z',
      '2026-03-29T01:30:00Z',
      '2026-03-30T00:30:00Z',
    ]);
    const autumn = newSeries(stored(timed('2026-10-24T02:30:00', '2026-10-24T03:30:00', [daily('2026-10-24', 3)])));
    expect(dateTimeText(valueOf(occurrenceAt(autumn, 2)).start)).toBe('2026-10-25T00:30:00Z');
  });

  it('are whole civil days in an all-day series', () => {
    const series = newSeries(
      stored(
        timed('2026-10-24T00:00:00', '2026-10-25T00:00:00', [daily('2026-10-24', 3), element('IsAllDayEvent', true)]),
      ),
    );
    const spans = [1, 2, 3].map((index) => valueOf(occurrenceAt(series, index)));
    expect(spans.map(({ start, end }) => (end - start) / 3_600_000)).toEqual([24, 25, 24]);
    expect(spans.map(({ day }) => day)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
  });

  it('are named by the day of their original start, back and forth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), (index) => {
        const endless = newSeries(
          stored(timed('2026-01-01T02:30:00', '2026-01-01T03:00:00', [daily('2026-01-01', null)])),
        );
        const { day, originalStart } = valueOf(occurrenceAt(endless, index));
        expect(dayOfOriginalStart(endless.master, originalStart)).toBe(day);
        expect(originalStartOf(endless.master, day)).toBe(originalStart);
        expect(dayOfOriginalStart(endless.master, originalStart + 1000)).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
