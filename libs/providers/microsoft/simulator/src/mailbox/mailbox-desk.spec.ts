import { readIcs } from '@daybook/domain';
import { noJournal, type JournalLine } from '@daybook/simulator-kit';
import { ADA, BEN, GraphBench, NOW } from '../graph/testing/graph-bench';
import { MailboxStore } from './mailbox-store';

const entry = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const file = (...entries: string[][]): string => ['BEGIN:VCALENDAR', ...entries.flat(), 'END:VCALENDAR'].join('\r\n');
const SERIES = entry(
  'UID:series@elsewhere.example',
  'DTSTART;TZID=Europe/Berlin:20261123T090000',
  'DTEND;TZID=Europe/Berlin:20261123T100000',
  'RRULE:FREQ=WEEKLY;COUNT=4',
  'EXDATE;TZID=Europe/Berlin:20261214T090000',
  'SUMMARY:Series',
  'DESCRIPTION:https://us02web.zoom.us/j/1',
  'ORGANIZER;CN=Eve:mailto:eve@elsewhere.example',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.com',
);
const MOVED = entry(
  'UID:series@elsewhere.example',
  'RECURRENCE-ID;TZID=Europe/Berlin:20261130T090000',
  'DTSTART;TZID=Europe/Berlin:20261130T150000',
  'DTEND;TZID=Europe/Berlin:20261130T160000',
  'SUMMARY:Series, moved',
);
const single = (uid: string, ...more: string[]): string[] =>
  entry(`UID:${uid}`, 'DTSTART:20261201T090000Z', 'DTEND:20261201T100000Z', `SUMMARY:${uid}`, ...more);

describe('the desk of the mailboxes', () => {
  let bench: GraphBench;

  beforeEach(async () => {
    bench = await GraphBench.start();
  });
  afterEach(() => bench.close());

  const load = (text: string) =>
    bench.desk.importEntries(ADA, readIcs(text, { floatingZone: 'Europe/Vienna', year: 2026 }).events);

  it('loads a calendar file, whatever its order, and a second time without a change', () => {
    const text = file(MOVED, SERIES);
    expect(load(text)).toEqual({ imported: 2, unreadable: [] });
    const [series] = bench.desk.events(ADA);
    expect(series).toMatchObject({
      type: 'seriesMaster',
      subject: 'Series',
      iCalUId: 'series@elsewhere.example',
      isOrganizer: false,
      organizer: { emailAddress: { name: 'Eve', address: 'eve@elsewhere.example' } },
      responseStatus: { response: 'accepted' },
      recurrence: {
        pattern: { type: 'weekly', daysOfWeek: ['monday'] },
        range: { type: 'numbered', numberOfOccurrences: 4 },
      },
    });
    expect(
      bench.desk
        .instances(ADA, series?.id ?? '')
        .map(({ subject, start }) => [subject, Reflect.get(Object(start), 'dateTime')]),
    ).toEqual([
      ['Series', '2026-11-23T08:00:00.0000000'],
      ['Series, moved', '2026-11-30T14:00:00.0000000'],
      ['Series', '2026-12-07T08:00:00.0000000'],
    ]);
    const { version } = bench.desk.store(ADA);
    load(text);
    expect(bench.desk.store(ADA).version).toBe(version);
    expect(bench.ledger.view(null)).toEqual({ served: [], writes: [], mails: [] });
  });

  it.each([
    ['RRULE:FREQ=DAILY;INTERVAL=3', { type: 'daily', interval: 3 }],
    [
      'RRULE:FREQ=WEEKLY;BYDAY=TU,TH;WKST=SU',
      { type: 'weekly', daysOfWeek: ['tuesday', 'thursday'], firstDayOfWeek: 'sunday' },
    ],
    ['RRULE:FREQ=MONTHLY', { type: 'absoluteMonthly', dayOfMonth: 1 }],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=-1', { type: 'absoluteMonthly', dayOfMonth: 31 }],
    ['RRULE:FREQ=MONTHLY;BYDAY=1TU', { type: 'relativeMonthly', daysOfWeek: ['tuesday'], index: 'first' }],
    [
      'RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1',
      { type: 'relativeMonthly', daysOfWeek: ['monday', 'tuesday'], index: 'last' },
    ],
    ['RRULE:FREQ=YEARLY', { type: 'absoluteYearly', month: 12, dayOfMonth: 1 }],
    ['RRULE:FREQ=YEARLY;BYMONTH=12;BYDAY=1TU', { type: 'relativeYearly', month: 12, index: 'first' }],
  ])('makes a pattern of %s', (rule, pattern) => {
    expect(load(file(single('ruled', rule))).unreadable).toEqual([]);
    expect(bench.desk.events(ADA)).toMatchObject([{ recurrence: { pattern, range: { type: 'noEnd' } } }]);
  });

  it.each([
    'RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15',
    'RRULE:FREQ=YEARLY;BYWEEKNO=3',
    'RRULE:FREQ=YEARLY;BYMONTH=1,2',
    'RRULE:FREQ=MONTHLY;BYDAY=1MO,2TU',
    'RRULE:FREQ=DAILY;BYDAY=MO',
  ])('names what Exchange cannot hold: %s', (rule) => {
    expect(load(file(single('odd', rule), single('even')))).toMatchObject({
      imported: 1,
      unreadable: [{ line: 2, reason: expect.stringContaining(rule.replace('RRULE:', '')) }],
    });
  });

  it('reads dates, ends, privacy and cancelled occurrences', () => {
    const days = entry(
      'UID:days',
      'DTSTART;VALUE=DATE:20261201',
      'DTEND;VALUE=DATE:20261202',
      'RRULE:FREQ=DAILY;UNTIL=20261203',
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
    );
    const gone = entry(
      'UID:days',
      'RECURRENCE-ID;VALUE=DATE:20261202',
      'DTSTART;VALUE=DATE:20261202',
      'DTEND;VALUE=DATE:20261203',
      'STATUS:CANCELLED',
    );
    load(file(days, gone));
    const [series] = bench.desk.events(ADA);
    expect(series).toMatchObject({
      isAllDay: true,
      sensitivity: 'private',
      showAs: 'free',
      recurrence: { range: { endDate: '2026-12-03' } },
    });
    expect(bench.desk.instances(ADA, series?.id ?? '')).toHaveLength(2);
  });

  it('puts in what is simply there without a trace, under ids made of seeds', () => {
    const event = {
      subject: 'There',
      start: { dateTime: '2026-12-01T09:00:00' },
      end: { dateTime: '2026-12-01T10:00:00' },
      attendees: [{ emailAddress: { address: BEN } }],
    };
    const first = bench.desk.insertEvent(ADA, event, { received: false, seed: 'one' });
    expect(bench.ledger.view(null)).toEqual({ served: [], writes: [], mails: [] });
    bench.world.clear();
    for (const [index, email] of [ADA, BEN].entries()) bench.addMailbox(email, index + 1);
    expect(bench.desk.insertEvent(ADA, event, { received: false, seed: 'one' }).id).toBe(first.id);
    expect(bench.desk.events(BEN)).toMatchObject([{ subject: 'There' }]);
    expect(bench.desk.counts(ADA)).toMatchObject([{ name: 'Calendar', isDefault: true, events: 1 }]);
    expect(bench.desk.agenda(ADA, NOW, NOW + 30 * 86_400_000)).toMatchObject([{ id: first.id }]);
  });

  it('changes what belongs to somebody else by hand, answers and deletes', () => {
    const event = {
      subject: 'There',
      start: { dateTime: '2026-12-01T09:00:00' },
      end: { dateTime: '2026-12-01T10:00:00' },
      attendees: [{ emailAddress: { address: BEN } }],
    };
    const { id } = bench.desk.insertEvent(ADA, event);
    const copy = bench.desk.events(BEN)[0]?.id ?? '';
    expect(bench.desk.updateEvent(BEN, copy, { subject: 'By hand' })).toMatchObject({ subject: 'By hand' });
    bench.desk.answer(BEN, copy, 'accepted');
    expect(bench.desk.event(ADA, id)).toMatchObject({ attendees: [{ status: { response: 'accepted' } }] });
    bench.desk.deleteEvent(ADA, id);
    expect(bench.desk.event(ADA, id)).toBeNull();
    expect(() => bench.desk.box('nobody@example.com')).toThrow('does not exist');
  });

  it('comes back from its journal as it was', () => {
    load(file(SERIES, MOVED, single('single')));
    bench.desk.share(ADA, BEN, 'read');
    bench.desk.deleteEvent(ADA, bench.desk.events(ADA)[1]?.id ?? '');
    const lines: JournalLine[] = JSON.parse(JSON.stringify([...bench.world.lines()]));
    const restored = new MailboxStore(() => noJournal);
    expect(lines.map((line) => restored.restore(line))).not.toContain(false);
    expect(restored.restore(['grant', 'x', {}])).toBe(false);
    expect([...restored.lines()]).toEqual([...bench.world.lines()]);
    expect(restored.size).toBe(lines.length);
    const [store, again] = [bench.desk.store(ADA), restored.calendar(bench.desk.store(ADA).facts.key)];
    expect([again?.version, again?.generation, again?.live().length]).toEqual([store.version, store.generation, 1]);
  });
});
