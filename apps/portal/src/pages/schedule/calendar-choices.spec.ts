import { describe, expect, it } from 'vitest';
import type { Calendar, Connection, Permission } from '@daybook/contracts';
import { ada } from '../../testing/render-in-portal';
import { aCalendar, aConnection } from '../../testing/samples';
import { calendarChoices, likelyCalendar } from './calendar-choices';

const { policy } = ada;
const connection = (granted: Permission, wanted: Permission = granted): Connection =>
  aConnection({
    permissions: {
      wanted: { calendar: wanted, contacts: 'none' },
      granted: { calendar: granted, contacts: 'none' },
      missing: [],
    },
  });
const work: Calendar = aCalendar({ id: 'cal_work' });
const main: Calendar = aCalendar({ id: 'cal_main', primary: true });
const holidays: Calendar = aCalendar({ id: 'cal_holidays', writable: false });
const all = [work, main, holidays];

describe('the calendars to choose from', () => {
  it('are those that can be written to, the main one first in mind', () => {
    const choices = calendarChoices([connection('readWrite')], all, policy);
    expect(choices).toMatchObject([{ writes: true, calendars: [{ id: 'cal_work' }, { id: 'cal_main' }] }]);
    expect(likelyCalendar(choices)).toBe('cal_main');
  });

  it.each<[string, Connection, typeof policy]>([
    ['was granted reading only', connection('read', 'readWrite'), policy],
    ['is wanted for reading only', connection('readWrite', 'read'), policy],
    ['may not write for the account', connection('readWrite'), { ...policy, twoWaySync: false }],
  ])('are seen but closed where a connection %s', (_why, only, rules) => {
    const choices = calendarChoices([only], all, rules);
    expect(choices).toMatchObject([{ writes: false, locked: false }]);
    expect(likelyCalendar(choices)).toBeNull();
  });

  it('are closed for good where an administrator has fixed reading', () => {
    const fixed = {
      ...policy,
      permissions: { ...policy.permissions, calendar: { value: 'read' as const, locked: true } },
    };
    expect(calendarChoices([connection('readWrite')], all, fixed)).toMatchObject([{ writes: false, locked: true }]);
  });

  it('are none where the calendar part is not used', () => {
    expect(calendarChoices([connection('none')], all, policy)).toEqual([]);
    expect(calendarChoices([connection('readWrite')], [holidays], policy)).toEqual([]);
  });
});
