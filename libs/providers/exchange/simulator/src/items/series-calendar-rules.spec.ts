import { allOf, codesOf, ExchangeBench, idIn, textIn } from '../http/testing/exchange-bench';
import { itemOperations } from './item-operations';
import { seriesCalendarRules } from './series-calendar-rules';
import { create, field, find, get, remove, set, update } from './testing/item-requests';

const start = () =>
  new ExchangeBench({
    operations: (around) => itemOperations({ ...around, calendar: seriesCalendarRules }),
  }).withMailboxes();

const SERIES =
  '<t:CalendarItem><t:Subject>a</t:Subject><t:Start>2026-11-23T09:00:00</t:Start><t:End>2026-11-23T10:00:00</t:End><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-11-23</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence></t:CalendarItem>';
const VIENNA = '<t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext>';
const occurrence = (master: string, index: number): string =>
  master.replace('t:ItemId Id', 't:OccurrenceItemId RecurringMasterId').replace('/>', ` InstanceIndex="${index}"/>`);
const VIEW = '<m:CalendarView StartDate="2026-11-01T00:00:00Z" EndDate="2026-12-01T00:00:00Z"/>';
const move = (from: string, to: string): string =>
  set(field('calendar:Start'), `<t:CalendarItem><t:Start>${from}</t:Start></t:CalendarItem>`) +
  set(field('calendar:End'), `<t:CalendarItem><t:End>${to}</t:End></t:CalendarItem>`);

describe('a series on the wire', () => {
  it('is read in the zone of its request, and shown by a view', async () => {
    const bench = start();
    const made = await bench.ask(create(SERIES), { headers: VIENNA });
    const master = await bench.ask(get(idIn(made)));
    expect([textIn(master, 'CalendarItemType'), textIn(master, 'Start')]).toEqual([
      'RecurringMaster',
      '2026-11-23T08:00:00Z',
    ]);
    expect(allOf(master.body, 'LastOccurrence')).toHaveLength(1);
    const shown = await bench.ask(find('calendar', '', { view: VIEW }));
    expect(allOf(shown.body, 'CalendarItemType').map(({ text }) => text)).toEqual(Array(3).fill('Occurrence'));
  });

  it('keeps what becomes of its occurrences', async () => {
    const bench = start();
    const master = idIn(await bench.ask(create(SERIES)));
    const moved = await bench.ask(update(occurrence(master, 2), move('2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z')));
    expect(codesOf(moved)).toEqual(['NoError']);
    const exception = await bench.ask(get(idIn(moved)));
    expect(['CalendarItemType', 'Start', 'OriginalStart'].map((name) => textIn(exception, name))).toEqual([
      'Exception',
      '2026-11-24T12:00:00Z',
      '2026-11-24T09:00:00Z',
    ]);
    await bench.ask(remove(occurrence(master, 3)));
    const got = await bench.ask(get(master));
    expect(allOf(got.body, 'ModifiedOccurrences')[0]?.children).toHaveLength(1);
    expect(allOf(got.body, 'DeletedOccurrences')[0]?.children).toHaveLength(1);
    expect(codesOf(await bench.ask(get(occurrence(master, 3))))).toEqual([
      'ErrorCalendarOccurrenceIsDeletedFromRecurrence',
    ]);
  });

  it.each([
    ['ErrorOccurrenceCrossingBoundary', move('2026-11-25T12:00:00Z', '2026-11-25T13:00:00Z')],
    ['ErrorCalendarEndDateIsEarlierThanStartDate', move('2026-11-24T12:00:00Z', '2026-11-24T11:00:00Z')],
  ])('refuses with %s', async (code, updates) => {
    const bench = start();
    const master = idIn(await bench.ask(create(SERIES)));
    expect(codesOf(await bench.ask(update(occurrence(master, 2), updates)))).toEqual([code]);
  });

  it('refuses a view of more than two years', async () => {
    const bench = start();
    await bench.ask(create(SERIES));
    const reply = await bench.ask(find('calendar', '', { view: VIEW.replace('2026-12', '2028-12') }));
    expect(codesOf(reply)).toEqual(['ErrorCalendarViewRangeTooBig']);
  });

  it('becomes a single item without its rule', async () => {
    const bench = start();
    const master = idIn(await bench.ask(create(SERIES)));
    const single = await bench.ask(
      update(master, `<t:DeleteItemField>${field('calendar:Recurrence')}</t:DeleteItemField>`),
    );
    expect(textIn(await bench.ask(get(idIn(single))), 'CalendarItemType')).toBe('Single');
  });
});
