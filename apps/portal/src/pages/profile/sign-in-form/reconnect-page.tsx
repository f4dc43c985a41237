import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Connection, Service } from '@daybook/contracts';
import { reconnectPath } from '../../../api/connection-queries';
import { useTranslation } from '../../../i18n/use-translation';
import { usePerson } from '../../../shell/person-context';
import { NotFound } from '../../../states/not-found';
import { ConnectionOfPage } from '../connection-of-page';
import { SwitchMethod } from '../switch-method';
import { resultPath } from '../result-path';
import { ewsOf, valuesOf } from './form-values';
import { SignInForm } from './sign-in-form';
import classes from '../profile.module.css';

/** The password of a connection once more, or another server for it: everything that is in it stays. */
export function ReconnectPage() {
  return (
    <ConnectionOfPage>
      {(connection, service) => {
        const method = service.methods.find((item) => item.method === connection.method);
        if (!method || method.fields.length === 0) return <NotFound />;
        return <Reconnect connection={connection} service={service} method={method} />;
      }}
    </ConnectionOfPage>
  );
}

interface ReconnectProps {
  readonly connection: Connection;
  readonly service: Service;
  readonly method: Service['methods'][number];
}

function Reconnect({ connection, service, method: { fields } }: ReconnectProps) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const navigate = useNavigate();
  // What the form began with stays what its changes are told by, whatever is read anew meanwhile.
  const [before] = useState(() => valuesOf(fields, connection));
  return (
    <Stack gap="lg" className={classes.page}>
      <div>
        <Title order={1}>{t('ews.reconnectTitle', { service: service.label })}</Title>
        <Text c="dimmed">{connection.account}</Text>
      </div>
      <Text>{t('ews.reconnectLead')}</Text>
      <SignInForm
        folded
        service={service.service}
        fields={fields}
        start={before}
        place={`${me.user.id}.${connection.id}`}
        submit={t('connection.reconnect')}
        callOf={(values) => ({ path: reconnectPath(connection.id), body: { ews: ewsOf(values, before) } })}
        onDone={({ connection: done }) => void navigate(resultPath(done))}
        otherwise={(code) => code === 'switched_off' && <SwitchMethod connection={connection} />}
        back={(forget) => (
          <Button variant="default" component={Link} to="/profile/integration" onClick={forget}>
            {t('app.cancel')}
          </Button>
        )}
      />
    </Stack>
  );
}
