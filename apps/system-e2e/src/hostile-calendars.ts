import { dayAfterMonday } from './own-calendar';

/** A file nobody should write: its lines, and what the receipt has to say of it. */
export interface HostileFile {
  readonly what: string;
  readonly lines: readonly string[];
  /** Events that are taken of it. */
  readonly imported: number;
  /** Why parts are not; null where all are. */
  readonly unreadable: RegExp | null;
}

export const calendarOf = (lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');

/** Within the days that are compared, and before anything else here. */
const start = `DTSTART;TZID=Europe/Berlin:${dayAfterMonday(0).replaceAll('-', '')}T090000`;

/** An event that is called as its UID. */
export const eventOf = (uid: string, ...lines: readonly string[]): string[] => [
  ...['BEGIN:VEVENT', `UID:${uid}@example.com`, `SUMMARY:${uid}`, 'DTSTAMP:20261101T000000Z'],
  ...(lines.length === 0 ? [start] : lines),
  'END:VEVENT',
];

const many = <T>(times: number, one: (n: number) => T): T[] => Array.from({ length: times }, (_, n) => one(n));
const upTo = (end: number): string => many(end, String).join();

const refused = (what: string, unreadable: RegExp, ...lines: readonly string[]): HostileFile => ({
  what,
  lines: eventOf('hostile', start, ...lines),
  imported: 0,
  unreadable,
});
const taken = (what: string, uid: string, ...lines: readonly string[]): HostileFile => ({
  what,
  lines: eventOf(uid, ...lines),
  imported: 1,
  unreadable: null,
});

/** Files with a bad event in them. Whatever stands beside it has to arrive. */
export const hostileFiles: readonly HostileFile[] = [
  refused('an endless rule by the second', /more often than daily/, 'RRULE:FREQ=SECONDLY'),
  refused('a rule with millions of instances', /more often than daily/, 'RRULE:FREQ=MINUTELY;COUNT=50000000'),
  refused(
    '86,400 instances a day',
    /more often than daily/,
    `RRULE:FREQ=DAILY;BYHOUR=${upTo(24)};BYMINUTE=${upTo(60)};BYSECOND=${upTo(60)}`,
  ),
  refused('an interval of nought', /out of range/, 'RRULE:FREQ=DAILY;INTERVAL=0'),
  refused('a rule that goes backwards', /out of range/, 'RRULE:FREQ=DAILY;INTERVAL=-1'),
  refused('a rule of 1 MB', /too long/, `RRULE:FREQ=YEARLY;BYYEARDAY=${Array(200_000).fill('-366').join()}`),
  refused('a line of 40 MB', /too long/, `SUMMARY:${'x'.repeat(40_000_000)}`),
  refused('10,000 guests', /too many lines/, ...many(10_000, (n) => `ATTENDEE;CN=${n}:mailto:g${n}@example.com`)),
  taken('a rule that never matches', 'never', start, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31'),
  taken('a rule by the day since the year 1', 'ancient', 'DTSTART:00010101T080000Z', 'RRULE:FREQ=DAILY'),
  taken('two thousand million days', 'countless', start, 'RRULE:FREQ=DAILY;COUNT=2147483647'),
  taken('a meeting of a thousand years', 'long', start, 'DTEND:30260105T090000Z'),
  taken('the last of years', 'last', 'DTSTART:99991231T225959Z', 'RRULE:FREQ=DAILY'),
  taken('letters that no text has', 'letters', start, 'LOCATION:\u0000\u0007\u202e\ufffe'),
  {
    what: 'one event 5,000 times',
    lines: many(5_000, (n) => eventOf('same', start, `SEQUENCE:${n}`)).flat(),
    imported: 5_000,
    unreadable: null,
  },
  {
    what: '5,000 changes of what never takes place',
    lines: [
      ...eventOf('unmoved', start, 'RRULE:FREQ=DAILY;COUNT=2'),
      ...many(5_000, (n) => eventOf('unmoved', `RECURRENCE-ID:${20270101 + (n % 28)}T0${n % 10}0000Z`, start)).flat(),
    ],
    imported: 5_001,
    unreadable: null,
  },
  {
    what: 'a zone with 50,000 descriptions',
    lines: [
      ...['BEGIN:VTIMEZONE', 'TZID:Z', ...many(50_000, () => 'BEGIN:STANDARD')],
      ...['END:VTIMEZONE', ...eventOf('unzoned', start)],
    ],
    imported: 1,
    unreadable: /nested too deeply|has no end/,
  },
];

/** Files that are none. */
export const brokenFiles: readonly (readonly [what: string, body: string, reason: RegExp])[] = [
  ['nesting without end', 'BEGIN:VCALENDAR\r\n'.repeat(50_000), /nested too deeply/],
  ['events in events', calendarOf(many(20_000, () => 'BEGIN:VEVENT')), /has no end/],
  ['one line of nothing', ' '.repeat(5_000_000), /not a calendar file/],
  ['no calendar at all', '\u0000\u0001\u0002 MZ', /not a calendar file/],
];
