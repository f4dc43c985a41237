import * as fc from 'fast-check';
import { element, type XmlElement } from '../wire/element';
import { normaliseCalendarItem } from './item/normalise-calendar-item';
import { readRecurrence } from './recurrence/read-recurrence';
import { changeMaster } from './series/change-series';
import { readOccurrenceId } from './series/occurrence-id';
import { edgesOf, occurrencesIn } from './series/occurrence-view';
import { seriesElements } from './series/series-elements';
import { newSeries } from './series/series-state';
import { BERLIN, creation } from './testing/sample-items';
import { readDate, readDateTime } from './zones/date-texts';
import { readDuration } from './zones/durations';
import { readZone } from './zones/read-zone';

const NAMES = [
  ...['Start', 'End', 'IsAllDayEvent', 'Recurrence', 'StartTimeZone', 'EndTimeZone', 'MeetingTimeZone', 'TimeZone'],
  ...['RequiredAttendees', 'Attendee', 'Mailbox', 'EmailAddress', 'Organizer', 'ResponseType', 'ExtendedProperty'],
  ...['Periods', 'Period', 'TransitionsGroups', 'TransitionsGroup', 'Transitions', 'Transition', 'To', 'TimeOffset'],
  ...['AbsoluteDateTransition', 'RecurringDayTransition', 'RecurringDateTransition', 'DateTime', 'Month', 'Day'],
  ...['DayOfWeek', 'Occurrence', 'BaseOffset', 'Standard', 'Daylight', 'Offset', 'Time', 'Bias', 'StandardTime'],
  ...['DaylightTime', 'DayOrder', 'DailyRecurrence', 'WeeklyRecurrence', 'AbsoluteMonthlyRecurrence', 'Interval'],
  ...['RelativeMonthlyRecurrence', 'AbsoluteYearlyRecurrence', 'RelativeYearlyRecurrence', 'DaysOfWeek', 'StartDate'],
  ...['DayOfWeekIndex', 'DayOfMonth', 'NoEndRecurrence', 'EndDateRecurrence', 'NumberedRecurrence', 'EndDate'],
  ...['NumberOfOccurrences', 'FirstDayOfWeek', 'constructor', '__proto__', 'toString'],
];
const TEXTS = [
  ...['', ' ', '0', '1', '-1', '5', '31', '99', '999', '1000', '99999999999', 'true', 'Monday', 'Weekday', 'Last'],
  ...['January', 'PT1H', '-PT1H', 'P9999D', '2026-11-23', '2026-11-23T09:00:00', '2026-11-23T10:00:00Z', '02:00:00'],
  ...['1601-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00', '4500-09-01', '4500-08-31T23:00:00', '0001-01-01'],
  ...['constructor', '__proto__', 'a'.repeat(5000), '-'.repeat(5000), '1'.repeat(5000)],
];

const attributes = fc.dictionary(
  fc.constantFrom('Id', 'Name', 'Bias', 'Kind', 'TimeZoneName', 'PropertyName'),
  fc.constantFrom(...TEXTS, 'Period', 'Group', 'UTC', 'Own'),
  { maxKeys: 3 },
);
const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    fc
      .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...TEXTS), attributes)
      .map(([name, text, own]) => element(name, text, own)),
    fc
      .tuple(fc.constantFrom(...NAMES), fc.array(tie('tree'), { maxLength: 6 }), attributes)
      .map(([name, children, own]) => element(name, children, own)),
  ),
}));
/** Often with times, so that the rest is looked at as well. */
const items = fc
  .tuple(fc.array(tree, { maxLength: 8 }), fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS))
  .map(([fields, start, end]) => [element('Start', start), element('End', end), ...fields]);

describe('input that nobody can read', () => {
  it('is refused, never thrown at', () => {
    fc.assert(
      fc.property(items, tree, (fields, one) => {
        expect(typeof readZone(one).ok).toBe('boolean');
        expect(typeof readRecurrence(one).ok).toBe('boolean');
        const item = normaliseCalendarItem(fields, creation([]));
        const again = item.ok ? normaliseCalendarItem(item.value, creation([], { before: item.value })) : null;
        expect(again?.ok ?? true).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('makes no series that cannot be asked', () => {
    fc.assert(
      fc.property(items, (fields) => {
        const series = newSeries(fields);
        expect(occurrencesIn(series, 0, 1e12).length).toBeLessThan(20_000);
        expect(
          edgesOf(series).first === null || seriesElements(series, { id: 'AA==', changeKey: 'x' }).length > 0,
        ).toBe(true);
        expect(changeMaster(series, [])).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('takes no time, however long', () => {
    const long = ['2026-11-23T'.repeat(20_000), 'P' + '1'.repeat(200_000), '-'.repeat(200_000), ' '.repeat(200_000)];
    const begun = performance.now();
    for (const text of long) {
      expect([readDateTime(text, BERLIN), readDate(text), readDuration(text), readOccurrenceId(text)]).toEqual([
        null,
        null,
        null,
        null,
      ]);
    }
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
