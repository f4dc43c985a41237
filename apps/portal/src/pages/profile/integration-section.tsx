import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useSearchParams } from 'react-router';
import { useConnections } from '../../api/connection-queries';
import { useServices } from '../../api/people-queries';
import { usePerson } from '../../shell/person-context';
import { Empty } from '../../states/empty';
import { RowSkeletons } from '../../states/first-load';
import { IntegrationOff } from '../../states/integration-off';
import { ProblemBox } from '../../states/problem-box';
import { ConnectResult } from './connect-result';
import { ConnectionCard } from './connection-card';

/** *Calendar and Contact Integration*: one card for each connection, and the way to make another. */
export function IntegrationSection() {
  const { t } = useTranslation();
  return (
    <Stack gap="md" component="section" aria-labelledby="integration">
      <div>
        <Title order={2} id="integration">
          {t('profile.integration')}
        </Title>
        <Text c="dimmed">{t('profile.integrationLead')}</Text>
      </div>
      <IntegrationOff />
      <ConnectResult />
      <Connections />
    </Stack>
  );
}

function Connections() {
  const { t } = useTranslation();
  const { me } = usePerson();
  const [search] = useSearchParams();
  const connections = useConnections();
  const services = useServices();
  if (!connections.data) {
    return connections.error ? (
      <ProblemBox error={connections.error} onRetry={() => void connections.refetch()} />
    ) : (
      <RowSkeletons count={3} />
    );
  }
  // Whoever comes back from a provider finds that connection first.
  const back = search.get('connection');
  const items = [...connections.data.items].sort((a, b) => Number(b.id === back) - Number(a.id === back));
  const taken = new Set(items.map((connection) => connection.service));
  const open =
    me.policy.enabled && (services.data?.items ?? []).some((item) => item.offered && !taken.has(item.service));
  const connect = open && (
    <Button component={Link} to="/profile/integration/connect" variant={items.length === 0 ? 'filled' : 'default'}>
      {t('profile.connect')}
    </Button>
  );
  if (items.length === 0) {
    return (
      <Empty icon="link" title={t('profile.emptyTitle')} text={t('profile.emptyText')} action={connect} order={3} />
    );
  }
  return (
    <>
      {connections.error && <ProblemBox error={connections.error} onRetry={() => void connections.refetch()} />}
      {items.map((connection) => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
      {open ? (
        <div>{connect}</div>
      ) : (
        me.policy.enabled &&
        services.data &&
        !items.some((item) => item.state === 'pending') && <Text c="dimmed">{t('profile.allConnected')}</Text>
      )}
    </>
  );
}
