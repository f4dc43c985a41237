import { useSearchParams } from 'react-router';
import type { ConnectionMethod, Service } from '@daybook/contracts';
import { useConnect } from '../../api/connection-queries';
import { preselected } from './preselected';

/** The way to the provider's own pages, with the permissions in the address. */
export function useLeave(service: Service) {
  const [search] = useSearchParams();
  const connect = useConnect();
  const go = (method: ConnectionMethod) =>
    connect.mutate(
      { service: service.service, method, permissions: preselected(service, search) },
      {
        onSuccess: ({ authorizeUrl }) =>
          window.location.assign(authorizeUrl ?? '/profile/integration?result=connected'),
      },
    );
  return { go, error: connect.error, leaving: connect.isPending || connect.isSuccess };
}
