import { useMemo, type CSSProperties } from 'react';
import type { Calendar, Meeting } from '@daybook/contracts';
import { useCalendars } from '../../api/meeting-queries';

/** Provider colours, used only as thin marks. */
const serviceMarks: Record<string, string> = { google: '#1a73e8', office365: '#d83b01', exchange: '#0f7b83' };
const NO_CALENDAR = 'var(--mantine-color-dimmed)';
/** Colours that are nearer than this, of 441 that black and white are apart, are taken for the same. */
const ALIKE = 64;

const isColour = (text: string | null | undefined): text is string => !!text && /^#[0-9a-f]{6}$/i.test(text);

export type CalendarMark = (meeting: Pick<Meeting, 'calendar'>) => string;

/** The colour of a meeting's thin mark. The same function while no colour changes. */
export function useCalendarMark(): CalendarMark {
  const items = useCalendars().data?.items;
  return useMemo(() => {
    const marks = calendarMarks(items ?? []);
    return ({ calendar }) =>
      calendar ? (marks.get(calendar.id) ?? serviceMarks[calendar.service] ?? NO_CALENDAR) : NO_CALENDAR;
  }, [items]);
}

/**
 * The colour of each calendar: its own, else its service's. Two accounts are told apart by it: a calendar whose colour is like
 * one of an account before it takes its service's.
 */
export function calendarMarks(calendars: readonly Calendar[]): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  const taken: { connectionId: string; mark: string }[] = [];
  for (const { id, connectionId, colour, service } of calendars) {
    const others = taken.filter((one) => one.connectionId !== connectionId);
    const own = isColour(colour) && !others.some(({ mark }) => alike(mark, colour)) ? colour : undefined;
    const mark = own ?? serviceMarks[service] ?? NO_CALENDAR;
    marks.set(id, mark);
    taken.push({ connectionId, mark });
  }
  return marks;
}

/** For an element with the attribute `data-mark`, whose `--mark-shown` is then that colour as it is seen on its ground. */
export const markStyle = (mark: string): CSSProperties & { '--mark': string } => ({ '--mark': mark });

function alike(one: string, other: string): boolean {
  if (!isColour(one)) return false;
  const [a, b] = [channels(one), channels(other)];
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0))) < ALIKE;
}

const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
