import { Stack, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { useSearchParams } from 'react-router';
import type { Service } from '@daybook/contracts';
import { useServices } from '../../api/people-queries';
import { usePerson } from '../../shell/person-context';
import { RowSkeletons } from '../../states/first-load';
import { IntegrationOff } from '../../states/integration-off';
import { ProblemBox } from '../../states/problem-box';
import { ConnectForm } from './sign-in-form/connect-form';
import { FlowSteps } from './flow-steps';
import { MethodStep } from './method-step';
import { PermissionStep } from './permission-step';
import { hasForm, methodIn, placeInFlow } from './place-in-flow';
import { ServiceStep } from './service-step';
import classes from './profile.module.css';

/** *Connect to Calendar and Contact Service*. The address holds every choice: back works and a reload loses nothing. */
export function ConnectPage() {
  const { t } = useTranslation();
  const { me } = usePerson();
  const [search, setSearch] = useSearchParams();
  const services = useServices();
  const place = placeInFlow(services.data?.items ?? [], search);
  const method = place.service && methodIn(place.service, search);
  return (
    <Stack gap="lg" className={classes.page}>
      <Title order={1}>{t('flow.title')}</Title>
      <FlowSteps
        active={{ service: 0, permissions: 1, method: 2, form: 2 }[place.step]}
        byForm={method !== undefined && hasForm(method)}
        onStep={(step) => setSearch(place.backTo(step === 0 ? 'service' : 'permissions'))}
      />
      <IntegrationOff />
      {!services.data ? (
        services.error ? (
          <ProblemBox error={services.error} onRetry={() => void services.refetch()} />
        ) : (
          <RowSkeletons count={3} />
        )
      ) : !me.policy.enabled ? null : (
        <Step place={place} services={services.data.items} />
      )}
    </Stack>
  );
}

function Step({ place, services }: { place: ReturnType<typeof placeInFlow>; services: readonly Service[] }) {
  switch (place.step) {
    case 'service':
      return <ServiceStep services={services} />;
    case 'permissions':
      return <PermissionStep service={place.service} />;
    case 'method':
      return <MethodStep service={place.service} />;
    case 'form':
      return <ConnectForm service={place.service} method={place.method} />;
  }
}
