import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Service } from '@daybook/contracts';
import { connectionsPath } from '../../../api/connection-queries';
import { useTranslation } from '../../../i18n/use-translation';
import { Icon } from '../../../shell/icon';
import { usePerson } from '../../../shell/person-context';
import { atStep, onlyMethod, type Method } from '../place-in-flow';
import { preselected } from '../preselected';
import { resultPath } from '../result-path';
import { ewsOf, startValues, type FormValues } from './form-values';
import { SignInForm } from './sign-in-form';

interface ConnectProps {
  readonly service: Service;
  readonly method: Method;
}

/** The last step before a connection that is signed in to with a form of ours. */
export function ConnectForm({ service, method }: ConnectProps) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [start] = useState(() => startValues(method.fields));
  const before = atStep(search, onlyMethod(service) ? 'permissions' : 'method');
  const callOf = (values: FormValues) => ({
    path: connectionsPath,
    body: {
      service: service.service,
      method: method.method,
      permissions: preselected(service, search),
      ews: ewsOf(values),
    },
  });
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{t('ews.formTitle', { service: service.label })}</Title>
        <Text c="dimmed">{t('ews.lead')}</Text>
      </div>
      <Warning service={service} method={method} />
      <SignInForm
        service={service.service}
        fields={method.fields}
        start={start}
        place={`${me.user.id}.${service.service}`}
        submit={t('ews.connect')}
        callOf={callOf}
        onDone={({ connection }) => void navigate(resultPath(connection))}
        otherwise={(code) =>
          code === 'switched_off' &&
          !onlyMethod(service) && (
            <Button size="xs" variant="default" onClick={() => setSearch(withoutMethod(before))}>
              {t('ews.byOAuth')}
            </Button>
          )
        }
        back={() => (
          <Button variant="default" onClick={() => setSearch(before)}>
            {t('app.back')}
          </Button>
        )}
      />
    </Stack>
  );
}

/** Back to the choice, with the recommended way chosen. */
function withoutMethod(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('method');
  return next;
}

function Warning({ service, method }: ConnectProps) {
  const { t, i18n } = useTranslation();
  const words = `${method.method}.warning.${service.service}`;
  if (!i18n.exists(`${words}.title`)) return null;
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="warn" />} role="note" title={t(`${words}.title`)}>
      {t(`${words}.text`)} {!onlyMethod(service) && t(`${words}.choose`)}
    </Alert>
  );
}
