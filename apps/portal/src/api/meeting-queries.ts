import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Calendar, Meeting } from '@daybook/contracts';
import { withQuery, type ApiClient } from './api-client';
import { keys } from './keys';
import type { Page } from './page';
import { usePortal } from './portal-context';

export interface MeetingFilter {
  readonly hostedBy: 'all' | 'me';
  readonly calendar: string | null;
  readonly q: string;
}

/** Instants (RFC 3339) that meetings must overlap. */
export interface MeetingRange {
  readonly from: string;
  readonly to: string;
}

const PAGE = 50;
/** Seven busy weeks fit; a month of more than this says so instead of loading on. */
const RANGE_LIMIT = 500;

/** Meetings from an instant on, 50 at a time, to the end of the stretch that `freshness.coverage` names. */
export const meetingListOptions = (api: ApiClient, filter: MeetingFilter, from: string) =>
  infiniteQueryOptions({
    queryKey: keys.meetingList({ ...filter, from }),
    queryFn: ({ pageParam, signal }) =>
      api.call<Page<Meeting>>(withQuery('/v1/meetings', { ...filter, from, limit: PAGE, cursor: pageParam }), {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export function useMeetingList(filter: MeetingFilter, from: string) {
  const { api } = usePortal();
  return useInfiniteQuery({ ...meetingListOptions(api, filter, from), placeholderData: keepPreviousData });
}

/** All meetings of a week or month view. */
export function useMeetingRange(filter: MeetingFilter, range: MeetingRange) {
  const { api } = usePortal();
  return useQuery({
    queryKey: keys.meetingRange({ ...filter, ...range }),
    queryFn: ({ signal }) =>
      api.call<Page<Meeting>>(withQuery('/v1/meetings', { ...filter, ...range, limit: RANGE_LIMIT }), { signal }),
    placeholderData: keepPreviousData,
  });
}

export const meetingOptions = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: keys.meeting(id),
    queryFn: ({ signal }) => api.call<Meeting>(`/v1/meetings/${encodeURIComponent(id)}`, { signal }),
  });

export function useMeeting(id: string) {
  const { api } = usePortal();
  return useQuery(meetingOptions(api, id));
}

export function useMeetingSearch(q: string, from: string) {
  const { api } = usePortal();
  return useQuery({
    queryKey: keys.meetingSearch(q),
    enabled: q.length >= 2,
    queryFn: ({ signal }) => api.call<Page<Meeting>>(withQuery('/v1/meetings', { q, from, limit: 8 }), { signal }),
    placeholderData: keepPreviousData,
  });
}

export const calendarsOptions = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.calendars,
    queryFn: ({ signal }) => api.call<Page<Calendar>>('/v1/calendars', { signal }),
  });

export function useCalendars() {
  const { api } = usePortal();
  return useQuery(calendarsOptions(api));
}

export function useSelectCalendar() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ calendar, selected }: { calendar: Calendar; selected: boolean }) =>
      api.call<Calendar>(`/v1/calendars/${encodeURIComponent(calendar.id)}`, {
        method: 'PATCH',
        body: { selected },
        version: calendar.version,
      }),
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: keys.calendars }),
        cache.invalidateQueries({ queryKey: keys.meetings }),
      ]),
  });
}
