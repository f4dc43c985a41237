import type { Meeting } from '@daybook/contracts';
import { useCalendars } from '../../api/meeting-queries';

/** Provider colours, used only as thin marks. */
const serviceMarks: Record<string, string> = { google: '#1a73e8', office365: '#d83b01', exchange: '#0f7b83' };

const isColour = (text: string | null | undefined): text is string => !!text && /^#[0-9a-f]{6}$/i.test(text);

/** The colour of a meeting's thin mark: its calendar's own, else its service's. */
export function useCalendarMark(): (meeting: Pick<Meeting, 'calendar'>) => string {
  const calendars = useCalendars();
  return ({ calendar }) => {
    if (!calendar) return 'var(--mantine-color-dimmed)';
    const own = calendars.data?.items.find((item) => item.id === calendar.id)?.colour;
    return isColour(own) ? own : (serviceMarks[calendar.service] ?? 'var(--mantine-color-dimmed)');
  };
}
