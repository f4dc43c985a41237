import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { MeetingFilter } from '../../api/meeting-queries';

export const views = ['list', 'day', 'week', 'month'] as const;
export type View = (typeof views)[number];

export interface MeetingsAddress {
  readonly filter: MeetingFilter;
  readonly view: View;
  /** `2026-11-22`, or null for today. */
  readonly date: string | null;
  readonly filtered: boolean;
  /** Changes the address; what equals its default leaves it. */
  change(next: Partial<Record<'hostedBy' | 'calendar' | 'q' | 'view' | 'date', string | null>>): void;
}

const defaults: Record<string, string> = { hostedBy: 'all', view: 'list' };

export const viewOf = (search: URLSearchParams): View => views.find((view) => view === search.get('view')) ?? 'list';

export function filterOf(search: URLSearchParams): MeetingFilter {
  return {
    hostedBy: search.get('hostedBy') === 'me' ? 'me' : 'all',
    calendar: search.get('calendar'),
    q: search.get('q') ?? '',
  };
}

/** View, filters and search live in the address: a reload, a bookmark and *back* keep them. */
export function useMeetingsAddress(): MeetingsAddress {
  const [search, setSearch] = useSearchParams();
  const change = useCallback<MeetingsAddress['change']>(
    (next) => {
      setSearch(
        (present) => {
          const params = new URLSearchParams(present);
          for (const [name, value] of Object.entries(next)) {
            if (!value || value === defaults[name]) params.delete(name);
            else params.set(name, value);
          }
          return params;
        },
        { replace: 'q' in next, preventScrollReset: true },
      );
    },
    [setSearch],
  );
  const filter = filterOf(search);
  const date = search.get('date');
  return {
    filter,
    view: viewOf(search),
    date: date !== null && /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : null,
    filtered: filter.hostedBy !== 'all' || filter.calendar !== null || filter.q !== '',
    change,
  };
}
