import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiKey, ApiKeyScope, Policy } from '@daybook/contracts';
import { keys } from './keys';
import type { Page } from './page';
import { usePortal } from './portal-context';

export function usePolicy() {
  const { api } = usePortal();
  return useQuery({ queryKey: keys.policy, queryFn: ({ signal }) => api.call<Policy>('/v1/admin/policy', { signal }) });
}

/** Saves the whole record; a policy that somebody else changed meanwhile is 412 and read again. */
export function useSavePolicy() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: Policy) =>
      api.call<Policy>('/v1/admin/policy', { method: 'PUT', body: { ...body, version }, version }),
    onSuccess: (policy) => cache.setQueryData(keys.policy, policy),
    onSettled: () =>
      Promise.all(
        [keys.policy, keys.me, keys.connections, keys.meetings, keys.services].map((queryKey) =>
          cache.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

export interface CreatedApiKey extends ApiKey {
  readonly key: string;
}

export function useApiKeys() {
  const { api } = usePortal();
  return useQuery({
    queryKey: keys.apiKeys,
    queryFn: ({ signal }) => api.call<Page<ApiKey>>('/v1/admin/api-keys', { signal }),
  });
}

export function useCreateApiKey() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; scopes: readonly ApiKeyScope[] }) =>
      api.call<CreatedApiKey>('/v1/admin/api-keys', { method: 'POST', body }),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}

export function useDeleteApiKey() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.call<unknown>(`/v1/admin/api-keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}
