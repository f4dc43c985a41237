import { readIcs } from '@daybook/domain';
import { textOf } from '../../wire/element';
import { attendeesOf } from '../item/attendees';
import { fieldOf, textField } from '../item/fields';
import { occurrencesIn, occurrenceOn } from '../series/occurrence-view';
import { ANNA, BERLIN, NOW, valueOf } from '../testing/sample-items';
import { dateTimeText } from '../zones/date-texts';
import { entriesToItems, type ImportAnswer } from './entries-to-items';

function imported(...events: readonly (readonly string[])[]): ImportAnswer {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']);
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
  const { events: entries } = readIcs(text, { floatingZone: 'Europe/Berlin', year: 2026 });
  return entriesToItems(entries, { owner: ANNA, zone: BERLIN, now: NOW });
}

const timed = (uid: string, ...more: readonly string[]): readonly string[] => [
  `UID:${uid}`,
  'SUMMARY:Review',
  'DTSTART;TZID=Europe/Vienna:20261123T090000',
  'DTEND;TZID=Europe/Vienna:20261123T100000',
  ...more,
];

const override = (day: string, ...more: readonly string[]): readonly string[] => [
  'UID:series',
  `RECURRENCE-ID;TZID=Europe/Vienna:${day}T090000`,
  `DTSTART;TZID=Europe/Vienna:${day}T140000`,
  `DTEND;TZID=Europe/Vienna:${day}T150000`,
  'SUMMARY:Moved',
  ...more,
];

const startsOf = ({ items }: ImportAnswer): string[] => {
  const series = items[0]?.series ?? null;
  const views = series === null ? [] : occurrencesIn(series, Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1));
  return views.map(({ start }) => dateTimeText(start));
};

const ruleOf = (rule: string, start = '20261123'): string => {
  const event = ['UID:a', `DTSTART;TZID=Europe/Berlin:${start}T090000`, 'DURATION:PT1H', `RRULE:${rule}`];
  const { items, unreadable } = imported(event);
  const pattern = fieldOf(items[0]?.fields ?? [], 'Recurrence')?.children[0];
  return pattern === undefined
    ? `unreadable: ${unreadable.length}`
    : [pattern.name.replace('Recurrence', ''), ...pattern.children.map(({ text }) => text)].join(' ');
};

describe('entries of a calendar file', () => {
  it('become items with zone, text, people and answers', () => {
    const { items, unreadable } = imported(
      timed(
        'a',
        'DESCRIPTION:Bring notes',
        'LOCATION:Room 1',
        'CLASS:PRIVATE',
        'ORGANIZER;CN=Boris:mailto:boris@example.org',
        'ATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@example.org',
        'ATTENDEE;ROLE=OPT-PARTICIPANT;CN=Clara:mailto:clara@example.org',
      ),
    );
    const fields = items[0]?.fields ?? [];
    expect(unreadable).toEqual([]);
    expect(
      ['UID', 'Subject', 'Body', 'Location', 'Sensitivity', 'Start', 'StartTimeZoneId', 'MyResponseType'].map((name) =>
        textField(fields, name),
      ),
    ).toEqual([
      'a',
      'Review',
      'Bring notes',
      'Room 1',
      'Private',
      '2026-11-23T08:00:00Z',
      'W. Europe Standard Time',
      'Accept',
    ]);
    expect(attendeesOf(fields).map(({ list, name, field }) => [list, name, textOf(field, 'ResponseType')])).toEqual([
      ['RequiredAttendees', 'anna@example.org', 'Accept'],
      ['OptionalAttendees', 'Clara', 'Unknown'],
    ]);
  });

  it('last all day where they are dates', () => {
    const { items } = imported(['UID:a', 'DTSTART;VALUE=DATE:20260328', 'DTEND;VALUE=DATE:20260330', 'SUMMARY:Fair']);
    const fields = items[0]?.fields ?? [];
    expect(['IsAllDayEvent', 'Start', 'End'].map((name) => textField(fields, name))).toEqual([
      'true',
      '2026-03-27T23:00:00Z',
      '2026-03-29T22:00:00Z',
    ]);
  });

  it('become series with deleted and changed occurrences', () => {
    const answer = imported(
      override('20261125'),
      override('20261126', 'STATUS:CANCELLED'),
      timed('series', 'RRULE:FREQ=DAILY;COUNT=5', 'EXDATE;TZID=Europe/Vienna:20261124T090000'),
    );
    expect(answer.unreadable).toEqual([]);
    expect(startsOf(answer)).toEqual(['2026-11-23T08:00:00Z', '2026-11-25T13:00:00Z', '2026-11-27T08:00:00Z']);
    const series = answer.items[0]?.series ?? null;
    if (series === null) throw new Error('no series');
    const view = valueOf(occurrenceOn(series, '2026-11-25'));
    expect([view.type, textField(view.fields(), 'Subject')]).toEqual(['Exception', 'Moved']);
    expect(series.deleted).toEqual(['2026-11-24', '2026-11-26']);
  });

  it('stand alone when their series is not in the file', () => {
    const { items } = imported(override('20261125'), override('20261126'));
    expect(items.map(({ uid, series, fields }) => [uid, series, textField(fields, 'Subject')])).toEqual([
      ['series', null, 'Moved'],
      ['series', null, 'Moved'],
    ]);
  });

  it('are named when their rule, their series or their place is none of Exchange', () => {
    const answer = imported(
      timed('series', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15'),
      override('20261125'),
      timed('dates', 'RRULE:FREQ=DAILY;COUNT=2', 'RDATE;TZID=Europe/Vienna:20261201T090000'),
    );
    expect(answer.items).toEqual([]);
    expect(answer.unreadable.map(({ reason }) => reason.slice(0, 35))).toEqual([
      'Exchange has no such recurrence: RR',
      'Exchange has no such recurrence: RR',
      'the series it belongs to was left o',
    ]);
    const crossing = imported(
      timed('series', 'RRULE:FREQ=DAILY;COUNT=5'),
      override('20261125').map((line) => line.replace(/^(DT.*)20261125/, '$120261126')),
    );
    expect(crossing.unreadable).toHaveLength(1);
    expect(startsOf(crossing)).toHaveLength(5);
  });

  it('leave nothing of a series without occurrences', () => {
    const answer = imported(timed('series', 'RRULE:FREQ=DAILY;COUNT=1', 'EXDATE;TZID=Europe/Vienna:20261123T090000'));
    expect(answer).toEqual({ items: [], unreadable: [] });
  });

  it('end with the day before when the last moment of the rule comes before the start’s time', () => {
    const until = (text: string): number => startsOf(imported(timed('a', `RRULE:FREQ=DAILY;UNTIL=${text}`))).length;
    expect([until('20261125T075959Z'), until('20261125T080000Z'), until('20261125T225959Z')]).toEqual([2, 3, 3]);
  });
});

describe('rules of calendar files', () => {
  it.each([
    ['FREQ=DAILY;INTERVAL=3', 'Daily 3'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU', 'Weekly 2 Monday Wednesday Sunday'],
    ['FREQ=WEEKLY', 'Weekly 1 Monday Monday'],
    ['FREQ=MONTHLY', 'AbsoluteMonthly 1 23'],
    ['FREQ=MONTHLY;BYDAY=4MO', 'RelativeMonthly 1 Monday Fourth'],
    ['FREQ=YEARLY', 'AbsoluteYearly 23 November'],
    ['FREQ=YEARLY;INTERVAL=2', 'AbsoluteMonthly 24 23'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4MO', 'RelativeYearly Monday Fourth November'],
  ])('%s is held as %s', (rule, held) => {
    expect(ruleOf(rule)).toBe(held);
  });

  it('with sets of days are held where Exchange has a word for the set', () => {
    expect(ruleOf('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '20261130')).toBe('RelativeMonthly 1 Weekday Last');
    expect(ruleOf('FREQ=MONTHLY;BYMONTHDAY=-1', '20261130')).toBe('AbsoluteMonthly 1 31');
  });

  it.each([
    'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1',
    'FREQ=MONTHLY;BYMONTHDAY=-2',
    'FREQ=WEEKLY;BYDAY=TU',
    'FREQ=YEARLY;BYWEEKNO=48',
    'FREQ=YEARLY;INTERVAL=9',
    'FREQ=DAILY;COUNT=1000',
  ])('%s is named instead of approximated', (rule) => {
    expect(ruleOf(rule)).toBe('unreadable: 1');
  });

  it('on days that some months lack are named as well', () => {
    expect(ruleOf('FREQ=MONTHLY', '20261130')).toBe('unreadable: 1');
    expect(ruleOf('FREQ=YEARLY', '20280229')).toBe('unreadable: 1');
    expect(ruleOf('FREQ=YEARLY', '20261231')).toBe('AbsoluteYearly 31 December');
  });
});
