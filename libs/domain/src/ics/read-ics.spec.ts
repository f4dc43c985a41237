import { readIcs, type IcsReading } from './read-ics';

const file = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', 'UID:one@example.com', ...lines, 'END:VEVENT'];
const subject = (text: string): IcsReading => readIcs(text, { floatingZone: 'Europe/Vienna', year: 2026 });

const CUSTOM_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:My office',
  'BEGIN:STANDARD',
  'DTSTART:16011028T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010325T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

describe('reading a calendar file', () => {
  it('reads a series with exceptions, people and folded text', () => {
    const { events, unreadable } = subject(
      file(
        ...event(
          'DTSTART;TZID=Europe/Berlin:20261123T090000',
          'DTEND;TZID=Europe/Berlin:20261123T093000',
          'RRULE:FREQ=WEEKLY;COUNT=5',
          'EXDATE;TZID=Europe/Berlin:20261130T090000',
          'SUMMARY:Stand-up\\, daily',
          'DESCRIPTION:Join https://us02web.zoom.us/j/812345',
          ' 67890?pwd=abc\\nBye',
          'ORGANIZER;CN=Ada:mailto:Ada@Example.com',
          'ATTENDEE;CN="Bell, Ben";PARTSTAT=ACCEPTED:mailto:ben@example.com',
          'ATTENDEE;CUTYPE=ROOM:mailto:room@example.com',
          'CLASS:PRIVATE',
        ),
        ...event(
          'RECURRENCE-ID;TZID=Europe/Berlin:20261207T090000',
          'DTSTART;TZID=Europe/Berlin:20261207T140000',
          'DURATION:PT30M',
        ),
      ),
    );
    expect(unreadable).toEqual([]);
    expect(events).toMatchObject([
      {
        line: 3,
        start: { dateTime: '2026-11-23T09:00:00', timeZone: 'Europe/Berlin' },
        recurrence: ['RRULE:FREQ=WEEKLY;COUNT=5', 'EXDATE:20261130T080000Z'],
        title: 'Stand-up, daily',
        description: 'Join https://us02web.zoom.us/j/81234567890?pwd=abc\nBye',
        organizer: { email: 'ada@example.com', name: 'Ada' },
        attendees: [
          { email: 'ben@example.com', name: 'Bell, Ben', response: 'accepted', role: 'required' },
          { email: 'room@example.com', role: 'resource' },
        ],
        visibility: 'private',
      },
      {
        recurrenceId: { dateTime: '2026-12-07T09:00:00', timeZone: 'Europe/Berlin' },
        end: { dateTime: '2026-12-07T14:30:00', timeZone: 'Europe/Berlin' },
      },
    ]);
  });

  it('finds the zone behind Windows names, vendor prefixes, X-LIC-LOCATION and bare descriptions', () => {
    const zones = [
      ['W. Europe Standard Time', 'Europe/Berlin'],
      ['/citadel.org/20210210_1/America/New_York', 'America/New_York'],
    ].map(([id = '', zone]) => {
      const { events } = subject(file(...event(`DTSTART;TZID=${id}:20261123T090000`)));
      return [zone, events[0]?.start];
    });
    for (const [zone, start] of zones) expect(start).toEqual({ dateTime: '2026-11-23T09:00:00', timeZone: zone });
    const described = subject(file(...CUSTOM_ZONE, ...event('DTSTART;TZID=My office:20260701T090000')));
    const [first] = described.events;
    expect(described.unreadable).toEqual([]);
    expect(first?.start).toMatchObject({ dateTime: '2026-07-01T09:00:00' });
    expect(first !== undefined && 'timeZone' in first.start && first.start.timeZone).toMatch(/^Europe\//);
    const located = CUSTOM_ZONE.toSpliced(2, 0, 'X-LIC-LOCATION:Europe/Vienna');
    const { events } = subject(file(...located, ...event('DTSTART;TZID=My office:20260701T090000')));
    expect(events[0]?.start).toEqual({ dateTime: '2026-07-01T09:00:00', timeZone: 'Europe/Vienna' });
  });

  it('knows a described zone again whose name has commas', () => {
    const named = CUSTOM_ZONE.with(1, 'TZID:Amsterdam\\, Berlin\\, Rome');
    const { events, unreadable } = subject(
      file(...named, ...event('DTSTART;TZID="Amsterdam, Berlin, Rome":20260701T090000')),
    );
    expect(unreadable).toEqual([]);
    expect(events[0]?.start).toMatchObject({ dateTime: '2026-07-01T09:00:00' });
  });

  it('reads days, floating times and UTC as what they are', () => {
    const starts = ['DTSTART;VALUE=DATE:20261224', 'DTSTART:20261224T180000', 'DTSTART:20261224T180000Z'].map(
      (line) => subject(file(...event(line))).events[0],
    );
    expect(starts.map((one) => one?.start)).toEqual([
      { date: '2026-12-24' },
      { dateTime: '2026-12-24T18:00:00', timeZone: 'Europe/Vienna' },
      { dateTime: '2026-12-24T18:00:00', timeZone: 'UTC' },
    ]);
    expect(starts[0]?.end).toEqual({ date: '2026-12-25' });
  });

  it('names what it cannot read by line and reason, and reads the rest', () => {
    const { events, unreadable } = subject(
      file(
        ...event('SUMMARY:no start'),
        ...event('DTSTART:20261399T000000Z'),
        ...event('DTSTART;TZID=Nowhere:20261123T090000'),
        ...event('DTSTART:20261123T090000Z', 'RRULE:FREQ=SECONDLY'),
        ...event('DTSTART:20261123T090000Z', 'DTEND:20261122T090000Z'),
        ...event('DTSTART:20261123T090000Z', 'SUMMARY:fine'),
        'BEGIN:VEVENT',
        'DTSTART:20261123T090000Z',
      ),
    );
    expect(events.map(({ title }) => title)).toEqual(['fine']);
    expect(unreadable).toEqual([
      { line: 3, reason: 'it has no start (DTSTART)' },
      { line: 7, reason: expect.stringContaining('is not a date') },
      { line: 11, reason: 'the time zone Nowhere is unknown and not described' },
      { line: 15, reason: expect.stringContaining('more often than daily') },
      { line: 20, reason: 'it ends before it starts' },
      { line: 30, reason: 'VEVENT has no end' },
    ]);
  });

  it('keeps hostile files in bounds', () => {
    const nested = `${'BEGIN:X\r\n'.repeat(200_000)}${'END:X\r\n'.repeat(200_000)}`;
    const long = `BEGIN:VEVENT\r\nDTSTART:20261123T090000Z\r\nSUMMARY:${'a'.repeat(30_000_000)}\r\nEND:VEVENT\r\n`;
    const folded = `BEGIN:VEVENT\r\nDTSTART:20261123T090000Z\r\nX-A:${'a\r\n '.repeat(2_000_000)}\r\nEND:VEVENT\r\n`;
    const endless = event('DTSTART:00010101T000000Z', 'RRULE:FREQ=DAILY;COUNT=999999999').join('\r\n');
    const { events, unreadable } = subject(
      `BEGIN:VCALENDAR\r\n${nested}${long}${folded}${endless}\r\n\uFFFD\uFFFD\r\n${event('DTSTART:20261123T090000Z').join('\r\n')}\r\nEND:VCALENDAR`,
    );
    expect(unreadable.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('a line is too long'));
    expect(events.length).toBeGreaterThanOrEqual(2);
  });

  it('says so when the file is no calendar', () => {
    expect(subject('hello').unreadable).toEqual([
      { line: 1, reason: 'this is not a calendar file (no BEGIN:VCALENDAR)' },
    ]);
  });
});
