import { describe, expect, it } from 'vitest';
import { groupByDay } from './meeting-days';
import { aMeeting } from './testing';
import { toInstant } from './zoned-time';

const zone = 'Europe/Berlin';
const now = toInstant('2026-11-22T10:15:00', zone);
const allDay = (id: string, first: string, after: string) =>
  aMeeting(id, '2026-01-01T00:00:00', { allDay: true, start: { date: first }, end: { date: after } });

describe('groupByDay', () => {
  it('orders days and the meetings in them', () => {
    const subject = groupByDay(
      [
        aMeeting('c', '2026-11-24T09:00:00'),
        aMeeting('b', '2026-11-23T11:00:00'),
        aMeeting('a', '2026-11-23T09:00:00'),
      ],
      zone,
      now,
    );
    expect(subject.map((day) => [day.day, day.timed.map((entry) => entry.meeting.id)])).toEqual([
      ['2026-11-22', []],
      ['2026-11-23', ['a', 'b']],
      ['2026-11-24', ['c']],
    ]);
  });

  it('puts the now line after what has begun and tells past, running and next apart', () => {
    const [today] = groupByDay(
      [
        aMeeting('past', '2026-11-22T09:00:00'),
        aMeeting('running', '2026-11-22T10:00:00'),
        aMeeting('next', '2026-11-22T10:20:00'),
      ],
      zone,
      now,
    );
    expect(today?.nowIndex).toBe(2);
    expect(today?.timed.map((entry) => entry.phase)).toEqual(['past', 'now', 'next']);
  });

  it('has today with a now line even when nothing is on', () => {
    const [today] = groupByDay([], zone, now);
    expect(today).toMatchObject({ day: '2026-11-22', isToday: true, nowIndex: 0 });
  });

  it('keeps all-day meetings apart, and what began earlier under today', () => {
    const [today] = groupByDay(
      [allDay('fair', '2026-11-20', '2026-11-25'), allDay('over', '2026-11-20', '2026-11-22')],
      zone,
      now,
    );
    expect(today?.allDay.map((entry) => entry.meeting.id)).toEqual(['fair']);
    expect(today?.timed).toEqual([]);
  });

  it('groups by the viewer’s day, not by that of the meeting', () => {
    const evening = { dateTime: '2026-11-22T20:00:00', timeZone: 'America/New_York' };
    const late = { dateTime: '2026-11-22T21:00:00', timeZone: 'America/New_York' };
    const days = groupByDay([aMeeting('far', '2026-11-22T20:00:00', { start: evening, end: late })], zone, now);
    expect(days[1]?.day).toBe('2026-11-23');
  });
});
