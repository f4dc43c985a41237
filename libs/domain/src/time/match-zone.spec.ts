import { matchZone, type ZoneObservance } from './match-zone';

const years = { from: 2020, to: 2030 };
const part = (start: string, offsetFromHours: number, offsetToHours: number, ...lines: string[]): ZoneObservance => ({
  start,
  offsetFromSeconds: offsetFromHours * 3600,
  offsetToSeconds: offsetToHours * 3600,
  lines,
});

const central = [
  part('1970-03-29T02:00:00', 1, 2, 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'),
  part('1970-10-25T03:00:00', 2, 1, 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'),
];

describe('a zone description', () => {
  it('is the zone of its name when the offsets agree', () => {
    expect(matchZone({ id: 'Europe/Vienna', observances: central }, years)).toBe('Europe/Vienna');
    expect(matchZone({ id: '/vendor.example/20201011_1/Europe/Paris', observances: central }, years)).toBe(
      'Europe/Paris',
    );
  });

  it('is found by offsets when the name says nothing', () => {
    expect(matchZone({ id: 'Customized Time Zone', observances: central }, years)).toBe('Europe/Berlin');
    expect(matchZone({ id: '(UTC+01:00) Roma, Stockholm, Wien', observances: central }, years)).toBe(
      'Europe/Stockholm',
    );
  });

  it('is not believed when the name lies', () => {
    expect(matchZone({ id: 'America/New_York', observances: central }, years)).toBe('Europe/Berlin');
  });

  it('may start in the year 1601, as mail programs write it', () => {
    const eastern = [
      part('1601-03-11T02:00:00', -5, -4, 'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3'),
      part('1601-11-04T02:00:00', -4, -5, 'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11'),
    ];
    expect(matchZone({ id: 'Eastern', observances: eastern }, years)).toBe('America/New_York');
  });

  it('may have no daylight saving, or have had it once', () => {
    expect(matchZone({ id: 'x', observances: [part('1970-01-01T00:00:00', 5.5, 5.5)] }, years)).toBe('Asia/Calcutta');
    const ended = [
      part('1981-04-01T00:00:00', 3, 4, 'RRULE:FREQ=YEARLY;UNTIL=20101031T000000Z;BYMONTH=3;BYDAY=-1SU'),
      part('2014-10-26T02:00:00', 4, 3),
    ];
    expect(matchZone({ id: 'Moscow', observances: ended }, years)).toBe('Europe/Moscow');
  });

  it('has no zone when nobody keeps such offsets, or nothing is described', () => {
    const odd = [part('1970-01-01T00:00:00', 1.1, 1.1)];
    expect(matchZone({ id: 'Odd', observances: odd }, years)).toBeNull();
    expect(matchZone({ id: 'Europe/Berlin', observances: [] }, years)).toBeNull();
  });
});
