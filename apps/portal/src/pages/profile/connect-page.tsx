import { Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useSearchParams } from 'react-router';
import type { ConnectionMethod, Permission, Permissions, Service } from '@daybook/contracts';
import { useConnect, useConnections } from '../../api/connection-queries';
import { useServices } from '../../api/people-queries';
import { usePerson } from '../../shell/person-context';
import { Empty } from '../../states/empty';
import { RowSkeletons } from '../../states/first-load';
import { IntegrationOff } from '../../states/integration-off';
import { ProblemBox, useProblemWords } from '../../states/problem-box';
import { FlowSteps } from './flow-steps';
import { PermissionChoices } from './permission-choices';
import { allNone, preselected } from './preselected';
import classes from './profile.module.css';

/** *Connect to Calendar and Contact Service*. The address holds every choice: back works and a reload loses nothing. */
export function ConnectPage() {
  const { t } = useTranslation();
  const { me } = usePerson();
  const [search, setSearch] = useSearchParams();
  const services = useServices();
  const chosen = services.data?.items.find((item) => item.service === search.get('service') && item.offered);
  const atPermissions = chosen !== undefined && search.get('step') === 'permissions';
  return (
    <Stack gap="lg" className={classes.page}>
      <Title order={1}>{t('flow.title')}</Title>
      <FlowSteps active={atPermissions ? 1 : 0} onStep={() => setSearch(without(search, 'step'))} />
      <IntegrationOff />
      {!services.data ? (
        services.error ? (
          <ProblemBox error={services.error} onRetry={() => void services.refetch()} />
        ) : (
          <RowSkeletons count={3} />
        )
      ) : !me.policy.enabled ? null : atPermissions ? (
        <PermissionStep service={chosen} />
      ) : (
        <ServiceStep services={services.data.items} />
      )}
    </Stack>
  );
}

function without(search: URLSearchParams, name: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete(name);
  return next;
}

function ServiceStep({ services }: { services: readonly Service[] }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const connections = useConnections();
  const taken = new Set(
    (connections.data?.items ?? []).filter((item) => item.state !== 'pending').map((item) => item.service),
  );
  const free = services.filter((service) => service.offered && !taken.has(service.service));
  const wanted = search.get('service') ?? '';
  const chosen = free.some((item) => item.service === wanted) ? wanted : (free[0]?.service ?? '');
  if (services.length === 0) return <Empty icon="link" title={t('profile.emptyTitle')} text={t('flow.noneOffered')} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) setSearch({ ...Object.fromEntries(search), service: chosen, step: 'permissions' });
      }}
    >
      <Radio.Group
        label={t('flow.chooseService')}
        value={chosen}
        onChange={(service) => setSearch({ service }, { replace: true })}
      >
        <Stack gap="xs" mt="xs">
          {services.map((service) => (
            <ServiceChoice key={service.service} service={service} taken={taken.has(service.service)} />
          ))}
        </Stack>
      </Radio.Group>
      <Group mt="lg" gap="xs">
        <Button type="submit" disabled={chosen === ''}>
          {t('flow.next')}
        </Button>
        <Button variant="default" component={Link} to="/profile/integration">
          {t('app.cancel')}
        </Button>
      </Group>
    </form>
  );
}

function ServiceChoice({ service, taken }: { service: Service; taken: boolean }) {
  const { t } = useTranslation();
  const reason = useProblemWords(service.reason?.code ?? '', service.reason?.detail ?? '');
  const note = taken ? t('flow.connected') : service.offered ? null : reason.text;
  const disabled = taken || !service.offered;
  return (
    <Radio.Card
      value={service.service}
      disabled={disabled}
      data-disabled={disabled || undefined}
      className={classes.choice}
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Radio.Indicator disabled={disabled} />
        <div>
          <Text fw={600}>{service.label}</Text>
          {note && <Text c="dimmed">{note}</Text>}
        </div>
      </Group>
    </Radio.Card>
  );
}

function PermissionStep({ service }: { service: Service }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const connect = useConnect();
  const permissions = preselected(service, search);
  const method: ConnectionMethod | undefined =
    service.methods.find((item) => item.recommended)?.method ?? service.methods[0]?.method;
  const choose = (part: keyof Permissions, value: Permission) =>
    setSearch({ ...Object.fromEntries(search), [part]: value }, { replace: true });
  const go = () => {
    if (!method) return;
    connect.mutate(
      { service: service.service, method, permissions },
      {
        onSuccess: ({ authorizeUrl }) =>
          window.location.assign(authorizeUrl ?? '/profile/integration?result=connected'),
      },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <Stack gap="lg">
        <Title order={2}>{t('flow.choosePermissions')}</Title>
        <PermissionChoices service={service} permissions={permissions} onChoose={choose} />
        <Text c="dimmed">{t('flow.leaving', { service: service.label })}</Text>
        {connect.error && <ProblemBox error={connect.error} />}
        {allNone(permissions) && <Text role="status">{t('permission.nothing')}</Text>}
        <Group gap="xs">
          <Button type="submit" loading={connect.isPending || connect.isSuccess} disabled={allNone(permissions)}>
            {t('flow.next')}
          </Button>
          <Button variant="default" onClick={() => setSearch(without(search, 'step'))}>
            {t('app.back')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
