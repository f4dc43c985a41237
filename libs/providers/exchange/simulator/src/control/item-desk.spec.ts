import { ADA, ExchangeBench, NOW, textIn } from '../http/testing/exchange-bench';
import { itemOperations } from '../items/item-operations';
import { seriesCalendarRules } from '../items/series-calendar-rules';
import { find, get } from '../items/testing/item-requests';
import { folderOperations } from '../mailbox/folder-operations';
import { childOf, element, textOf } from '../wire/element';
import { ItemDesk } from './item-desk';
import { seedCalendar } from './seed-calendar';

const clock = { now: () => NOW };
const started = () => {
  const bench = new ExchangeBench().withMailboxes();
  const operations = { ...folderOperations(bench.store), ...itemOperations(bench.around) };
  return { bench, desk: new ItemDesk(bench.around, operations, clock) };
};
const appointment = element('CalendarItem', [
  element('Subject', 'a'),
  element('Start', '2026-11-23T09:00:00Z'),
  element('End', '2026-11-23T10:00:00Z'),
]);

describe('the control side', () => {
  it('does what a person could do, and clients see it', async () => {
    const { bench, desk } = started();
    const folder = await desk.createFolder(
      ADA,
      'calendar',
      element('CalendarFolder', [element('DisplayName', 'Team')]),
    );
    const id = await desk.create(ADA, appointment, { folder });
    expect(desk.items(ADA, folder).map((item) => textOf(item, 'Subject'))).toEqual(['a']);
    expect(desk.counts(ADA, 'IPF.Appointment').map(({ name, items }) => [name, items])).toEqual([
      ['Calendar', 0],
      ['Team', 1],
    ]);
    await desk.update(ADA, id, { set: [element('Subject', 'b')], removed: ['Location'] });
    expect(textIn(await bench.ask(get(`<t:ItemId Id="${id}"/>`)), 'Subject')).toBe('b');
    await desk.remove(ADA, id);
    expect(desk.item(ADA, id)).toBeNull();
  });

  it('is refused what the wire refuses', async () => {
    const { desk } = started();
    await expect(desk.create(ADA, appointment, { folder: 'inbox' })).rejects.toMatchObject({
      responseCode: 'ErrorCannotCreateCalendarItemInNonCalendarFolder',
    });
    expect(() => desk.counts('x@example.com', '')).toThrow('no mailbox');
  });

  it('makes mailboxes that are empty but whole', () => {
    const { desk } = started();
    desk.createMailbox('Cleo@example.com', 'Cleo Clark');
    expect(desk.items('cleo@example.com', 'calendar')).toEqual([]);
  });

  it('seeds a calendar, the same for the same order', async () => {
    const ids = async (): Promise<(string | undefined)[]> => {
      const { bench, desk } = started();
      const around = { ...bench.around, calendar: seriesCalendarRules };
      const call = {
        mailbox: ADA,
        caller: ADA,
        now: NOW,
        version: 'Exchange2016',
        timeZone: null,
        culture: null,
        origin: '',
      } as const;
      seedCalendar({ events: 200, seed: 1 }, { around, call, timeZone: 'Europe/Vienna' });
      const reply = await bench.ask(find('calendar', '', { base: 'AllProperties' }));
      expect([reply.status, bench.bugs]).toEqual([200, []]);
      return desk.items(ADA, 'calendar').map((item) => childOf(item, 'ItemId')?.attributes['Id']);
    };
    const first = await ids();
    expect(new Set(first).size).toBe(200);
    expect(await ids()).toEqual(first);
  });
});
