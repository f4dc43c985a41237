import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me, Service } from '@daybook/contracts';
import type { ApiClient } from './api-client';
import { keys } from './keys';
import { usePortal } from './portal-context';
import type { Page } from './page';

export const meOptions = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.me,
    queryFn: ({ signal }) => api.call<Me>('/v1/me', { signal }),
    staleTime: 300_000,
  });

/** The signed-in person, their account, policy and the deployment's meeting brand. */
export function useMe() {
  const { api } = usePortal();
  return useQuery(meOptions(api));
}

export interface Preferences {
  readonly language?: 'en' | 'de';
  readonly timeZone?: string;
}

export function useChangePreferences() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Preferences) => api.call<Me>('/v1/me', { method: 'PATCH', body }),
    onSuccess: (me) => cache.setQueryData(keys.me, me),
  });
}

export const servicesOptions = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.services,
    queryFn: ({ signal }) => api.call<Page<Service>>('/v1/services', { signal }),
    staleTime: 300_000,
  });

export function useServices() {
  const { api } = usePortal();
  return useQuery(servicesOptions(api));
}

/** The label of a service for a sentence; its name until the list is there. */
export function useServiceLabel(): (service: string) => string {
  const services = useServices();
  return (service) => services.data?.items.find((item) => item.service === service)?.label ?? service;
}
