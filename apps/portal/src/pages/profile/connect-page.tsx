import { Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useSearchParams } from 'react-router';
import type { Connection, ConnectionMethod, Permission, Permissions, Service } from '@daybook/contracts';
import { useConnect, useConnections, useReconnect } from '../../api/connection-queries';
import { useServiceLabel, useServices } from '../../api/people-queries';
import { usePerson } from '../../shell/person-context';
import { Empty } from '../../states/empty';
import { RowSkeletons } from '../../states/first-load';
import { IntegrationOff } from '../../states/integration-off';
import { ProblemBox, useProblemWords } from '../../states/problem-box';
import { AdminApproval } from './admin-approval';
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
  const awaiting = (connections.data?.items ?? []).filter((item) => item.state === 'awaiting_admin');
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
            <ServiceChoice
              key={service.service}
              service={service}
              taken={taken.has(service.service)}
              awaits={awaiting.some((connection) => connection.service === service.service)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {awaiting.map((connection) => (
        <Awaiting key={connection.id} connection={connection} />
      ))}
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

/** A connection that was begun here and waits: its link again, and the way back when approval was given. */
function Awaiting({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const label = useServiceLabel()(connection.service);
  const reconnect = useReconnect();
  const go = () =>
    reconnect.mutate(connection.id, {
      onSuccess: ({ authorizeUrl }) => authorizeUrl && window.location.assign(authorizeUrl),
    });
  return (
    <Stack gap="xs" mt="md">
      <AdminApproval
        connection={connection}
        label={label}
        action={
          <Button variant="default" size="xs" loading={reconnect.isPending} onClick={go}>
            {t('approval.goOn', { service: label })}
          </Button>
        }
      />
      {reconnect.error && <ProblemBox error={reconnect.error} />}
    </Stack>
  );
}

interface ChoiceProps {
  readonly service: Service;
  readonly taken: boolean;
  /** Taken by a connection that waits for an administrator. */
  readonly awaits: boolean;
}

function ServiceChoice({ service, taken, awaits }: ChoiceProps) {
  const { t } = useTranslation();
  const reason = useProblemWords(service.reason?.code ?? '', service.reason?.detail ?? '');
  const unavailable = awaits ? t('flow.awaiting') : taken ? t('flow.connected') : reason.text;
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
          {disabled ? (
            <Text c="dimmed">{unavailable}</Text>
          ) : (
            service.methods.map((method) => <MethodLine key={method.method} method={method} />)
          )}
        </div>
      </Group>
    </Radio.Card>
  );
}

function MethodLine({ method: { method, recommended } }: { method: Service['methods'][number] }) {
  const { t } = useTranslation();
  const words = t(`flow.method.${method}`);
  return <Text c="dimmed">{recommended ? t('flow.recommended', { method: words }) : words}</Text>;
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
