import { describe, expect, it } from 'vitest';
import { aMeeting } from '../../time/testing';
import { joinUrl } from './meeting-words';
import { describePeriod } from './schedule-bar';
import { firstHour, toScheduleEvents } from './schedule-events';
import { periodOf, stepDate } from './schedule-period';

describe('calendar views', () => {
  it('shows weeks from Monday and six of them in a month', () => {
    expect(periodOf('day', '2026-11-22')).toEqual({ from: '2026-11-22', to: '2026-11-23' });
    expect(periodOf('week', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-23' });
    expect(periodOf('month', '2026-11-22')).toEqual({ from: '2026-10-26', to: '2026-12-07' });
  });

  it('steps by what is shown, also from a long month into a short one', () => {
    expect(stepDate('week', '2026-11-22', 1)).toBe('2026-11-29');
    expect(stepDate('month', '2026-01-31', 1)).toBe('2026-02-01');
    expect(stepDate('month', '2026-01-15', -1)).toBe('2025-12-01');
  });

  it('names the period', () => {
    expect(describePeriod('month', '2026-11-22', 'de')).toBe('November 2026');
    expect(describePeriod('week', '2026-11-22', 'en').replace(/\s/g, ' ')).toBe(
      '16 – 22 November 2026'.replace(/\s/g, ' '),
    );
  });

  it('puts meetings on the viewer’s clock, ours in the accent colour', () => {
    const [subject] = toScheduleEvents([aMeeting('m', '2026-11-22T09:00:00')], 'America/New_York', () => 'M', null);
    expect(subject).toMatchObject({
      id: 'm',
      start: '2026-11-22 03:00:00',
      end: '2026-11-22 03:30:00',
      color: 'indigo',
    });
  });

  it('makes meetings without length visible and cuts all-day ones to the day that is shown', () => {
    const at = { dateTime: '2026-11-22T09:00:00', timeZone: 'UTC' };
    const fair = aMeeting('fair', '2026-11-20T00:00:00', {
      allDay: true,
      start: { date: '2026-11-20' },
      end: { date: '2026-11-25' },
    });
    const [point, day] = toScheduleEvents(
      [aMeeting('p', '2026-11-22T09:00:00', { start: at, end: at }), fair],
      'UTC',
      () => '',
      '2026-11-22',
    );
    expect(point).toMatchObject({ start: '2026-11-22 09:00:00', end: '2026-11-22 09:15:00' });
    expect(day).toMatchObject({ start: '2026-11-22 00:00:00', end: '2026-11-23 00:00:00' });
  });
});

describe('the hour a day opens at', () => {
  const events = (...starts: string[]) =>
    toScheduleEvents(
      starts.map((start) => aMeeting(start, `2026-11-22T${start}:00`)),
      'Europe/Berlin',
      () => '',
      null,
    );

  it('is the one before now, when now is in sight', () => {
    expect(firstHour(events('06:00'), '2026-11-22T18:40:00')).toBe(17);
    expect(firstHour([], '2026-11-22T00:10:00')).toBe(0);
  });

  it('is that of the earliest meeting on other days, and eight at the latest', () => {
    expect(firstHour(events('10:30', '06:15'), null)).toBe(6);
    expect(firstHour(events('10:30'), null)).toBe(8);
    expect(firstHour([], null)).toBe(8);
  });
});

describe('joinUrl', () => {
  it('is there only for our meetings, where joining is allowed, and for web addresses', () => {
    const meeting = aMeeting('m', '2026-11-22T09:00:00');
    expect(joinUrl(meeting)).toBe('https://example.zoom.us/j/85012345678');
    expect(joinUrl({ ...meeting, join: { ...meeting.join, recognised: false } })).toBeNull();
    expect(joinUrl({ ...meeting, actions: { ...meeting.actions, join: false } })).toBeNull();
    expect(joinUrl({ ...meeting, join: { ...meeting.join, url: 'javascript:alert(1)' } })).toBeNull();
  });
});
