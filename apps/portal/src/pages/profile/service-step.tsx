import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useSearchParams } from 'react-router';
import type { Connection, Service } from '@daybook/contracts';
import { leaveFor, useConnections, useReconnect } from '../../api/connection-queries';
import { useServiceLabel } from '../../api/people-queries';
import { Empty } from '../../states/empty';
import { ProblemBox, useProblemWords } from '../../states/problem-box';
import { AdminApproval } from './admin-approval';
import { useMethodWords } from './method-words';
import classes from './profile.module.css';

/** *Choose a service*: one that is not offered stays to be seen, with the reason. */
export function ServiceStep({ services }: { services: readonly Service[] }) {
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
  const go = () => reconnect.mutate({ id: connection.id }, { onSuccess: leaveFor });
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

function MethodLine({ method }: { method: Service['methods'][number] }) {
  return <Text c="dimmed">{useMethodWords()(method)}</Text>;
}
