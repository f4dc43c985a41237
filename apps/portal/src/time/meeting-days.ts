import type { Meeting } from '@daybook/contracts';
import { dayOf, daysOf, instantOf, type Instant } from './zoned-time';

export type Phase = 'past' | 'now' | 'next';

export interface DayEntry {
  readonly meeting: Meeting;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly phase: Phase;
}

export interface MeetingDay {
  /** `2026-11-22` in the viewer's zone. */
  readonly day: string;
  readonly isToday: boolean;
  readonly allDay: readonly DayEntry[];
  readonly timed: readonly DayEntry[];
  /** Where the *now* line goes: before the timed entry of this index; null on other days. */
  readonly nowIndex: number | null;
}

/**
 * Meetings by the day they begin for the viewer, in order. What began before `now`'s day and still goes on stands under
 * today. Today is always there, so that the *now* line has a place.
 */
export function groupByDay(meetings: readonly Meeting[], zone: string, now: Instant): readonly MeetingDay[] {
  const today = dayOf(now, zone);
  const days = new Map<string, Meeting[]>([[today, []]]);
  for (const meeting of meetings) {
    const { first, last } = daysOf(meeting, zone);
    if (last < today) continue;
    const day = first < today ? today : first;
    const known = days.get(day);
    if (known) known.push(meeting);
    else days.set(day, [meeting]);
  }
  return [...days.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, items]) =>
      toDay(
        day,
        day === today,
        items.map((meeting) => toEntry(meeting, zone, now)),
        now,
      ),
    );
}

function toEntry(meeting: Meeting, zone: string, now: Instant): DayEntry {
  const startsAt = instantOf(meeting.start, zone);
  const endsAt = instantOf(meeting.end, zone);
  return { meeting, startsAt, endsAt, phase: endsAt <= now ? 'past' : startsAt <= now ? 'now' : 'next' };
}

function toDay(day: string, isToday: boolean, entries: readonly DayEntry[], now: Instant): MeetingDay {
  const sorted = [...entries].sort((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt);
  const timed = sorted.filter((entry) => !entry.meeting.allDay);
  const next = timed.findIndex((entry) => entry.startsAt > now);
  const nowIndex = isToday ? (next === -1 ? timed.length : next) : null;
  return { day, isToday, allDay: sorted.filter((entry) => entry.meeting.allDay), timed, nowIndex };
}
