import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Connection, ConnectionMethod, Permissions, Receipt, ServiceName } from '@daybook/contracts';
import type { ApiClient } from './api-client';
import { keys } from './keys';
import type { Page } from './page';
import { usePortal } from './portal-context';

/** With `authorizeUrl` the person goes on at the provider. */
export interface Connected {
  readonly connection: Connection;
  readonly authorizeUrl?: string;
}

export interface ConnectRequest {
  readonly service: ServiceName;
  readonly method: ConnectionMethod;
  readonly permissions: Permissions;
}

export const connectionsPath = '/v1/connections';

const path = (id: string) => `${connectionsPath}/${encodeURIComponent(id)}`;

/** A first sync moves faster than hints need to come: while one runs, progress is read every two seconds. */
const isMoving = (connection: Connection) => connection.state === 'syncing' || connection.state === 'pending';

export const connectionsOptions = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.connections,
    queryFn: ({ signal }) => api.call<Page<Connection>>(connectionsPath, { signal }),
  });

export function useConnections() {
  const { api } = usePortal();
  return useQuery({
    ...connectionsOptions(api),
    refetchInterval: (query) => (query.state.data?.items.some(isMoving) ? 2_000 : 60_000),
  });
}

function useConnectionMutation<Input, Output>(run: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSettled: () => cache.invalidateQueries({ queryKey: keys.connections }),
  });
}

export function useConnect() {
  const { api } = usePortal();
  return useConnectionMutation((body: ConnectRequest) =>
    api.call<Connected>(connectionsPath, { method: 'POST', body }),
  );
}

export function useConfigure() {
  const { api } = usePortal();
  return useConnectionMutation(({ connection, permissions }: { connection: Connection; permissions: Permissions }) =>
    api.call<Connected>(path(connection.id), { method: 'PATCH', body: { permissions }, version: connection.version }),
  );
}

export const reconnectPath = (id: string) => `${path(id)}/reconnect`;

/** `method`: another way for the connection to work from now on. */
export function useReconnect() {
  const { api } = usePortal();
  return useConnectionMutation(({ id, method }: { id: string; method?: ConnectionMethod }) =>
    api.call<Connected>(reconnectPath(id), { method: 'POST', ...(method ? { body: { method } } : {}) }),
  );
}

/** On to the provider, where there is something to do there. */
export function leaveFor({ authorizeUrl }: Connected): void {
  if (authorizeUrl) window.location.assign(authorizeUrl);
}

export function useSyncNow() {
  const { api } = usePortal();
  return useConnectionMutation((id: string) => api.call<unknown>(`${path(id)}/sync`, { method: 'POST' }));
}

export function useDeleteConnection() {
  const { api } = usePortal();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.call<Receipt>(path(id), { method: 'DELETE' }),
    onSuccess: (receipt) => cache.setQueryData(keys.receipt(receipt.id), receipt),
    // Not waited for: with the new list the card goes, and whoever asked must have the receipt before that.
    onSettled: () => {
      for (const queryKey of [keys.connections, keys.calendars, keys.meetings]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
}

/** The receipt of a deletion, read until the purge is complete. */
export function useReceipt(id: string) {
  const { api } = usePortal();
  return useQuery({
    queryKey: keys.receipt(id),
    queryFn: ({ signal }) => api.call<Receipt>(`/v1/receipts/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data && query.state.data.completedAt === null ? 1_500 : false),
  });
}
