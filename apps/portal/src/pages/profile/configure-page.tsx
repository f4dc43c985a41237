import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useNavigate, useParams } from 'react-router';
import type { Connection, Permissions, Service } from '@daybook/contracts';
import { useConfigure, useConnections } from '../../api/connection-queries';
import { useServices } from '../../api/people-queries';
import { NotFound } from '../../states/not-found';
import { RowSkeletons } from '../../states/first-load';
import { ProblemBox } from '../../states/problem-box';
import { PermissionChoices } from './permission-choices';
import { allNone, preselected } from './preselected';
import classes from './profile.module.css';

/** *Configure*: other permissions for a connection; the provider is asked again only if it must be. */
export function ConfigurePage() {
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
  return connection && service ? <ConfigureForm connection={connection} service={service} /> : <NotFound />;
}

function ConfigureForm({ connection, service }: { connection: Connection; service: Service }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const configure = useConfigure();
  const [permissions, setPermissions] = useState<Permissions>(() =>
    preselected(service, new Map(Object.entries(connection.permissions.wanted))),
  );
  const save = () =>
    configure.mutate(
      { connection, permissions },
      {
        onSuccess: ({ authorizeUrl }) =>
          authorizeUrl ? window.location.assign(authorizeUrl) : void navigate('/profile/integration'),
      },
    );
  return (
    <form
      className={classes.page}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="lg">
        <div>
          <Title order={1}>{t('flow.configureTitle', { service: service.label })}</Title>
          <Text c="dimmed">{connection.account}</Text>
        </div>
        <PermissionChoices
          service={service}
          permissions={permissions}
          onChoose={(part, value) => setPermissions({ ...permissions, [part]: value })}
        />
        {configure.error && <ProblemBox error={configure.error} />}
        {allNone(permissions) && <Text role="status">{t('permission.nothing')}</Text>}
        <Group gap="xs">
          <Button type="submit" loading={configure.isPending} disabled={allNone(permissions)}>
            {t('flow.save')}
          </Button>
          <Button variant="default" component={Link} to="/profile/integration">
            {t('app.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
