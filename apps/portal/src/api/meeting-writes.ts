import { skipToken, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { ChangeMeetingBody, Meeting, MeetingChanged, ScheduleMeetingBody, Scope } from '@daybook/contracts';
import { withQuery } from './api-client';
import { keys } from './keys';
import { usePortal } from './portal-context';

const path = (id: string) => `/v1/meetings/${encodeURIComponent(id)}`;

/** A name for one intention, made where `crypto.randomUUID` is not: on pages without https. */
export function newIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface Scheduling {
  readonly body: ScheduleMeetingBody;
  readonly idempotencyKey: string;
}

/** A meeting whose `pending` is set waits for the provider; it is there all the same. */
export function useScheduleMeeting() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey }: Scheduling) =>
      api.call<Meeting>('/v1/meetings', { method: 'POST', body, idempotencyKey }),
    onSuccess: (meeting) => cache.setQueryData(keys.meeting(meeting.id), meeting),
    onSettled: () => readMeetingsAgain(cache),
  });
}

export interface Changing {
  readonly id: string;
  readonly scope: Scope | null;
  readonly version: string;
  readonly body: ChangeMeetingBody;
  readonly idempotencyKey: string;
}

export function useChangeMeeting() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, scope, ...options }: Changing) =>
      api.call<MeetingChanged>(withQuery(path(id), { scope }), { method: 'PATCH', ...options }),
    onSuccess: ({ meeting, separateEvent }) => {
      for (const one of [meeting, ...(separateEvent ? [separateEvent] : [])]) {
        cache.setQueryData(keys.meeting(one.id), one);
      }
    },
    onSettled: () => readMeetingsAgain(cache),
  });
}

export interface Deleting {
  readonly meeting: Meeting;
  readonly scope: Scope | null;
  readonly notify: boolean;
}

/** Null when it is gone, the meeting while that waits for the provider. */
export function useDeleteMeeting() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ meeting, scope, notify }: Deleting) => {
      const address = withQuery(path(meeting.id), { scope, notify: notify ? 'true' : null });
      // Of a whole series or the rest of it the version at hand is another item's than the one that is removed.
      const version = scope === null || scope === 'this' ? { version: meeting.version } : {};
      return (await api.call<{ meeting: Meeting } | null>(address, { method: 'DELETE', ...version }))?.meeting ?? null;
    },
    onSuccess: (left, { meeting }) => keep(cache, meeting.id, left),
    onSettled: () => readMeetingsAgain(cache),
  });
}

/** Takes back what waits. Null where that was the meeting's creation. */
export function useWithdraw() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) =>
      (await api.call<{ meeting: Meeting | null }>(`${path(id)}/withdraw`, { method: 'POST' })).meeting,
    onSuccess: (left, id) => keep(cache, id, left),
    onSettled: () => readMeetingsAgain(cache),
  });
}

/** What is gone is forgotten, and so not asked for in vain while it is still in sight. */
function keep(cache: QueryClient, id: string, left: Meeting | null): void {
  if (left) cache.setQueryData(keys.meeting(left.id), left);
  else cache.removeQueries({ queryKey: keys.meeting(id) });
}

/** Not waited for: what was done is shown at once, and the lists follow. */
function readMeetingsAgain(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: keys.meetings });
}

/** What the person just did to a meeting, for the note beside it. */
export type Written = { readonly kind: 'scheduled' } | ({ readonly kind: 'changed' } & MeetingChanged);

export function useWritten(id: string) {
  const cache = useQueryClient();
  const { data } = useQuery<Written | null>({ queryKey: keys.written(id), queryFn: skipToken });
  return { written: data ?? null, dismiss: () => cache.setQueryData(keys.written(id), null) };
}

/** Leaves the note for the page that shows the meeting. */
export function useTellWritten(): (id: string, written: Written) => void {
  const cache = useQueryClient();
  return (id, written) => cache.setQueryData(keys.written(id), written);
}
