import { describe, expect, it } from 'vitest';
import type { Calendar } from '@daybook/contracts';
import { aCalendar } from '../../testing/samples';
import { calendarMarks } from './calendar-marks';

const google = (id: string, colour: string | null) => aCalendar({ id, colour });
const office = (id: string, colour: string | null) =>
  aCalendar({ id, colour, connectionId: 'con_2', service: 'office365' });
const marks = (...calendars: Calendar[]) => [...calendarMarks(calendars).values()];

describe('the marks of calendars', () => {
  it('have the calendars’ own colours, else those of their services', () => {
    expect(marks(google('a', '#8e24aa'), google('b', null), office('c', null), office('d', 'red'))).toEqual([
      '#8e24aa',
      '#1a73e8',
      '#d83b01',
      '#d83b01',
    ]);
  });

  it('tell two accounts apart whose colours are alike, and leave one account its own', () => {
    expect(
      marks(google('a', '#039be5'), google('b', '#0a9de0'), office('c', '#0093f9'), office('d', '#7ed321')),
    ).toEqual(['#039be5', '#0a9de0', '#d83b01', '#7ed321']);
  });
});
