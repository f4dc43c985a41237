import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useNavigate } from 'react-router';
import type { Connection, Permissions, Service } from '@daybook/contracts';
import { useConfigure } from '../../api/connection-queries';
import { ProblemBox } from '../../states/problem-box';
import { ConnectionOfPage } from './connection-of-page';
import { PermissionChoices } from './permission-choices';
import { allNone, preselected } from './preselected';
import classes from './profile.module.css';

/** *Configure*: other permissions for a connection; the provider is asked again only if it must be. */
export function ConfigurePage() {
  return (
    <ConnectionOfPage>
      {(connection, service) => <ConfigureForm connection={connection} service={service} />}
    </ConnectionOfPage>
  );
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
