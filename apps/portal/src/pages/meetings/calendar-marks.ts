import { useMemo } from 'react';
import type { Calendar, Meeting } from '@daybook/contracts';
import { useCalendars } from '../../api/meeting-queries';

/** Provider colours, used only as thin marks. */
const serviceMarks: Record<string, string> = { google: '#1a73e8', office365: '#d83b01', exchange: '#0f7b83' };

const isColour = (text: string | null | undefined): text is string => !!text && /^#[0-9a-f]{6}$/i.test(text);

export type CalendarMark = (meeting: Pick<Meeting, 'calendar'>) => string;

/** The colour of a meeting's thin mark: its calendar's own, else its service's. The same function while no colour changes. */
export function useCalendarMark(): CalendarMark {
  const items = useCalendars().data?.items;
  return useMemo(() => calendarMark(items ?? []), [items]);
}

function calendarMark(calendars: readonly Calendar[]): CalendarMark {
  const colours = new Map(calendars.map(({ id, colour }) => [id, colour]));
  return ({ calendar }) => {
    if (!calendar) return 'var(--mantine-color-dimmed)';
    const own = colours.get(calendar.id);
    return isColour(own) ? own : (serviceMarks[calendar.service] ?? 'var(--mantine-color-dimmed)');
  };
}
