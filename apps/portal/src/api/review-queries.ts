import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CalendarReview } from '@daybook/contracts';
import { withQuery } from './api-client';
import { keys } from './keys';
import { usePortal } from './portal-context';

const path = (calendarId: string) => `/v1/calendars/${encodeURIComponent(calendarId)}/review`;

/** What a held run would remove from a calendar, a page at a time. */
export function useReview(calendarId: string) {
  const { api } = usePortal();
  return useInfiniteQuery({
    queryKey: keys.review(calendarId),
    queryFn: ({ pageParam, signal }) =>
      api.call<CalendarReview>(withQuery(path(calendarId), { cursor: pageParam }), { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export interface ReviewAnswer {
  readonly action: 'apply' | 'resync';
  /** Of the review as the person has seen it. */
  readonly version: string;
}

export function useAnswerReview(calendarId: string) {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ action, version }: ReviewAnswer) =>
      api.call<unknown>(path(calendarId), { method: 'POST', body: { action }, version }),
    // Not waited for: the note may be gone with the new list of calendars.
    onSettled: () => {
      for (const queryKey of [keys.calendars, keys.connections]) void cache.invalidateQueries({ queryKey });
    },
  });
}

interface Undone {
  readonly restored: number;
  readonly more: boolean;
}

/** Puts back everything that was let through; gives how much. The services do some hundred with each request. */
export function useUndoRemovals(calendarId: string) {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (since: string) => {
      const address = `/v1/calendars/${encodeURIComponent(calendarId)}/undo-removals`;
      for (let restored = 0; ;) {
        const undone = await api.call<Undone>(address, { method: 'POST', body: { since } });
        restored += undone.restored;
        if (!undone.more) return restored;
      }
    },
    onSettled: () => {
      for (const queryKey of [keys.calendars, keys.meetings]) void cache.invalidateQueries({ queryKey });
    },
  });
}
