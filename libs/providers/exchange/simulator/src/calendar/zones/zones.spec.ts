import { childOf, childrenOf, element, textOf } from '../../wire/element';
import { instantOfWall, UTC_ZONE, wallTimeAt, zoneOfId } from './calendar-zone';
import { dateText, dateTimeText, readDate, readDateTime } from './date-texts';
import { durationText, readDuration } from './durations';
import { meetingTimeZone, serializableTimeZone } from './older-zone-elements';
import { readZone } from './read-zone';
import { WINDOWS_ZONES } from './windows-zones';
import { definitionOfZone, serverZones, timeZoneDefinition } from './zone-definition';

const berlin = zoneOfId('W. Europe Standard Time') ?? UTC_ZONE;
const HOUR = 3_600_000;

describe('zones of Windows', () => {
  it('are all known by the rules of this machine', () => {
    expect(serverZones()).toHaveLength(WINDOWS_ZONES.length);
    expect(WINDOWS_ZONES.length).toBeGreaterThan(135);
  });

  it('are found in any case, IANA names are not', () => {
    expect(zoneOfId('w. europe STANDARD time')?.iana).toBe('Europe/Berlin');
    expect(zoneOfId('tzone://Microsoft/Utc')?.id).toBe('UTC');
    expect(zoneOfId('Europe/Berlin')).toBeNull();
  });

  it('keep London in summer time and Reykjavik out of it', () => {
    const summer = Date.UTC(2026, 6, 1);
    expect(zoneOfId('GMT Standard Time')?.offsetAt(summer)).toBe(HOUR);
    expect(zoneOfId('Greenwich Standard Time')?.offsetAt(summer)).toBe(0);
  });

  it('read a skipped wall time with the offset before the gap and a doubled one as the first', () => {
    expect(instantOfWall(Date.UTC(2026, 2, 29, 2, 30), berlin)).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(instantOfWall(Date.UTC(2026, 9, 25, 2, 30), berlin)).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });
});

describe('times as texts', () => {
  it('follow their own offset before that of the zone', () => {
    expect(readDateTime('2026-11-23T09:00:00', berlin)).toBe(Date.UTC(2026, 10, 23, 8));
    expect(readDateTime('2026-11-23T09:00:00Z', berlin)).toBe(Date.UTC(2026, 10, 23, 9));
    expect(readDateTime('2026-11-23T09:00:00.123-05:30', berlin)).toBe(Date.UTC(2026, 10, 23, 14, 30));
  });

  it.each([
    '',
    '2026-11-23',
    '2026-02-30T00:00:00Z',
    '2026-11-23T25:00:00',
    '2026-11-23T09:00:00+15:00',
    '0001-01-01T00:00:00Z',
  ])('are refused where they are none: %j', (text) => {
    expect(readDateTime(text, berlin)).toBeNull();
  });

  it('are written in UTC or with the offset of the zone that was asked for', () => {
    const instant = Date.UTC(2026, 6, 1, 8, 5, 9);
    expect(dateTimeText(instant)).toBe('2026-07-01T08:05:09Z');
    expect(dateTimeText(instant, berlin)).toBe('2026-07-01T10:05:09+02:00');
    expect(dateTimeText(instant, zoneOfId('Newfoundland Standard Time') ?? berlin)).toBe('2026-07-01T05:35:09-02:30');
    expect(dateTimeText(instant, UTC_ZONE)).toBe('2026-07-01T08:05:09Z');
  });

  it('lose the offset of a date and gain one when written', () => {
    expect(readDate('2026-11-23+01:00')).toBe('2026-11-23');
    expect(readDate('2026-11-31')).toBeNull();
    expect(dateText('2026-07-01', berlin)).toBe('2026-07-01+02:00');
  });

  it('tell durations as .NET does', () => {
    expect([0, 5_400_000, 86_400_000, -2 * HOUR].map(durationText)).toEqual(['PT0S', 'PT1H30M', 'P1D', '-PT2H']);
    expect(['PT480M', '-PT1H', 'P0DT8H0M0.0S', 'P', 'PT', 'P1Y'].map(readDuration)).toEqual([
      8 * HOUR,
      -HOUR,
      8 * HOUR,
      null,
      null,
      null,
    ]);
  });
});

describe('definitions of the server', () => {
  it('tell the rules of central Europe', () => {
    const definition = timeZoneDefinition('W. Europe Standard Time', { full: true, year: 2026 });
    const periods = childrenOf(childOf(definition, 'Periods'), 'Period').map(({ attributes }) => attributes);
    expect(periods).toEqual([
      { Bias: '-PT1H', Name: 'Standard', Id: 'trule:Microsoft/Registry/W. Europe Standard Time/1-Standard' },
      { Bias: '-PT2H', Name: 'Daylight', Id: 'trule:Microsoft/Registry/W. Europe Standard Time/1-Daylight' },
    ]);
    const group = childOf(childOf(definition, 'TransitionsGroups'), 'TransitionsGroup');
    const told = group?.children.map((one) =>
      ['Month', 'DayOfWeek', 'Occurrence', 'TimeOffset'].map((name) => textOf(one, name)).join(' '),
    );
    expect(told).toEqual(['3 Sunday -1 PT2H', '10 Sunday -1 PT3H']);
  });

  it('name nothing but id and name when the rest is not wanted, and nothing at all for an unknown id', () => {
    const short = timeZoneDefinition('UTC', { full: false, year: 2026 });
    expect(short).toEqual(element('TimeZoneDefinition', [], { Id: 'UTC', Name: '(UTC) Coordinated Universal Time' }));
    expect(timeZoneDefinition('Middle-earth', { full: true, year: 2026 })).toBeNull();
  });

  it('give the same clock as the zone they describe when a client sends them under another name', () => {
    const odd: string[] = [];
    for (const zone of serverZones()) {
      const sent = definitionOfZone({ ...zone, id: `Own ${zone.id}`, name: 'Own' }, { full: true, year: 2026 });
      const read = readZone(sent);
      for (let at = Date.UTC(2025, 0, 2); read.ok && at < Date.UTC(2028, 11, 30); at += 37 * HOUR) {
        if (read.value.offsetAt(at) === zone.offsetAt(at)) continue;
        odd.push(`${zone.id} ${dateTimeText(at)}`);
        break;
      }
      if (!read.ok) odd.push(`${zone.id} unreadable`);
    }
    expect(odd).toEqual([]);
  });
});

describe('definitions for clients that read them strictly', () => {
  it('have numbered periods, few groups, and in each a standard time and no more than two changes', () => {
    const odd = serverZones().filter((zone) => {
      const definition = definitionOfZone(zone, { full: true, year: 2026 });
      const periods = childrenOf(childOf(definition, 'Periods'), 'Period').map(({ attributes }) => attributes);
      const groups = childrenOf(childOf(definition, 'TransitionsGroups'), 'TransitionsGroup');
      const standard = new Set(periods.filter(({ Name }) => Name === 'Standard').map(({ Id }) => Id));
      return (
        !periods.every(({ Id }) => /\/\d+-(Standard|Daylight)$/.test(Id ?? '')) ||
        new Set(periods.map(({ Id }) => Id)).size !== periods.length ||
        groups.length > 9 ||
        groups.some(
          ({ children }) => children.length > 2 || !children.some((one) => standard.has(textOf(one, 'To') ?? '')),
        )
      );
    });
    expect(odd.map(({ id }) => id)).toEqual([]);
  });
});

describe('zones that clients define', () => {
  const period = (id: string, bias: string) => element('Period', [], { Id: id, Name: id, Bias: bias });
  const to = (kind: string, name: string) => element('To', name, { Kind: kind });
  const dayChange = (name: string, rule: readonly [month: number, nth: number]) =>
    element('RecurringDayTransition', [
      to('Period', name),
      element('TimeOffset', 'PT2H'),
      element('Month', rule[0]),
      element('DayOfWeek', 'Sunday'),
      element('Occurrence', rule[1]),
    ]);
  const american = element(
    'StartTimeZone',
    [
      element('Periods', [period('std', 'PT8H'), period('dlt', 'PT7H')]),
      element('TransitionsGroups', [
        element('TransitionsGroup', [dayChange('dlt', [4, 1]), dayChange('std', [10, -1])], { Id: '0' }),
        element('TransitionsGroup', [dayChange('dlt', [3, 2]), dayChange('std', [11, 1])], { Id: '1' }),
      ]),
      element('Transitions', [
        element('Transition', [to('Group', '0')]),
        element('AbsoluteDateTransition', [to('Group', '1'), element('DateTime', '2007-01-01T00:00:00')]),
      ]),
    ],
    { Id: 'Own Pacific', Name: 'Own Pacific' },
  );

  it('change their rules at the date of a transition', () => {
    const read = readZone(american);
    const pacific = zoneOfId('Pacific Standard Time') ?? UTC_ZONE;
    if (!read.ok) throw new Error(read.refusal.text);
    for (let at = Date.UTC(2005, 0, 1); at < Date.UTC(2010, 0, 1); at += 47 * HOUR) {
      expect([at, read.value.offsetAt(at)]).toEqual([at, pacific.offsetAt(at)]);
    }
    expect(wallTimeAt(Date.UTC(2026, 2, 8, 10), read.value)).toBe(Date.UTC(2026, 2, 8, 3));
  });

  it('change for good at a moment on the clock before', () => {
    const since = element('AbsoluteDateTransition', [to('Period', 'b'), element('DateTime', '2026-06-01T00:00:00')]);
    const read = readZone(
      element(
        'StartTimeZone',
        [
          element('Periods', [period('a', '-PT3H'), period('b', '-PT4H')]),
          element('Transitions', [element('Transition', [to('Period', 'a')]), since]),
        ],
        { Id: 'Own' },
      ),
    );
    const at = Date.UTC(2026, 4, 31, 21);
    expect(read.ok && [at - 1000, at].map((each) => read.value.offsetAt(each) / HOUR)).toEqual([3, 4]);
  });

  it('need periods when the id is unknown', () => {
    const read = readZone(element('StartTimeZone', [], { Id: 'Middle-earth' }));
    expect(read).toMatchObject({ ok: false, refusal: { code: 'ErrorTimeZone' } });
  });

  it('are refused with a transition to nowhere or a bias of two days', () => {
    const broken = element(
      'StartTimeZone',
      [element('Periods', [period('a', 'PT1H')]), element('Transitions', [element('Transition', [to('Group', '7')])])],
      { Id: 'x' },
    );
    expect(readZone(broken)).toMatchObject({ ok: false });
    const far = element('StartTimeZone', [element('Periods', [period('a', 'P2D')])], { Id: 'x' });
    expect(readZone(far)).toMatchObject({ ok: false });
  });

  it('are read and written as Exchange 2007 knew them', () => {
    const sent = meetingTimeZone(berlin, 2026);
    const read = readZone({ ...sent, attributes: { TimeZoneName: 'Own' } });
    if (!read.ok) throw new Error(read.refusal.text);
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 5 * HOUR) {
      expect([at, read.value.offsetAt(at)]).toEqual([at, berlin.offsetAt(at)]);
    }
    expect(readZone(sent)).toEqual({ ok: true, value: berlin });
  });

  it('refuse a time change on any weekday', () => {
    const sent = meetingTimeZone(berlin, 2026);
    const vague = element(
      'MeetingTimeZone',
      sent.children.map((part) => ({
        ...part,
        children: part.children.map((rule) => ({
          ...rule,
          children: rule.children.map((one) => (one.name === 'DaysOfWeek' ? { ...one, text: 'Weekday' } : one)),
        })),
      })),
    );
    expect(readZone(vague)).toMatchObject({ refusal: { code: 'ErrorCalendarInvalidDayForTimeChangePattern' } });
  });

  it('are read and written as availability requests carry them', () => {
    const read = readZone(serializableTimeZone(berlin, 2026));
    if (!read.ok) throw new Error(read.refusal.text);
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 5 * HOUR) {
      expect([at, read.value.offsetAt(at)]).toEqual([at, berlin.offsetAt(at)]);
    }
    const utc = readZone(serializableTimeZone(UTC_ZONE, 2026));
    expect(utc.ok && utc.value.offsetAt(0)).toBe(0);
  });
});
