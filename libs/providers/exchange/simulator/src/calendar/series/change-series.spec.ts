import { element, textOf } from '../../wire/element';
import { fieldOf, textField, withFields, withoutFields, type Fields } from '../item/fields';
import { normaliseCalendarItem } from '../item/normalise-calendar-item';
import { creation, daily, stored, timed, valueOf, weekly } from '../testing/sample-items';
import { codeOf, five, moved, set, startsOf, without } from '../testing/sample-series';
import { dateTimeText } from '../zones/date-texts';
import { changeMaster, changeOccurrence, deleteOccurrence } from './change-series';
import { mapSeries } from './map-series';
import { edgesOf, occurrenceAt, occurrenceOn } from './occurrence-view';
import { newSeries, type SeriesState } from './series-state';

describe('changing one occurrence', () => {
  it('makes an exception that shows the rest of its master', () => {
    const series = valueOf(set(five, '2026-11-24', [element('Subject', 'Other'), element('Location', 'Room 1')]));
    const view = valueOf(occurrenceOn(series, '2026-11-24'));
    expect(view.type).toBe('Exception');
    expect(textField(view.fields(), 'Subject')).toBe('Other');
    const renamed = withFields(series.master, [element('Subject', 'Renamed'), element('Sensitivity', 'Private')]);
    const after = changeMaster(series, renamed) ?? series;
    const fields = valueOf(occurrenceOn(after, '2026-11-24')).fields();
    expect(['Subject', 'Location', 'Sensitivity', 'CalendarItemType'].map((name) => textField(fields, name))).toEqual([
      'Other',
      'Room 1',
      'Private',
      'Exception',
    ]);
    expect(textField(valueOf(occurrenceOn(after, '2026-11-25')).fields(), 'Subject')).toBe('Renamed');
  });

  it('moves it and keeps its original start and its id', () => {
    const series = valueOf(set(five, '2026-11-24', moved('2026-11-24T15:00:00', '2026-11-24T16:00:00')));
    const view = valueOf(occurrenceAt(series, 2));
    expect([view.start, view.originalStart].map((at) => dateTimeText(at))).toEqual([
      '2026-11-24T14:00:00Z',
      '2026-11-24T08:00:00Z',
    ]);
    expect(textField(view.fields(), 'When')).toBe('Tuesday, November 24, 2026 3:00 PM-4:00 PM');
    expect(startsOf(series)).toHaveLength(5);
    const again = valueOf(set(series, '2026-11-24', [element('Subject', 'Later')]));
    expect(dateTimeText(valueOf(occurrenceAt(again, 2)).start)).toBe('2026-11-24T14:00:00Z');
  });

  it('takes away what the occurrence no longer has', () => {
    const placed = newSeries(
      stored(
        timed('2026-11-23T09:00:00', '2026-11-23T10:00:00', [daily('2026-11-23', 5), element('Location', 'Room 1')]),
      ),
    );
    const fields = withoutFields(valueOf(occurrenceAt(placed, 1)).fields(), ['Location']);
    const series = valueOf(changeOccurrence(placed, '2026-11-23', fields));
    expect(fieldOf(valueOf(occurrenceAt(series, 1)).fields(), 'Location')).toBeNull();
    expect(fieldOf(valueOf(occurrenceAt(series, 2)).fields(), 'Location')).not.toBeNull();
  });

  it('tells extended properties apart by what they are, not by their name', () => {
    const property = (name: string, value: string) =>
      element('ExtendedProperty', [
        element('ExtendedFieldURI', [], { PropertyName: name, PropertyType: 'String' }),
        element('Value', value),
      ]);
    const tagged = newSeries([...five.master, property('one', '1'), property('two', '2')]);
    const fields = valueOf(occurrenceAt(tagged, 1)).fields();
    const next = [
      ...fields.filter((field) => JSON.stringify(field) !== JSON.stringify(property('two', '2'))),
      property('two', '3'),
    ];
    const series = valueOf(changeOccurrence(tagged, '2026-11-23', next));
    const values = valueOf(occurrenceAt(series, 1))
      .fields()
      .filter(({ name }) => name === 'ExtendedProperty')
      .map((field) => textOf(field, 'Value'));
    expect(values.sort()).toEqual(['1', '3']);
    const others = series.master.filter(({ name }) => name !== 'ExtendedProperty');
    const after = changeMaster(series, [...others, property('one', 'new'), property('two', '2')]) ?? series;
    expect(JSON.stringify(valueOf(occurrenceAt(after, 1)).fields())).toContain('"new"');
  });

  it('is refused where it meets a neighbour', () => {
    const next = set(five, '2026-11-24', moved('2026-11-25T07:00:00', '2026-11-25T08:00:00'));
    const before = set(five, '2026-11-24', moved('2026-11-23T23:00:00', '2026-11-23T23:30:00'));
    const long = set(five, '2026-11-24', moved('2026-11-24T23:00:00', '2026-11-25T09:30:00'));
    expect([next, before, long].map(codeOf)).toEqual([
      'ErrorOccurrenceCrossingBoundary',
      'ErrorOccurrenceCrossingBoundary',
      'ErrorOccurrenceTimeSpanTooBig',
    ]);
    const free = without(five, '2026-11-25');
    expect(codeOf(set(free, '2026-11-24', moved('2026-11-25T07:00:00', '2026-11-25T08:00:00')))).toBe('accepted');
    expect(codeOf(set(five, '2026-11-23', moved('2026-10-01T07:00:00', '2026-10-01T08:00:00')))).toBe('accepted');
  });
});

describe('deleting occurrences', () => {
  it('leaves the others and says when none is left', () => {
    let series = five;
    const days = ['2026-11-25', '2026-11-23', '2026-11-27', '2026-11-24', '2026-11-26'];
    const emptied = days.map((day) => {
      const after = valueOf(deleteOccurrence(series, day));
      series = after.series;
      return after.isEmpty;
    });
    expect(emptied).toEqual([false, false, false, false, true]);
    expect(edgesOf(series)).toEqual({ first: null, last: null });
    expect(startsOf(series)).toEqual([]);
  });

  it('is refused for one that is gone', () => {
    expect(codeOf(deleteOccurrence(without(five, '2026-11-24'), '2026-11-24'))).toBe(
      'ErrorCalendarOccurrenceIsDeletedFromRecurrence',
    );
  });
});

describe('changing the master', () => {
  const special = without(
    valueOf(set(five, '2026-11-24', moved('2026-11-24T15:00:00', '2026-11-24T16:00:00'))),
    '2026-11-26',
  );
  const updated = (sent: Fields): SeriesState | null => {
    const before = special.master;
    const how = creation(sent, { kind: 'update', before });
    return changeMaster(special, valueOf(normaliseCalendarItem(withFields(before, sent), how)));
  };

  it('wipes exceptions with another rule, start or length', () => {
    const wiped = { exceptions: [], deleted: [] };
    expect(updated([weekly('Monday Tuesday', '2026-11-23', 5)])).toMatchObject(wiped);
    expect(updated(moved('2026-11-23T10:00:00', '2026-11-23T11:00:00'))).toMatchObject(wiped);
    expect(updated([element('End', '2026-11-23T11:00:00')])).toMatchObject(wiped);
    expect(updated([daily('2026-11-22', 9)])).toMatchObject(wiped);
  });

  it('keeps them with another end, as far as it reaches', () => {
    expect(updated([daily('2026-11-23', 9)])).toMatchObject({
      exceptions: [{ day: '2026-11-24' }],
      deleted: ['2026-11-26'],
    });
    expect(updated([daily('2026-11-23', 2)])).toMatchObject({ exceptions: [{ day: '2026-11-24' }], deleted: [] });
  });

  it('ends the series when it no longer recurs', () => {
    expect(changeMaster(special, withoutFields(special.master, ['Recurrence']))).toBeNull();
  });

  it('reaches every exception when all are to change', () => {
    const after = mapSeries(special, (fields) => withFields(fields, [element('MyResponseType', 'Accept')]));
    const views = [1, 2].map((index) => valueOf(occurrenceAt(after, index)));
    expect(views.map(({ fields }) => textField(fields(), 'MyResponseType'))).toEqual(['Accept', 'Accept']);
    expect(views[1]?.type).toBe('Exception');
    expect(startsOf(after)).toEqual(startsOf(special));
  });
});
