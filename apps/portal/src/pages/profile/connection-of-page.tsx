import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { Connection, Service } from '@daybook/contracts';
import { useConnections } from '../../api/connection-queries';
import { useServices } from '../../api/people-queries';
import { RowSkeletons } from '../../states/first-load';
import { NotFound } from '../../states/not-found';
import { ProblemBox } from '../../states/problem-box';

interface ConnectionOfPageProps {
  readonly children: (connection: Connection, service: Service) => ReactNode;
}

/** The connection that the address names, with its service, as soon as both are there. */
export function ConnectionOfPage({ children }: ConnectionOfPageProps) {
  const { connectionId } = useParams();
  const connections = useConnections();
  const services = useServices();
  const error = connections.error ?? services.error;
  if (!connections.data || !services.data) {
    if (!error) return <RowSkeletons count={4} />;
    return <ProblemBox error={error} onRetry={() => void Promise.all([connections.refetch(), services.refetch()])} />;
  }
  const connection = connections.data.items.find((item) => item.id === connectionId);
  const service = services.data.items.find((item) => item.service === connection?.service);
  return connection && service ? children(connection, service) : <NotFound />;
}
