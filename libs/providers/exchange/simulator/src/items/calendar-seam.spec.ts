import { allOf, codesOf, ExchangeBench, idIn, textIn } from '../http/testing/exchange-bench';
import { EwsRefusal } from '../soap/refusal';
import { element, textOf } from '../wire/element';
import type { CalendarRules, KeptCalendar } from './calendar-rules';
import { itemOperations } from './item-operations';
import type { MeetingDesk } from './meeting-desk';
import { plainCalendarRules } from './plain-calendar-rules';
import { appointment, create, field, find, get, remove, set, update } from './testing/item-requests';

const DAY_MS = 86_400_000;
const MARK = ' at ';

const firstDay = ({ fields }: Pick<KeptCalendar, 'fields'>): string =>
  textOf(element('', fields), 'Start')?.slice(0, 10) ?? '';
const dayAfter = (kept: Pick<KeptCalendar, 'fields'>, days: number): string =>
  new Date(Date.parse(firstDay(kept)) + days * DAY_MS).toISOString().slice(0, 10);

/** Every appointment is a series of three days. */
const threeDays: CalendarRules = {
  ...plainCalendarRules,
  prepare: ({ fields, sent }) => {
    if (fields.some(({ text }) => text === 'nowhere'))
      throw new EwsRefusal('ErrorCalendarDurationIsTooLong', 'Too long.');
    const kept = fields.filter(({ name }) => name !== 'When');
    return { fields: [...kept, element('When', sent.join(' '))], series: { exceptions: [], deleted: [] } };
  },
  whole: ({ fields }) => [...fields, element('CalendarItemType', 'RecurringMaster')],
  occurrence: (kept, day) => {
    const changed = kept.series?.exceptions.find((one) => one.day === day)?.overlay.changed;
    return changed ?? [...kept.fields.filter(({ name }) => name !== 'Start'), element('Start', `${day}T09:00:00Z`)];
  },
  changeOccurrence: ({ fields, series }, { day, fields: changed }) => ({
    fields,
    series: {
      exceptions: [...(series?.exceptions ?? []), { day, overlay: { changed, removed: [] } }],
      deleted: series?.deleted ?? [],
    },
  }),
  deleteOccurrence: ({ fields, series }, day) => {
    const deleted = [...(series?.deleted ?? []), day];
    return deleted.length === 3 ? null : { fields, series: { exceptions: series?.exceptions ?? [], deleted } };
  },
  dayAt: (kept, index) => {
    if (index < 1 || index > 3) throw new EwsRefusal('ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange', 'No.');
    return dayAfter(kept, index - 1);
  },
  inRanges: (kept) => [firstDay(kept), dayAfter(kept, 1)],
  view: (view, items) => {
    const rows = items.flatMap((kept) => [0, 1, 2].map((days) => ({ kept, day: dayAfter(kept, days) })));
    const most = Number(view.attributes['MaxEntriesReturned'] ?? Infinity);
    return { rows: rows.slice(0, most), isWhole: rows.length <= most };
  },
  occurrenceId: (masterId, day) => `${masterId}${MARK}${day}`,
  readOccurrenceId: (id) => {
    const [masterId = '', day] = id.split(MARK);
    return day === undefined ? null : { masterId, day };
  },
};

function started(): { bench: ExchangeBench; told: string[] } {
  const told: string[] = [];
  const meetings: MeetingDesk = {
    created: ({ item }, how) => told.push(`created ${item.kind} ${how}`),
    updated: ({ day }, _before, { how }) => told.push(`updated ${day === null ? 'all' : 'one'} ${how}`),
    deleted: ({ day }, how) => told.push(`deleted ${day === null ? 'all' : 'one'} ${how}`),
    answer: (response, _call, disposition) => {
      told.push(`${response.name} ${disposition}`);
      return [];
    },
  };
  const operations = (around: ExchangeBench['around']) => itemOperations({ ...around, calendar: threeDays, meetings });
  return { bench: new ExchangeBench({ operations }).withMailboxes(), told };
}

const occurrence = (master: string, index: number): string =>
  master.replace('t:ItemId Id', 't:OccurrenceItemId RecurringMasterId').replace('/>', ` InstanceIndex="${index}"/>`);

describe('calendar items', () => {
  it('are prepared before they are stored, and completed when they are read', async () => {
    const { bench } = started();
    const got = await bench.ask(get(idIn(await bench.ask(create(appointment('a'))))));
    expect([textIn(got, 'When'), textIn(got, 'CalendarItemType')]).toEqual(['Subject Start End', 'RecurringMaster']);
    expect(codesOf(await bench.ask(create(appointment('a', '<t:Location>nowhere</t:Location>'))))).toEqual([
      'ErrorCalendarDurationIsTooLong',
    ]);
  });

  it('are reached by occurrence, and from there by master', async () => {
    const { bench } = started();
    const master = idIn(await bench.ask(create(appointment('a'))));
    const second = await bench.ask(get(occurrence(master, 2), 'Default'));
    expect(textIn(second, 'Start')).toBe('2026-11-24T09:00:00Z');
    expect(textIn(await bench.ask(get(idIn(second))), 'Start')).toBe('2026-11-24T09:00:00Z');
    const back = idIn(second).replace('t:ItemId Id', 't:RecurringMasterItemId OccurrenceId');
    expect(idIn(await bench.ask(get(back)))).toBe(master);
    expect(codesOf(await bench.ask(get(occurrence(master, 4))))).toEqual([
      'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange',
    ]);
    const notOne = master.replace('t:ItemId Id', 't:RecurringMasterItemId OccurrenceId');
    expect(codesOf(await bench.ask(get(notOne)))).toEqual(['ErrorCalendarCannotUseIdForRecurringMasterId']);
  });

  it('are read with several occurrences', async () => {
    const { bench } = started();
    const master = idIn(await bench.ask(create(appointment('a'))));
    const ranges = master.replace('t:ItemId', 't:RecurringMasterItemIdRanges');
    expect(allOf((await bench.ask(get(ranges))).body, 'CalendarItem')).toHaveLength(3);
  });

  it('are changed one occurrence at a time', async () => {
    const { bench, told } = started();
    const master = idIn(await bench.ask(create(appointment('a'))));
    const change = set(field('item:Subject'), '<t:CalendarItem><t:Subject>b</t:Subject></t:CalendarItem>');
    const changed = await bench.ask(update(occurrence(master, 2), change));
    expect(codesOf(changed)).toEqual(['NoError']);
    expect(textIn(await bench.ask(get(idIn(changed))), 'Subject')).toBe('b');
    expect(textIn(await bench.ask(get(master)), 'Subject')).toBe('a');
    expect(told).toEqual(['created CalendarItem SendToNone', 'updated one SendToNone']);
  });

  it('lose one occurrence after the other, and are gone with the last', async () => {
    const { bench, told } = started();
    const master = idIn(await bench.ask(create(appointment('a'))));
    for (const index of [1, 2]) await bench.ask(remove(occurrence(master, index)));
    expect(codesOf(await bench.ask(get(master)))).toEqual(['NoError']);
    await bench.ask(remove(occurrence(master, 3)));
    expect(codesOf(await bench.ask(get(master)))).toEqual(['ErrorItemNotFound']);
    expect(told.slice(1)).toEqual(Array(3).fill('deleted one SendToNone'));
  });

  it('cannot be moved by an occurrence', async () => {
    const { bench } = started();
    const id = occurrence(idIn(await bench.ask(create(appointment('a')))), 1);
    const move = `<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="deleteditems"/></m:ToFolderId><m:ItemIds>${id}</m:ItemIds></m:MoveItem>`;
    expect(codesOf(await bench.ask(move))).toEqual(['ErrorCalendarCannotMoveOrCopyOccurrence']);
  });

  it('are shown by a view, no more than it asks for', async () => {
    const { bench } = started();
    await bench.ask(create(appointment('a')));
    const view =
      '<m:CalendarView MaxEntriesReturned="2" StartDate="2026-11-01T00:00:00Z" EndDate="2026-12-01T00:00:00Z"/>';
    const reply = await bench.ask(find('calendar', '', { view }));
    expect(allOf(reply.body, 'Start').map(({ text }) => text.slice(0, 10))).toEqual(['2026-11-23', '2026-11-24']);
    expect(allOf(reply.body, 'RootFolder')[0]?.attributes['IncludesLastItemInRange']).toBe('false');
  });

  it('are shown by a view to none that names no number, where there are too many', async () => {
    const { bench } = started();
    await bench.ask(create(Array.from({ length: 334 }, () => appointment('a')).join('')));
    const view = '<m:CalendarView StartDate="2026-11-01T00:00:00Z" EndDate="2026-12-01T00:00:00Z"/>';
    expect(codesOf(await bench.ask(find('calendar', '', { view })))).toEqual(['ErrorExceededFindCountLimit']);
    const most = view.replace('<m:CalendarView', '<m:CalendarView MaxEntriesReturned="1000"');
    const [folder] = allOf((await bench.ask(find('calendar', '', { view: most }))).body, 'RootFolder');
    expect(folder?.attributes['IncludesLastItemInRange']).toBe('false');
  });

  it('are answered by the meeting desk', async () => {
    const { bench, told } = started();
    await bench.ask(create('<t:AcceptItem><t:ReferenceItemId Id="a"/></t:AcceptItem>'));
    expect(told).toEqual(['AcceptItem SaveOnly']);
  });
});
